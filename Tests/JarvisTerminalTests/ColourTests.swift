import Testing

@testable import JarvisTerminal

@Suite struct ColourTests {
  @Test("FOUND-06 256 colours use the true levels of the cube, nearest to the eye")
  func cube() {
    #expect(ColourMapper.indexed256(RGB(0xAA, 0xCF, 0xD1)) == 152)
    #expect(ColourMapper.indexed256(RGB(0, 0, 0)) == 16)
    #expect(ColourMapper.indexed256(RGB(255, 255, 255)) == 231)
    #expect(ColourMapper.indexed256(RGB(95, 135, 175)) == 67)
    #expect(ColourMapper.indexed256(RGB(128, 128, 128)) == 244)
    // 102 is nearest to 95, where a division by 51 would say 135.
    #expect(ColourMapper.indexed256(RGB(102, 0, 0)) == 52)
  }

  @Test("FOUND-06 direct colour steps around the terminal's own eight")
  func direct() {
    #expect(ColourMapper.direct(RGB(0, 0, 5)) == 0x010101)
    #expect(ColourMapper.direct(RGB(0, 0, 8)) == 8)
    #expect(ColourMapper.direct(RGB(0x12, 0x34, 0x56)) == 0x123456)
  }

  @Test("FOUND-06 few colours stay few, and none is none")
  func few() {
    var basic = ColourMapper(mode: .indexed16, colourCount: 8)
    for red in stride(from: 0, through: 255, by: 51) {
      #expect((0..<8).contains(basic.number(of: RGB(UInt8(red), 200, 10))))
    }
    #expect(basic.number(of: RGB(250, 5, 5)) == 1)
    var mono = ColourMapper(mode: .mono, colourCount: 256)
    #expect(mono.number(of: RGB(1, 2, 3)) == -1)
    #expect(basic.number(of: nil) == -1)
  }

  @Test("FOUND-06 mixing, hex and contrast")
  func rgb() {
    #expect(RGB(hex: "#aacfd1") == RGB(0xAA, 0xCF, 0xD1))
    #expect(RGB(hex: "#AACFD") == nil && RGB(hex: "aacfd1") == nil && RGB(hex: "#+acfd1") == nil)
    #expect(RGB(0, 8, 255).hex == "#0008ff")
    #expect(RGB(255, 255, 255).mixed(into: RGB(0, 0, 0), opacity: 0.5) == RGB(128, 128, 128))
    #expect(abs(RGB(255, 255, 255).contrast(with: RGB(0, 0, 0)) - 21) < 0.01)
    for colour in [RGB(1, 2, 3), RGB(200, 10, 90), RGB(255, 255, 255)] { #expect(Oklab(colour).rgb == colour) }
  }

  private func detect(
    _ environment: [String: String], isUTF8: Bool = true, requested: ColourMode? = nil,
    known: Set<String> = [
      "xterm-256color", "xterm-direct", "tmux-256color", "tmux-direct", "xterm-kitty", "kitty-direct", "linux", "vt100",
      "screen-256color",
    ]
  ) throws -> TerminalCapabilities {
    try TerminalCapabilities.detect(environment: environment, isUTF8: isUTF8, requested: requested) {
      known.contains($0)
    }
  }

  @Test("FOUND-06 colours follow the environment: request, NO_COLOR, COLORTERM, terminfo")
  func capabilities() throws {
    #expect(try detect(["TERM": "xterm-256color"]).colour == .indexed256)
    let direct = try detect(["TERM": "xterm-256color", "COLORTERM": "truecolor"])
    #expect(direct.colour == .direct && direct.terminfoName == "xterm-direct")
    #expect(try detect(["TERM": "tmux-256color", "COLORTERM": "24bit"]).terminfoName == "tmux-direct")
    #expect(try detect(["TERM": "xterm-kitty", "COLORTERM": "truecolor"]).terminfoName == "kitty-direct")
    #expect(try detect(["TERM": "screen-256color", "COLORTERM": "truecolor"]).colour == .indexed256)
    #expect(
      try detect(["TERM": "xterm-256color", "COLORTERM": "truecolor"], known: ["xterm-256color"]).colour == .indexed256)
    #expect(try detect(["TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"]).colour == .mono)
    #expect(try detect(["TERM": "xterm-256color", "NO_COLOR": ""]).colour == .indexed256)
    #expect(try detect(["TERM": "xterm-256color", "NO_COLOR": "1"], requested: .indexed16).colour == .indexed16)
    #expect(try detect(["TERM": "vt100"]).limited(toColours: 0).colour == .mono)
    #expect(try detect(["TERM": "linux"]).limited(toColours: 8).colour == .indexed16)
  }

  @Test("FOUND-06 glyphs follow the locale and the console; a remote line is known")
  func glyphs() throws {
    #expect(try detect(["TERM": "xterm-256color"]).glyphs == .braille)
    #expect(try detect(["TERM": "xterm-256color"], isUTF8: false).glyphs == .ascii)
    #expect(try detect(["TERM": "linux"]).glyphs == .ascii)
    #expect(try detect(["TERM": "linux"]).understandsModes == false)
    #expect(try detect(["TERM": "xterm-256color", "SSH_CONNECTION": "a b c d"]).isRemote)
  }

  @Test("FOUND-06 terminals that cannot be drawn on are refused with advice")
  func refused() {
    #expect(throws: TerminalError.noTerminalType) { try detect([:]) }
    #expect(throws: TerminalError.noTerminalType) { try detect(["TERM": ""]) }
    #expect(throws: TerminalError.cannotDraw(term: "dumb")) { try detect(["TERM": "dumb"]) }
    #expect(throws: TerminalError.unknownTerminalType(term: "nonsense")) { try detect(["TERM": "nonsense"]) }
    #expect("\(TerminalError.unknownTerminalType(term: "nonsense"))".contains("TERM=xterm-256color"))
  }
}
