/// Turns bytes that arrive in pieces into text: a character split over two pieces is put together again, and what is no
/// UTF-8 at all becomes U+FFFD. Local servers send a piece a token, and a token may be half a character.
struct UTF8Repair {
  /// At most three bytes: the beginning of a character whose end has not come yet.
  private var pending: [UInt8] = []

  /// The text that is certain after `bytes`.
  mutating func receive(_ bytes: [UInt8]) -> String {
    let all = pending + bytes
    let keep = Self.unfinishedTail(of: all)
    pending = Array(all.suffix(keep))
    return String(decoding: all.dropLast(keep), as: UTF8.self)
  }

  /// What is left when nothing more comes.
  mutating func finish() -> String {
    defer { pending = [] }
    return String(decoding: pending, as: UTF8.self)
  }

  /// How many bytes at the end begin a character without ending it.
  private static func unfinishedTail(of bytes: [UInt8]) -> Int {
    for back in 1...3 where back <= bytes.count {
      let byte = bytes[bytes.count - back]
      if byte & 0b1100_0000 == 0b1000_0000 { continue }
      let length =
        switch byte {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
      return length > back ? back : 0
    }
    return 0
  }
}
