import Testing

@testable import JarvisModels

@Suite struct UTF8RepairTests {
  @Test("ROUTE-08 Any bytes in any pieces give the text of the whole")
  func anySplit() {
    var random = SeededGenerator(seed: 3)
    let parts: [[UInt8]] = [
      Array("aä€🚀".utf8), [0xE2, 0x82], [0xF0, 0x9F, 0x9A], [0xFF], [0xC3], [0x80], Array("é".utf8),
      [0xF0, 0x9F, 0x98, 0x80],
    ]
    for _ in 0..<500 {
      let bytes = (0..<Int.random(in: 0..<8, using: &random)).flatMap { _ in parts.randomElement(using: &random) ?? [] }
      var repair = UTF8Repair()
      var text = ""
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 1...3, using: &random))
        text += repair.receive(Array(piece))
        rest = rest.dropFirst(piece.count)
      }
      text += repair.finish()
      // Compared by scalars: two pieces may be one grapheme together.
      #expect(Array(text.unicodeScalars) == Array(String(decoding: bytes, as: UTF8.self).unicodeScalars), "\(bytes)")
    }
  }

  @Test("ROUTE-08 A whole character is shown at once")
  func atOnce() {
    var repair = UTF8Repair()
    #expect(repair.receive(Array("ä€🚀".utf8)) == "ä€🚀")
    #expect(repair.receive([0xE2]) == "")
    #expect(repair.receive([0x82, 0xAC]) == "€")
  }
}
