import Foundation
import Testing

@testable import JarvisTerminal

@Suite struct InputDecoderTests {
  private func decode(_ text: String) -> [Input] {
    var decoder = InputDecoder()
    return decoder.feed(Array(text.utf8)) + decoder.flush()
  }

  private static func key(_ code: Key.Code, control: Bool = false, alt: Bool = false, shift: Bool = false) -> [Input] {
    [.key(Key(code, control: control, alt: alt, shift: shift))]
  }

  private static func keys(_ text: String) -> [Input] { text.map { .key(Key(.character($0))) } }

  static let goldens: [(String, [Input])] = [
    ("a", keys("a")), ("é漢👍", keys("é漢👍")), ("\r", key(.enter)), ("\n", key(.character("j"), control: true)),
    ("\t", key(.tab)), ("\u{7F}", key(.backspace)), ("\u{8}", key(.backspace)),
    ("\u{0}", key(.character(" "), control: true)),
    ("\u{3}", key(.character("c"), control: true)), ("\u{1F}", key(.character("_"), control: true)),
    ("\u{1B}", key(.escape)), ("\u{1B}x", key(.character("x"), alt: true)),
    ("\u{1B}é", key(.character("é"), alt: true)),
    ("\u{1B}\r", key(.enter, alt: true)), ("\u{1B}\u{7F}", key(.backspace, alt: true)),
    ("\u{1B}\u{1B}", key(.escape) + key(.escape)), ("\u{1B}[", key(.character("["), alt: true)),
    ("\u{1B}O", key(.character("O"), alt: true)),
    ("\u{1B}[A", key(.up)), ("\u{1B}OA", key(.up)), ("\u{1B}[1;5C", key(.right, control: true)),
    ("\u{1B}[1;2D", key(.left, shift: true)),
    ("\u{1B}[1;3B", key(.down, alt: true)), ("\u{1B}[H", key(.home)), ("\u{1B}[4~", key(.end)), ("\u{1B}[F", key(.end)),
    ("\u{1B}[7~", key(.home)),
    ("\u{1B}[2~", key(.insert)), ("\u{1B}[3;5~", key(.delete, control: true)), ("\u{1B}[5~", key(.pageUp)),
    ("\u{1B}[6~", key(.pageDown)),
    ("\u{1B}[Z", key(.backTab)), ("\u{1B}OP", key(.function(1))), ("\u{1B}[15~", key(.function(5))),
    ("\u{1B}[20~", key(.function(9))),
    ("\u{1B}[24~", key(.function(12))), ("\u{1B}[[E", key(.function(5))),
    ("\u{1B}[1;2P", key(.function(1), shift: true)),
    ("\u{1B}[34~", key(.function(20))), ("\u{1B}OM", key(.enter)), ("\u{1B}[13;2u", key(.enter, shift: true)),
    ("\u{1B}[27;5;97~", key(.character("a"), control: true)),
    ("\u{1B}[9;2u", key(.backTab)), ("\u{1B}[57358u", []),
    ("\u{1B}[I", [.focus(true)]), ("\u{1B}[O", [.focus(false)]),
    ("\u{1B}[<0;10;5M", [.mouse(Mouse(.press, x: 9, y: 4))]),
    ("\u{1B}[<0;10;5m", [.mouse(Mouse(.release, x: 9, y: 4))]),
    ("\u{1B}[<32;1;1M", [.mouse(Mouse(.drag, x: 0, y: 0))]),
    ("\u{1B}[<64;230;1M", [.mouse(Mouse(.wheelUp, x: 229, y: 0))]),
    ("\u{1B}[<65;1;1M", [.mouse(Mouse(.wheelDown, x: 0, y: 0))]), ("\u{1B}[<2;1;1M", []), ("\u{1B}[<0;0;0M", []),
    ("\u{1B}[M !!", [.mouse(Mouse(.press, x: 0, y: 0))]), ("\u{1B}[M#!!", [.mouse(Mouse(.release, x: 0, y: 0))]),
    ("\u{1B}[200~a\rb\u{1B}[201~", [.paste("a\nb")]),
    ("\u{1B}[200~\u{1B}[A\u{1B}[201\u{1B}[201~z", [.paste("\u{1B}[A\u{1B}[201")] + keys("z")),
    ("\u{1B}[200~a\r\nb\nc\u{1B}[201~", [.paste("a\nb\nc")]), ("\u{1B}[200~never closed", [.paste("never closed")]),
    ("\u{1B}[?2026;2$yx", keys("x")), ("\u{1B}]11;rgb:0000/0000/0000\u{7}x", keys("x")),
    ("\u{1B}P>|tmux 3.3a\u{1B}\\x", keys("x")),
    ("\u{1B}[999999999999999999999A", []), ("\u{1B}[?1;2c", []), ("\u{9B}A", keys("A")),
    ("\u{1B}[\u{3}", key(.character("c"), control: true)),
  ]

  @Test("FOUND-06 bytes of a terminal as inputs", arguments: goldens)
  func golden(text: String, inputs: [Input]) {
    // Two Esc in a row are only told apart by the pause between them; a lone one is not a key for a huge parameter.
    if text.contains("9999999999A") { return #expect(decode(text).count <= 1) }
    #expect(decode(text) == inputs, "\(text.debugDescription)")
  }

  @Test("FOUND-06 it does not matter where a read cuts", arguments: goldens)
  func split(text: String, inputs: [Input]) {
    let bytes = Array(text.utf8)
    var whole = InputDecoder()
    let expected = whole.feed(bytes) + whole.flush()
    for cut in bytes.indices {
      var decoder = InputDecoder()
      #expect(decoder.feed(bytes[..<cut]) + decoder.feed(bytes[cut...]) + decoder.flush() == expected)
    }
    var single = InputDecoder()
    #expect(bytes.flatMap { single.feed([$0]) } + single.flush() == expected)
  }

  @Test("FOUND-06 a held Esc waits shortly, a paste longer, anything else not at all")
  func pending() {
    var decoder = InputDecoder()
    #expect(decoder.pendingDelay == nil)
    #expect(decoder.feed([0x1B]) == [] && decoder.pendingDelay == InputDecoder.escapeDelay)
    #expect(decoder.flush() == [.key(Key(.escape))] && decoder.pendingDelay == nil)
    _ = decoder.feed(Array("\u{1B}[200~text".utf8))
    #expect(decoder.pendingDelay == InputDecoder.pasteDelay)
    #expect(decoder.flush() == [.paste("text")])
    #expect(decoder.feed(Array("a".utf8)) == Self.keys("a") && decoder.pendingDelay == nil)
    #expect(decoder.flush() == [])
  }

  @Test("FOUND-06 the answer about a mode is kept, and only so many")
  func modes() {
    var decoder = InputDecoder()
    _ = decoder.feed(Array("\u{1B}[?2026;2$y".utf8))
    #expect(decoder.modes == [2026: 2])
    for mode in 0..<100 { _ = decoder.feed(Array("\u{1B}[?\(mode);1$y".utf8)) }
    #expect(decoder.modes.count <= InputDecoder.maximumModes)
  }

  @Test("FOUND-06 a paste of a megabyte arrives whole, a larger one is cut at its limit", .timeLimit(.minutes(1)))
  func largePaste() {
    let text = String(repeating: "0123456789abcde\n", count: 65_536)
    var decoder = InputDecoder()
    var inputs: [Input] = []
    let bytes = Array("\u{1B}[200~\(text)\u{1B}[201~q".utf8)
    for start in stride(from: 0, to: bytes.count, by: 4_096) {
      inputs += decoder.feed(bytes[start..<min(bytes.count, start + 4_096)])
    }
    #expect(inputs == [.paste(text), .key(Key(.character("q")))])
    inputs = decoder.feed(Array("\u{1B}[200~".utf8))
    for _ in 0..<3 { inputs += decoder.feed(Array(text.utf8)) }
    inputs += decoder.feed(Array("\u{1B}[201~q".utf8))
    guard case .paste(let cut) = inputs.first else { return #expect(Bool(false), "no paste") }
    #expect(cut.utf8.count == InputDecoder.maximumPasteBytes && inputs.count == 2)
  }

  @Test("FOUND-06 random bytes neither stop the decoder nor make it keep them", .timeLimit(.minutes(1)))
  func fuzz() {
    var random = SystemRandomNumberGenerator()
    let pieces: [[UInt8]] = [
      [0x1B], [0x5B], [0x1B, 0x5B], Array("200~".utf8), Array("\u{1B}[201~".utf8), [0x3C], Array(";5M".utf8),
      [0x1B, 0x5D], [0x9B], [0xE6, 0xBC], [0xFF], [0x4D],
    ]
    for _ in 0..<2_000 {
      var decoder = InputDecoder()
      for _ in 0..<Int.random(in: 0...60, using: &random) {
        let piece =
          Bool.random(using: &random)
          ? pieces.randomElement(using: &random) ?? [] : [.random(in: 0...255, using: &random)]
        for input in decoder.feed(piece) {
          guard case .key(let key) = input, case .character(let character) = key.code else { continue }
          #expect(character.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
        }
      }
      _ = decoder.flush()
      #expect(decoder.pendingDelay == nil)
      // After a pause everything works again.
      #expect(decoder.feed([0x61]) == Self.keys("a"))
    }
  }
}
