import Foundation
import JarvisMemory
import Testing

/// The project's own table, `Benchmarks/Memory/time.jsonl`: expressions of four languages and the edges of the calendar.
@Suite struct TimeTableTests {
  struct Case: Decodable {
    var id: String
    var text: String
    var now: Date
    var tz: String
    var from: Date?
    var to: Date?
  }

  static func cases() throws -> [Case] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Benchmarks/Memory/time.jsonl")
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .map { try decoder.decode(Case.self, from: Data($0.utf8)) }
  }

  @Test("MEM-01 at least 97 of 100 expressions of time are understood, and nothing is guessed")
  func table() throws {
    let cases = try Self.cases()
    #expect(cases.count >= 200)
    var wrong: [String] = []
    for item in cases {
      let zone = try #require(TimeZone(identifier: item.tz))
      let range = TimeExpression.find(in: item.text, now: item.now, zone: zone)?.range
      if range?.from != item.from || range?.to != item.to {
        wrong.append("\(item.id) \"\(item.text)\": \(range.map { "\($0.from) to \($0.to)" } ?? "nothing")")
      }
    }
    #expect(Double(wrong.count) <= 0.03 * Double(cases.count), "\(wrong.joined(separator: "\n"))")
  }

  @Test("MEM-01 what surrounds the expression is what else is asked")
  func rest() throws {
    let now = Date(timeIntervalSince1970: 1_795_012_200)
    let found = try #require(
      TimeExpression.find(in: "What did we discuss yesterday about pve's disk?", now: now, zone: .gmt))
    #expect(found.words == "yesterday")
    #expect(found.rest == "What did we discuss   about pve's disk?")
    #expect(TimeExpression.find(in: String(repeating: "?", count: 100_000), now: now, zone: .gmt) == nil)
    #expect(TimeExpression.find(in: String(repeating: "last ", count: 20_000), now: now, zone: .gmt) == nil)
  }

  @Test("MEM-01 what is no time is none, and a named year says more than a weekday")
  func traps() throws {
    // Wednesday, 18 November 2026.
    let now = Date(timeIntervalSince1970: 1_795_012_200)
    func range(_ text: String) -> TimeRange? { TimeExpression.find(in: text, now: now, zone: .gmt)?.range }
    for text in [
      "the first three of the disks", "what do we plan to do?", "he stood up and sat down", "the first half",
    ] {
      #expect(range(text) == nil, "\(text)")
    }
    func day(_ text: String) throws -> Date { try Date.ISO8601FormatStyle().parse(text + "T00:00:00Z") }
    #expect(range("what ended last Friday on 23 January, 2026?")?.from == (try day("2026-01-23")))
    #expect(
      range("the week before 3 August 2026") == TimeRange(from: try day("2026-07-27"), to: try day("2026-08-03")))
  }
}
