import JarvisAPI
import Testing

@testable import JarvisShell

@Suite("Joined commands")
struct JoiningTests {
  /// A repeatable source of randomness.
  struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return value ^ (value >> 31)
    }
  }

  /// Commands of the tables that have a tree, with their tiers.
  private static let pool: [(text: String, tier: SafetyTier)] = {
    let classifier = ShellClassifier()
    return
      (BlackTable.commands + NotGreenTable.commands + GreenTable.commands + HolesTable.assigning + HolesTable.spawning
      + HolesTable.disguised + HolesTable.endless + HolesTable.bounded + AdminReadsTable.rows.map(\.command)).compactMap
    { text in
      // What has no tree is no complete command.
      guard (try? ShellParser.parse(text)) != nil else { return nil }
      return (text, classifier.classify(text).tier)
    }
  }()

  @Test("TEST-03 joining complete commands never yields less than the highest of them", arguments: 1...4)
  func joined(seed: UInt64) {
    var random = SplitMix(state: seed)
    let classifier = ShellClassifier()
    for _ in 0..<20 {
      let parts = (0..<Int.random(in: 2...4, using: &random)).compactMap { _ in Self.pool.randomElement(using: &random)
      }
      let highest = parts.map(\.tier).max() ?? .green
      for text in JoinedText.all(parts.map(\.text)) {
        let verdict = classifier.classify(text)
        #expect(
          verdict.tier >= highest,
          "\(text) is \(verdict.tier.rawValue) by \(verdict.rule), parts are \(highest.rawValue)")
      }
    }
  }

  @Test("TEST-03 a wrapper, a loop or a substitution around a command hides nothing", arguments: 1...4)
  func wrapped(seed: UInt64) {
    var random = SplitMix(state: seed)
    let classifier = ShellClassifier()
    for _ in 0..<20 {
      guard let part = Self.pool.randomElement(using: &random), JoinedText.isPlain(part.text) else { continue }
      for text in [
        "if \(part.text); then :; fi", "if true; then \(part.text); fi", "while \(part.text); do break; done",
        "for i in 1 2; do \(part.text); done", "case a in a) \(part.text) ;; esac", "f() { \(part.text); }",
        "echo $( \(part.text) )",
        "echo \"$( \(part.text) )\"", "x=$( \(part.text) )", "cat <( \(part.text) )", "[[ -n $( \(part.text) ) ]]",
        "! { \(part.text); }",
        "coproc { \(part.text); }", "time { \(part.text); }", "{ \(part.text); } 2>/dev/null",
        "ls > /dev/null; \(part.text)",
      ] {
        let verdict = classifier.classify(text)
        #expect(verdict.tier >= part.tier, "\(text) is \(verdict.tier.rawValue) by \(verdict.rule)")
      }
    }
  }
}
