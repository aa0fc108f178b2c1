/// The bytes of a paste up to its end mark, at most so many.
struct PasteCollector: Sendable {
  /// `Esc [ 2 0 1 ~`
  private static let endMark: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]

  private var bytes: [UInt8] = []
  private var matched = 0
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// - Returns: true when the end mark is complete.
  mutating func take(_ byte: UInt8) -> Bool {
    if byte == Self.endMark[matched] {
      matched += 1
      return matched == Self.endMark.count
    }
    // What looked like the mark was text.
    for index in 0..<matched { keep(Self.endMark[index]) }
    matched = byte == Self.endMark[0] ? 1 : 0
    if matched == 0 { keep(byte) }
    return false
  }

  private mutating func keep(_ byte: UInt8) {
    if bytes.count < limit { bytes.append(byte) }
  }

  /// The text; terminals send newlines as carriage returns.
  var text: String {
    var whole = bytes
    // A cut may fall inside a character.
    while whole.count == limit, let last = whole.last, last >= 0x80 { whole.removeLast() }
    var text = String(decoding: whole, as: UTF8.self)
    if whole.contains(0x0D) {
      text = String(
        text.split(omittingEmptySubsequences: false) { $0 == "\r" || $0 == "\r\n" || $0 == "\n" }
          .joined(separator: "\n"))
    }
    return text
  }
}
