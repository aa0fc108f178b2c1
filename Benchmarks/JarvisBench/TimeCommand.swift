import ArgumentParser
import Foundation
import JarvisMemory

/// `time`: what texts say about time.
struct TimeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "time", abstract: "Time expressions: {\"id\",\"text\",\"now\",\"tz\"?} to {\"id\",\"from\",\"to\"}.")

  @Option(help: "A file of cases; \"from\" and \"to\" in it are the truth, null where nothing is to be understood.")
  var cases: String

  private struct Case: Decodable {
    var id: String
    var text: String
    var now: String
    var tz: String?
    var from: String?
    var to: String?
    var isJudged: Bool

    enum CodingKeys: String, CodingKey { case id, text, now, tz, from, to }

    init(from decoder: any Decoder) throws {
      let box = try decoder.container(keyedBy: CodingKeys.self)
      id = try box.decode(String.self, forKey: .id)
      text = try box.decode(String.self, forKey: .text)
      now = try box.decode(String.self, forKey: .now)
      tz = try box.decodeIfPresent(String.self, forKey: .tz)
      from = try box.decodeIfPresent(String.self, forKey: .from)
      to = try box.decodeIfPresent(String.self, forKey: .to)
      isJudged = box.contains(.from) && box.contains(.to)
    }
  }

  private struct Answer: Encodable {
    var id: String
    var from: String?
    var to: String?

    enum CodingKeys: String, CodingKey { case id, from, to }

    func encode(to encoder: any Encoder) throws {
      var box = encoder.container(keyedBy: CodingKeys.self)
      try box.encode(id, forKey: .id)
      // Null is an answer, too.
      try box.encode(from, forKey: .from)
      try box.encode(to, forKey: .to)
    }
  }

  private struct Summary: Encodable {
    struct Numbers: Encodable {
      var cases = 0
      var understood = 0
      var judged = 0
      var right = 0
      /// Share of the judged cases that are right; null where no case carries the truth.
      var score: Double?
      var p50Ms = 0.0
      var p99Ms = 0.0

      enum CodingKeys: String, CodingKey {
        case cases, understood, judged, right, score
        case p50Ms = "p50_ms"
        case p99Ms = "p99_ms"
      }
    }
    var summary: Numbers
  }

  func run() throws {
    var numbers = Summary.Numbers()
    var times = BenchTimes()
    for item in try BenchCases.decode(Case.self, cases) {
      let now = try BenchTime(item.now, zone: item.tz)
      let start = ContinuousClock.now
      let range = TimeExpression.find(in: item.text, now: now.date, zone: now.zone)?.range
      times.add(.now - start)
      numbers.cases += 1
      numbers.understood += range == nil ? 0 : 1
      if item.isJudged {
        let from = try item.from.map { try BenchTime($0, zone: nil).date }
        let to = try item.to.map { try BenchTime($0, zone: nil).date }
        numbers.judged += 1
        numbers.right += range?.from == from && range?.to == to ? 1 : 0
      }
      try BenchCases.write(
        Answer(
          id: item.id, from: range.map { BenchTime.text($0.from, now.zone) },
          to: range.map { BenchTime.text($0.to, now.zone) }))
    }
    numbers.score = numbers.judged > 0 ? Double(numbers.right) / Double(numbers.judged) : nil
    numbers.p50Ms = times.percentile(0.5)
    numbers.p99Ms = times.percentile(0.99)
    try BenchCases.write(Summary(summary: numbers))
  }
}
