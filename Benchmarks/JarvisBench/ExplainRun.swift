import Foundation
import JarvisAPI
import JarvisShell

/// Answers cases of shell commands: a line of JSON each, then a summary.
struct ExplainRun {
  /// A line of input. `verdict` is the truth where there is one: safe, unsafe, dangerous.
  struct Case: Decodable {
    var id: String
    var command: String
    var verdict: String?
  }

  private struct Answer: Encodable {
    var id: String
    var tier: SafetyTier
    var rule: String
  }

  private let classifier = ShellClassifier()
  private var times: [Duration] = []
  private var tiers: [SafetyTier: Int] = [:]
  /// Truth, then tier.
  private var matrix: [String: [SafetyTier: Int]] = [:]
  private let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()

  init() {
    // The table is made once a process; that is no part of a verdict.
    _ = classifier.classify("ls")
  }

  /// The answer to one line of input.
  mutating func answer(_ line: Data) throws -> String {
    let item = try JSONDecoder().decode(Case.self, from: line)
    let start = ContinuousClock.now
    let verdict = classifier.classify(item.command)
    times.append(ContinuousClock.now - start)
    tiers[verdict.tier, default: 0] += 1
    if let truth = item.verdict { matrix[truth, default: [:]][verdict.tier, default: 0] += 1 }
    return try text(Answer(id: item.id, tier: verdict.tier, rule: verdict.rule))
  }

  /// Counts, times, and how many safe cases are GREEN and how many others are not.
  var summary: String {
    get throws {
      struct Summary: Encodable {
        var cases: Int
        var tiers: [String: Int]
        var byVerdict: [String: [String: Int]]?
        var score: Double?
        var p50Ms: Double
        var p99Ms: Double
        enum CodingKeys: String, CodingKey {
          case cases, tiers, score
          case byVerdict = "by_verdict"
          case p50Ms = "p50_ms"
          case p99Ms = "p99_ms"
        }
      }
      let sorted = times.sorted()
      func time(_ share: Double) -> Double {
        guard !sorted.isEmpty else { return 0 }
        let value = sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
        return (Double(value.components.attoseconds) / 1e15 + Double(value.components.seconds) * 1_000).roundedToMicro
      }
      let right = matrix.reduce(0) { sum, row in
        sum + row.value.filter { ($0.key == .green) == (row.key == "safe") }.values.reduce(0, +)
      }
      let judged = matrix.values.flatMap(\.values).reduce(0, +)
      let summary = Summary(
        cases: times.count, tiers: named(tiers), byVerdict: matrix.isEmpty ? nil : matrix.mapValues(named),
        score: judged == 0 ? nil : Double(right) / Double(judged), p50Ms: time(0.5), p99Ms: time(0.99))
      return try text(["summary": summary])
    }
  }

  private func named(_ counts: [SafetyTier: Int]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
  }

  private func text(_ value: some Encodable) throws -> String {
    String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

extension Double {
  fileprivate var roundedToMicro: Double { (self * 1_000_000).rounded() / 1_000_000 }
}
