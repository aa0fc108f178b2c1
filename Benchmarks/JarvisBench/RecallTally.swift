import Foundation

/// Counts what was found, by kind of question.
struct RecallTally {
  private struct Kind {
    var questions = 0
    var at5 = 0.0
    var at10 = 0.0
  }
  private var kinds: [String: Kind] = [:]
  private var all = Kind()
  private var nothing = (asked: 0, answered: 0)
  private var times = BenchTimes()
  private var cases = 0

  /// - Parameter any: one of the gold items answers the question.
  mutating func add(
    _ kind: String?, found: [String], evidence: [String]?, any: Bool, expectsNothing: Bool, took: Duration
  ) {
    cases += 1
    times.add(took)
    if expectsNothing {
      nothing.asked += 1
      nothing.answered += found.isEmpty ? 0 : 1
    }
    guard let evidence, !evidence.isEmpty else { return }
    func share(_ count: Int) -> Double {
      let there = evidence.filter(found.prefix(count).contains).count
      return any ? min(Double(there), 1) : Double(there) / Double(evidence.count)
    }
    func add(to kind: inout Kind) {
      kind.questions += 1
      kind.at5 += share(5)
      kind.at10 += share(10)
    }
    add(to: &all)
    add(to: &kinds[kind ?? "all", default: Kind()])
  }

  /// Shares are of 1; times in milliseconds.
  var figures: [String: Double] {
    func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
    var figures: [String: Double] = [
      "cases": Double(cases), "judged": Double(all.questions), "nothing_there": Double(nothing.asked),
      "nothing_there_answered": Double(nothing.answered), "p50_ms": times.percentile(0.5),
      "p99_ms": times.percentile(0.99),
    ]
    func put(_ name: String, _ kind: Kind) {
      guard kind.questions > 0 else { return }
      figures["evidence_at_5" + name] = rounded(kind.at5 / Double(kind.questions))
      figures["evidence_at_10" + name] = rounded(kind.at10 / Double(kind.questions))
    }
    put("", all)
    for (name, kind) in kinds { put(" " + name, kind) }
    return figures
  }
}
