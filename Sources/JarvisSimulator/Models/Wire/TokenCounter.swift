/// The simulated models' tokenizer: pieces of four and three bytes in turn, 3.5 bytes a token on average. Nothing like a
/// real vocabulary, but deterministic, and near enough to count a window and a bill.
enum TokenCounter {
  /// Tokens of `count` bytes.
  static func tokens(ofBytes count: Int) -> Int {
    let pairs = count / 7
    let rest = count % 7
    return pairs * 2 + (rest == 0 ? 0 : rest <= 4 ? 1 : 2)
  }

  /// Tokens of a text; 0 where it is empty.
  static func tokens(_ text: String) -> Int { tokens(ofBytes: text.utf8.count) }

  /// The text's tokens as bytes; a piece may end inside a character.
  static func pieces(_ text: String) -> [[UInt8]] {
    let bytes = Array(text.utf8)
    var pieces: [[UInt8]] = []
    var start = 0
    while start < bytes.count {
      let length = min(pieces.count.isMultiple(of: 2) ? 4 : 3, bytes.count - start)
      pieces.append(Array(bytes[start..<(start + length)]))
      start += length
    }
    return pieces
  }

  /// A stable number for a piece, in a vocabulary of about 150,000.
  static func identifier(of piece: [UInt8]) -> Int {
    piece.reduce(5_381) { ($0 &* 33 &+ Int($1)) & 0xFFFF_FFFF } % 151_643
  }
}
