import JarvisAPI

/// How figures and names from tool results are spoken. What is unknown is called unknown, never zero.
enum MindFigures {
  /// A name or text from outside, harmless and on one line.
  static func name(_ value: JSONValue?) -> String {
    switch value {
    case .string(let text): Sanitiser.clean(text, keepingNewlines: false)
    case .int(let number): String(number)
    case nil, .null: "unknown"
    case .some(let other): Sanitiser.clean(withheld(other) ?? other.text, keepingNewlines: false)
    }
  }

  /// "not visible to this token (Sys.Audit /nodes/pve)", where a right is missing.
  static func withheld(_ value: JSONValue?) -> String? {
    value?["no_right"].map {
      "not visible to this token (it lacks \(Sanitiser.clean($0.string ?? "a right", keepingNewlines: false)))"
    }
  }

  /// One decimal where it is below ten, none above: "2.1", "87".
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "unknown" }
    let digits = abs(value) < 10 ? 10.0 : 1.0
    let rounded = (value * digits).rounded() / digits
    guard abs(rounded) < 1e15 else { return "\(rounded)" }
    return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
  }

  /// "12 %".
  static func percent(_ value: JSONValue?) -> String {
    if let withheld = withheld(value) { return withheld }
    return value?.number.map { number($0) + " %" } ?? "unknown"
  }

  /// "3.2 of 16 GiB (20 %)".
  static func memory(used: JSONValue?, total: JSONValue?) -> String {
    if let withheld = withheld(used) ?? withheld(total) { return withheld }
    guard let used = used?.number else { return "unknown" }
    guard let total = total?.number, total > 0 else { return "\(number(used)) GiB" }
    return "\(number(used)) of \(number(total)) GiB (\(number(used / total * 100)) %)"
  }

  /// "4 minutes", "3 days".
  static func duration(_ value: JSONValue?) -> String? {
    guard let seconds = value?.number, seconds.isFinite, seconds >= 0 else { return nil }
    let units: [(Double, String)] = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")]
    let (size, unit) = units.first { seconds >= $0.0 } ?? (1, "second")
    let count = Int(min(seconds / size, 1e9))
    return "\(count) \(unit)\(count == 1 ? "" : "s")"
  }

  /// "a", "a and b", "a, b and c"; at most `limit` are named, the rest counted.
  static func list(_ items: [String], limit: Int = 8) -> String {
    if items.count > limit {
      return items.prefix(limit).joined(separator: ", ") + " and \(items.count - limit) more"
    }
    guard let last = items.last, items.count > 1 else { return items.first ?? "none" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }

  /// "1 guest", "3 guests".
  static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

  /// A text with its first letter raised.
  static func sentence(_ text: String) -> String {
    guard let first = text.first else { return text }
    return first.uppercased() + text.dropFirst()
  }
}

extension MindFigures {
  /// "2026-11-23 02:39" of an RFC 3339 time; nil where there is none.
  static func moment(_ value: JSONValue?) -> String? {
    guard let text = value?.string, text.count >= 16 else { return nil }
    let clean = Sanitiser.clean(text, keepingNewlines: false)
    return String(clean.prefix(16)).replacing("T", with: " ")
  }
}

extension JSONValue {
  /// The entries of a list in a tool's result, without the mark that stands where a long list was cut.
  func entries(_ key: String) -> [JSONValue] {
    (self[key]?.array ?? []).filter { $0["cut"] == nil }
  }
}
