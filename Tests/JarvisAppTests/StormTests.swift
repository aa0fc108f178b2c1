import Foundation
import JarvisAPI
import JarvisTerminal
import JarvisTestSupport
import Testing

@testable import JarvisApp

/// Pseudo-random numbers that are the same on every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

@Suite("Storms")
struct StormTests {
  static let keys: [Key] =
    [
      .enter, .tab, .backTab, .escape, .backspace, .delete, .up, .down, .left, .right, .home, .end, .pageUp, .pageDown,
    ].map { Key($0) } + (1...12).map { Key(.function($0)) }
    + "kngrlzuwaexjcp".map { Key(.character($0), control: true) }
    + "yYnN:/?jkgG1 aéß漢🙂".map { Key(.character($0)) } + "123y".map { Key(.character($0), alt: true) }

  @Test(
    "FOUND-06 random keys, clicks, pastes, events and sizes never crash the screen",
    arguments: [1, 2, 3, 4] as [UInt64])
  func anything(seed: UInt64) {
    var random = SeededGenerator(state: seed)
    var session = Session.attached(100, 30)
    for step in 0..<1_500 {
      switch Int.random(in: 0..<100, using: &random) {
      case 0..<70: session.send(.key(Self.keys.randomElement(using: &random) ?? Key(.enter)))
      case 70..<76:
        session.resize(Int.random(in: 0...240, using: &random), Int.random(in: 0...70, using: &random))
      case 76..<84:
        let kind = [Mouse.Kind.press, .release, .drag, .wheelUp, .wheelDown].randomElement(using: &random) ?? .press
        session.send(
          .mouse(Mouse(kind, x: Int.random(in: -2...250, using: &random), y: Int.random(in: -2...80, using: &random))))
      case 84..<86: session.send(.paste(String(repeating: "pa\tste\u{1B}[31m\n", count: 40)))
      case 86..<90:
        session.approval(Sample.approval(step % 5, consent: .typed("102"), hash: "\(step)", created: session.now))
      case 90..<94:
        session.event(
          .message(Sample.message("r\(step % 40)", .assistant, "# a\n```\ncode", secondsAgo: 0, state: .streaming)))
        session.event(.delta(MessageID(rawValue: "r\(step % 40)"), Sample.conversation, " more | text\n\n"))
      case 94..<97: session.send(.event(.monitoring(.cluster(Sample.cluster(step: step, at: session.now)))))
      default:
        session.wait(0.3)
        session.send(.tick)
      }
      if step % 25 == 0 { #expect(session.canvas.size == session.state.size) }
    }
    #expect(session.state.input.characters.count <= AppLimits.inputCharacters)
  }

  @Test(
    "FOUND-01 no random key decides a card while the focus stays in the input line", arguments: [11, 12] as [UInt64])
  func cardsStayUndecided(seed: UInt64) {
    var random = SeededGenerator(state: seed)
    var session = ApprovalTests.waiting()
    // Everything but what leads to a card by the rules: Tab, a click, the colon and the palette.
    let harmless = Self.keys.filter { key in
      key.code != .tab && key != Key(.character(":")) && key != Key(.character("k"), control: true)
    }
    for _ in 0..<3_000 {
      session.send(.key(harmless.randomElement(using: &random) ?? Key(.enter)))
      #expect(session.state.focus != .card)
    }
    #expect(session.decisions.isEmpty)
  }

  @Test(
    "FOUND-08 panels kept from earlier frames are what drawing them anew would give", arguments: [21, 22] as [UInt64])
  func keptPanels(seed: UInt64) {
    var random = SeededGenerator(state: seed)
    var session = Session.attached(140, 42)
    var memo = PanelMemo()
    var distinct: Set<[String]> = []
    for step in 0..<400 {
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<6: session.send(.key(Self.keys.randomElement(using: &random) ?? Key(.enter)))
      case 6: session.resize(Int.random(in: 60...240, using: &random), Int.random(in: 20...70, using: &random))
      case 7:
        session.approval(Sample.approval(step % 5, consent: .typed("102"), hash: "\(step)", created: session.now))
      default: session.send(.event(.monitoring(.cluster(Sample.cluster(step: step, at: session.now)))))
      }
      // Time stands still: a panel may show a moment of some seconds ago.
      let frame = view(session.state, now: session.now, memo: &memo)
      #expect(frame == view(session.state, now: session.now), "after step \(step)")
      distinct.insert(frame.lines)
    }
    #expect(distinct.count > 100)
  }

  @Test("FOUND-06 a resize storm ends in the same frame as a quiet screen of that size")
  func resizes() {
    var random = SeededGenerator(state: 5)
    var session = Session.attached(120, 40)
    for _ in 0..<300 {
      session.resize(Int.random(in: 1...300, using: &random), Int.random(in: 1...100, using: &random))
    }
    session.resize(120, 40)
    #expect(session.frame == Session.attached(120, 40).frame)
  }
}
