import JarvisAPI

/// Makes a result small enough for a model: head and tail stay, and what was cut is said. Pure.
enum ResultTrimmer {
  /// The bound of a result where nothing smaller is asked for: 25,000 tokens, counted as bytes/3.
  static let standardLimit = 75_000
  /// Below this nothing sensible can be said.
  static let smallestLimit = 400
  /// Parts that are cut, and tries to cut one of them, at most.
  static let maximumParts = 8
  static let maximumTries = 40

  /// `content` as compact JSON of at most `limit` bytes.
  static func trim(_ content: JSONValue, to limit: Int) -> String {
    let limit = max(limit, smallestLimit)
    let text = content.text
    if text.utf8.count <= limit { return text }
    var content = content
    var cut: Set<[String]> = []
    for _ in 0..<maximumParts {
      guard let part = largestPart(of: content, at: [], besides: cut) else { break }
      cut.insert(part.path)
      let whole = content
      var kept = part.pieces / 2
      for _ in 0..<maximumTries {
        content = replace(whole, at: part.path[...]) { Self.cut($0, keeping: kept) }
        let text = content.text
        if text.utf8.count <= limit { return text }
        if kept == 0 { break }
        kept = kept * 3 / 4
      }
    }
    // A value made of many small parts: its text is cut instead, inside an object that says so.
    let whole = Array(content.text.utf8)
    let half = (limit - 200) / 4
    return JSONValue.object([
      "cut": .string("\(whole.count) bytes, of which the first and the last \(half) are here"),
      "head": .string(String(decoding: whole.prefix(half), as: UTF8.self)),
      "tail": .string(String(decoding: whole.suffix(half), as: UTF8.self)),
    ]).text
  }

  private struct Part {
    var path: [String]
    var size: Int
    /// Entries of a list, bytes of a text.
    var pieces: Int
  }

  /// The largest list or text that has not been cut.
  private static func largestPart(of value: JSONValue, at path: [String], besides cut: Set<[String]>) -> Part? {
    if cut.contains(path) { return nil }
    switch value {
    case .string(let text) where text.utf8.count > smallestLimit / 2:
      return Part(path: path, size: text.utf8.count, pieces: text.utf8.count)
    case .array(let values) where values.count > 2:
      return Part(path: path, size: value.text.utf8.count, pieces: values.count)
    case .object(let fields):
      // Of two equal parts the one with the smaller name, so that one result has one text.
      return fields.sorted { $0.key < $1.key }
        .compactMap { largestPart(of: $0.value, at: path + [$0.key], besides: cut) }
        .reduce(nil) { (best: Part?, part) in part.size > best?.size ?? 0 ? part : best }
    default: return nil
    }
  }

  private static func replace(
    _ value: JSONValue, at path: ArraySlice<String>, _ change: (JSONValue) -> JSONValue
  ) -> JSONValue {
    guard let key = path.first else { return change(value) }
    guard case .object(var fields) = value, let inner = fields[key] else { return value }
    fields[key] = replace(inner, at: path.dropFirst(), change)
    return .object(fields)
  }

  /// The value with its middle left out: of its pieces `kept` stay, half of them at either end.
  private static func cut(_ value: JSONValue, keeping kept: Int) -> JSONValue {
    let side = kept / 2
    switch value {
    case .string(let text):
      let bytes = Array(text.utf8)
      return .string(
        String(decoding: bytes.prefix(side), as: UTF8.self) + "\n[… \(bytes.count - 2 * side) bytes cut …]\n"
          + String(decoding: bytes.suffix(side), as: UTF8.self))
    case .array(let values):
      let left = values.count - 2 * side
      let mark: JSONValue = ["cut": .string("\(left) of \(values.count) entries left out here; ask for fewer")]
      return .array(values.prefix(side) + [mark] + values.suffix(side))
    default: return value
    }
  }
}
