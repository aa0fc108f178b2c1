/// Gathers a response's head from the lines that libcurl hands over. Interim heads (100, 103) are passed over; lines
/// after the head (a chunked body's trailers) are ignored.
struct HTTPHeadParser: Sendable {
  /// The most bytes all heads of one response may have together.
  static let maximumBytes = 256 << 10

  private var bytes = 0
  private var current: HTTPHead?
  private var isComplete = false

  /// Takes one line with its ending; returns the head when the line completes it.
  /// - Throws: `HTTPError.malformed`.
  mutating func consume(_ line: some Collection<UInt8>) throws(HTTPError) -> HTTPHead? {
    if isComplete { return nil }
    bytes += line.count
    guard bytes <= Self.maximumBytes else { throw .malformed("more than \(Self.maximumBytes) bytes of headers") }
    var text = String(decoding: line, as: UTF8.self)
    while let last = text.unicodeScalars.last, last == "\n" || last == "\r" { text.unicodeScalars.removeLast() }
    if text.hasPrefix("HTTP/") {
      current = try Self.statusLine(text)
    } else if text.isEmpty {
      guard let head = current else { return nil }
      current = nil
      if (100..<200).contains(head.status) { return nil }
      isComplete = true
      return head
    } else if let first = text.first, first == " " || first == "\t" {
      // A folded line (obsolete, RFC 9112 5.2) goes on with the value above it.
      guard let last = current?.headers.indices.last else { return nil }
      current?.headers[last].value += " " + Self.trimmed(text[...])
    } else {
      guard let colon = text.firstIndex(of: ":") else { return nil }
      current?.headers.append(
        (name: Self.trimmed(text[..<colon]), value: Self.trimmed(text[text.index(after: colon)...])))
    }
    return nil
  }

  /// "HTTP/1.1 595 No route to host"; the reason may be empty or missing.
  private static func statusLine(_ text: String) throws(HTTPError) -> HTTPHead {
    let parts = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, let status = Int(parts[1]), (100...999).contains(status) else {
      throw .malformed("the status line holds no status")
    }
    return HTTPHead(status: status, reason: parts.count == 3 ? trimmed(parts[2]) : "", headers: [])
  }

  private static func trimmed(_ text: Substring) -> String {
    func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
    guard let first = text.firstIndex(where: { !isBlank($0) }), let last = text.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(text[first...last])
  }
}
