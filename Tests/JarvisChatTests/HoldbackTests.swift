import Testing

@testable import JarvisChat

struct HoldbackTests {
  /// Feeds `text` in pieces of `size` characters and returns what was shown, or nil for an escalation.
  private func run(_ text: String, size: Int) -> String? {
    var holdback = Holdback()
    var shown = ""
    var rest = Substring(text)
    while !rest.isEmpty {
      switch holdback.feed(String(rest.prefix(size))) {
      case .hold: break
      case .show(let piece): shown += piece
      case .escalate: return nil
      }
      rest = rest.dropFirst(size)
    }
    switch holdback.finish() {
    case .hold: return shown
    case .show(let piece): return shown + piece
    case .escalate: return nil
    }
  }

  @Test("TEST-07 only the exact first line escalates, however the stream is cut", arguments: 1...14)
  func escalates(size: Int) {
    #expect(run("NEED_TOOLS", size: size) == nil)
    #expect(run("\n NEED_TOOLS \nand more", size: size) == nil)
    #expect(run("NEED_TOOLS are useful", size: size) == "NEED_TOOLS are useful")
    #expect(run("NEED", size: size) == "NEED")
    #expect(run("I say: NEED_TOOLS", size: size) == "I say: NEED_TOOLS")
    #expect(run("Hello\nNEED_TOOLS\n", size: size) == "Hello\nNEED_TOOLS\n")
    #expect(run("", size: size) == "")
    #expect(run("N\u{65}w line", size: size) == "New line")
  }
}
