import Testing

@testable import JarvisTerminal

@Suite("Colours and attributes in few bytes")
struct RenditionFilterTests {
  /// What a terminal would show: each character and each clearing with the rendition it came in.
  private struct Shown: Equatable {
    var what: String
    var rendition: RenditionFilter.Rendition
  }

  /// A terminal that knows of SGR only.
  private func show(_ bytes: [UInt8]) -> [Shown] {
    var rendition = RenditionFilter.Rendition()
    var shown: [Shown] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 0x1B else {
        if bytes[index] >= 0x20 { shown.append(Shown(what: "\(bytes[index])", rendition: rendition)) }
        index += 1
        continue
      }
      if bytes[index + 1] == UInt8(ascii: "(") {
        index += 3
        continue
      }
      var end = index + 2
      while !(0x40...0x7E).contains(bytes[end]) { end += 1 }
      let body = String(decoding: bytes[(index + 2)..<end], as: UTF8.self)
      switch bytes[end] {
      case UInt8(ascii: "m"): rendition = ends(body, rendition)
      case UInt8(ascii: "K"), UInt8(ascii: "X"): shown.append(Shown(what: "clear " + body, rendition: rendition))
      default: break
      }
      index = end + 1
    }
    return shown
  }

  /// SGR with the ends of single attributes, which ncurses does not write and the filter does.
  private func ends(_ body: String, _ rendition: RenditionFilter.Rendition) -> RenditionFilter.Rendition {
    var result = rendition
    var rest: [Substring] = []
    func flush() {
      guard !rest.isEmpty else { return }
      result = RenditionFilter.apply(rest.joined(separator: ";"), to: result) ?? result
      rest = []
    }
    var words = body.split(separator: ";", omittingEmptySubsequences: false)[...]
    while let word = words.popFirst() {
      if word == "38" || word == "48" {
        rest.append(word)
        rest += words.prefix(words.first == "5" ? 2 : 4)
        words = words.dropFirst(words.first == "5" ? 2 : 4)
        continue
      }
      switch word {
      case "22":
        flush()
        result.attributes.subtract([1, 2])
      case "23", "24", "27":
        flush()
        result.attributes.remove((UInt8(word) ?? 20) - 20)
      default: rest.append(word)
      }
    }
    flush()
    if body.isEmpty { result = .init() }
    return result
  }

  private static let vocabulary = [
    "\u{1B}[38;5;66m", "\u{1B}[48;5;232m", "\u{1B}[38;5;152m", "\u{1B}(B\u{1B}[0;1m", "\u{1B}(B\u{1B}[0m",
    "\u{1B}[39;49m", "\u{1B}(B\u{1B}[m", "\u{1B}[0;1;2m", "\u{1B}[0;7m", "\u{1B}[31m", "\u{1B}[97m",
    "\u{1B}[38:2::1:2:3m", "\u{1B}[48;2;1;2;3m", "\u{1B}[0;3;4m", "\u{1B}[5;9H", "\u{1B}[K", "\u{1B}[7X",
    "\u{1B}[?25l", "text", "é", " ", "\r", "⣿",
  ]

  @Test("FOUND-06 what is shown stays the same, in fewer bytes", arguments: 0..<200)
  func same(seed: UInt64) {
    var random = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var filter = RenditionFilter()
    var raw: [UInt8] = []
    var filtered: [UInt8] = []
    for _ in 0..<4 {
      // ncurses ends each frame in the terminal's own rendition.
      var frame: [UInt8] = []
      for _ in 0..<60 {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        frame += Array(Self.vocabulary[Int(random >> 33) % Self.vocabulary.count].utf8)
      }
      frame += Array("\u{1B}(B\u{1B}[m".utf8)
      raw += frame
      filtered += filter.filter(frame)
    }
    #expect(show(filtered) == show(raw))
    #expect(filtered.count < raw.count)
  }

  @Test("FOUND-06 only what changed is told")
  func few() {
    var filter = RenditionFilter()
    let frame =
      "\u{1B}(B\u{1B}[m\u{1B}[38;5;1m\u{1B}[48;5;2ma\u{1B}[38;5;3m\u{1B}[48;5;2mb\u{1B}(B\u{1B}[0;1m"
      + "\u{1B}[38;5;3m\u{1B}[48;5;2mc\u{1B}(B\u{1B}[0m\u{1B}[38;5;3m\u{1B}[48;5;2md\u{1B}(B\u{1B}[m"
    let bytes = filter.filter(Array(frame.utf8))
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == "\u{1B}(B\u{1B}[0;38;5;1;48;5;2ma\u{1B}[38;5;3mb\u{1B}[1mc\u{1B}[22md")
    // The next frame goes on from there.
    #expect(String(decoding: filter.filter(Array("x".utf8)), as: UTF8.self) == "\u{1B}[39;49mx")
    filter.forget()
    #expect(String(decoding: filter.filter(Array("x".utf8)), as: UTF8.self) == "\u{1B}[0mx")
  }

  @Test("FOUND-06 what is not understood goes through, and nothing is taken for known after it")
  func strange() {
    var filter = RenditionFilter()
    let bytes = filter.filter(Array("\u{1B}[31ma\u{1B}[58;5;1mb".utf8))
    #expect(String(decoding: bytes, as: UTF8.self) == "\u{1B}[0;31ma\u{1B}[58;5;1m\u{1B}[0;31mb")
    #expect(filter.filter(Array("\u{1B}".utf8)) == [0x1B])
  }
}
