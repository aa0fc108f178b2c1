import Foundation
import JarvisAPI
import JarvisShell

/// The longest texts that the classifier answers, each the worst of one construct (`WorstCaseTable`, shared with the tests).
struct ExplainWorst {
  private struct Answer: Encodable {
    var id: String
    var bytes: Int
    var tier: SafetyTier
    var rule: String
    var ms: Double
  }

  private struct Summary: Encodable {
    var cases: Int
    /// The slowest case, and what it took.
    var worst: String
    var worstMs: Double
    enum CodingKeys: String, CodingKey {
      case cases, worst
      case worstMs = "worst_ms"
    }
  }

  /// Each case is answered so often; the best counts, since only this program's work is asked for.
  private static let tries = 3

  /// One JSON line a case, the slowest first, and a summary.
  func lines() throws -> [String] {
    let classifier = ShellClassifier()
    _ = classifier.classify("ls")
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var answers: [Answer] = []
    for row in WorstCaseTable.rows {
      var verdict = ShellVerdict(tier: .green, rule: "", reason: "")
      let times = (0..<Self.tries).map { _ in ContinuousClock().measure { verdict = classifier.classify(row.text) } }
      let best = times.min() ?? .zero
      let ms = Double(best.components.seconds) * 1_000 + Double(best.components.attoseconds) / 1e15
      answers.append(
        Answer(id: row.name, bytes: row.text.utf8.count, tier: verdict.tier, rule: verdict.rule, ms: ms))
    }
    answers.sort { $0.ms > $1.ms }
    let summary = Summary(cases: answers.count, worst: answers.first?.id ?? "", worstMs: answers.first?.ms ?? 0)
    return try answers.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
      + [String(decoding: try encoder.encode(["summary": summary]), as: UTF8.self)]
  }
}
