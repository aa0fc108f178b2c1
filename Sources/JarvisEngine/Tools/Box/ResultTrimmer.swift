import JarvisAPI

/// Makes a result small enough for a model: head and tail stay, and what was cut is said. Pure.
enum ResultTrimmer {
  /// The bound of a result where nothing smaller is asked for: 25,000 tokens, counted as bytes/3.
  static let standardLimit = 75_000
  /// Below this nothing sensible can be said.
  static let smallestLimit = 400
  /// Rounds of cutting; each halves the largest part at least.
  static let maximumRounds = 40

  /// `content` as compact JSON of at most `limit` bytes.
  static func trim(_ content: JSONValue, to limit: Int) -> String {
    let limit = max(limit, smallestLimit)
    var text = content.text
    if text.utf8.count <= limit { return text }
    var content = content
    for _ in 0..<maximumRounds {
      guard let largest = largestPart(of: content, at: []) else { break }
      let excess = text.utf8.count - limit
      content = replace(content, at: largest.path[...]) { cut($0, excess: excess) }
      text = content.text
      if text.utf8.count <= limit { return text }
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
  }

  /// The largest list or text that can still be cut.
  private static func largestPart(of value: JSONValue, at path: [String]) -> Part? {
    switch value {
    case .string(let text) where text.utf8.count > 200: return Part(path: path, size: text.utf8.count)
    case .array(let values) where values.count > 3: return Part(path: path, size: value.text.utf8.count)
    case .object(let fields):
      // Of two equal parts the one with the smaller name, so that one result has one text.
      return fields.sorted { $0.key < $1.key }.compactMap { largestPart(of: $0.value, at: path + [$0.key]) }
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

  private static func cut(_ value: JSONValue, excess: Int) -> JSONValue {
    switch value {
    case .string(let text):
      let bytes = Array(text.utf8)
      // What JSON escapes takes more room than it has bytes, hence the rounds.
      let kept = max(100, min(bytes.count / 2, bytes.count - excess - 100)) / 2
      let left = bytes.count - 2 * kept
      return .string(
        String(decoding: bytes.prefix(kept), as: UTF8.self) + "\n[… \(left) bytes cut …]\n"
          + String(decoding: bytes.suffix(kept), as: UTF8.self))
    case .array(let values):
      let size = max(1, value.text.utf8.count / values.count)
      let kept = max(2, min(values.count - 2, values.count - excess / size - 2)) / 2
      let left = values.count - 2 * kept
      let mark: JSONValue = ["cut": .string("\(left) of \(values.count) entries left out here; ask for fewer")]
      return .array(values.prefix(kept) + [mark] + values.suffix(kept))
    default: return value
    }
  }
}
