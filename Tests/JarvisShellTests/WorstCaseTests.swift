import JarvisAPI
import Testing

@testable import JarvisShell

@Suite("Long commands", .serialized)
struct WorstCaseTests {
  /// Unoptimised, under a sanitiser, on a busy machine: a hundred times what `jarvis-bench explain --worst` allows. What
  /// grows with the square of the length, or faster, takes minutes.
  private static let limit = Duration.seconds(2)

  @Test("TEST-03 64 KB of any construct are answered or refused soon", arguments: WorstCaseTable.rows.indices)
  func bounded(row: Int) {
    let (name, text) = WorstCaseTable.rows[row]
    #expect(text.utf8.count <= ShellLimits.bytes)
    let classifier = ShellClassifier()
    // The best of a few: another program may hold the processor.
    var best = Duration.seconds(60)
    for _ in 0..<3 where best > Self.limit {
      best = min(best, ContinuousClock().measure { #expect(!classifier.classify(text).reason.isEmpty) })
    }
    #expect(best <= Self.limit, "\(name): \(best)")
  }

  @Test("TEST-03 what goes beyond a limit is BLACK, whatever stands before and after it")
  func limitsDecide() {
    let classifier = ShellClassifier()
    for (filler, rule) in [
      (String(repeating: "ls;", count: ShellLimits.commands + 1), "limit.commands"),
      (String(repeating: "echo {1..200};", count: 40), "limit.words"),
      ((0...ShellLimits.variables).map { "v\($0)=1;" }.joined(), "limit.variables"),
      ((0...ShellLimits.folders).map { "cd /srv/\($0);" }.joined(), "limit.folders"),
      ("x=" + String(repeating: "a", count: ShellLimits.valueBytes + 1) + ";", "limit.value"),
      ("x=a;" + String(repeating: "x=$x$x;", count: 20), "limit.value"),
      (String(repeating: "cat /etc/*.conf;", count: 600), "limit."),
    ] {
      let verdict = classifier.classify(filler + "rm -rf /tmp/a")
      #expect(verdict.tier == .black, "\(verdict.rule)")
      #expect(verdict.rule.hasPrefix(rule), "\(verdict.rule)")
    }
  }
}
