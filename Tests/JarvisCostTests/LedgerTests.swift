import Foundation
import GRDB
import JarvisAPI
import Testing

@testable import JarvisCost

@Suite struct LedgerTests {
  private let berlin = TimeZone(identifier: "Europe/Berlin") ?? .gmt

  private func database() throws -> DatabaseQueue {
    let queue = try DatabaseQueue()
    var migrator = DatabaseMigrator()
    CostSchema.register(in: &migrator)
    try migrator.migrate(queue)
    return queue
  }

  private func date(_ text: String) throws -> Date { try Date.ISO8601FormatStyle().parse(text) }

  private func entry(
    _ at: Date, _ amount: Int64?, conversation: String? = nil, model: String = "m", strong: Int64? = nil
  ) -> LedgerEntry {
    LedgerEntry(
      at: at, conversation: conversation.map(ConversationID.init(rawValue:)), message: nil, route: .claude,
      model: model,
      usage: TokenUsage(input: 1, output: 1), price: amount.map { .known(MicroDollars($0)) } ?? .unpriced(model: model),
      counterfactual: strong.map(MicroDollars.init))
  }

  @Test("ROUTE-04 Every class of token, the price and the estimate are kept with the message")
  func roundTrip() async throws {
    let ledger = Ledger(database: try database())
    let booked = LedgerEntry(
      at: Date(timeIntervalSince1970: 1_795_000_000.123), conversation: ConversationID(rawValue: "c"),
      message: MessageID(rawValue: "m1"), route: .qwen, model: "qwen3",
      usage: TokenUsage(input: 1, cacheWrite5m: 2, cacheWrite1h: 3, cacheRead: 4, output: 5), price: .known(.zero),
      estimated: true,
      counterfactual: MicroDollars(77))
    var other = booked
    other.price = .unpriced(model: "qwen3")
    other.counterfactual = nil
    try await ledger.record(booked)
    try await ledger.record(other)
    #expect(try await ledger.entries(of: MessageID(rawValue: "m1")) == [booked, other])
    #expect(try await ledger.entries(of: MessageID(rawValue: "none")).isEmpty)
  }

  @Test("ROUTE-05 ROUTE-06 Today, week, month, models, conversations and savings")
  func report() async throws {
    let ledger = Ledger(database: try database())
    let now = try date("2026-11-25T10:00:00Z")  // A Wednesday.
    for entry in [
      // Midnight in Berlin: today.
      entry(try date("2026-11-24T23:00:00Z"), 100, conversation: "a", strong: 400),
      // Yesterday.
      entry(try date("2026-11-24T22:59:59Z"), 20, conversation: "a"),
      // Monday's first moment.
      entry(try date("2026-11-22T23:00:00Z"), 3, conversation: "b", model: "n", strong: 3),
      // Last week; dearer than strong.
      entry(try date("2026-11-22T22:59:59Z"), 4_000, conversation: "b", strong: 1_000),
      // The month's first moment.
      entry(try date("2026-10-31T23:00:00Z"), 50_000),
      // Last month: only in the conversation's total.
      entry(try date("2026-10-31T22:59:59Z"), 600_000, conversation: "b"),
      entry(try date("2026-11-25T09:00:00Z"), nil, conversation: "c", model: "unknown", strong: 9_000),
      // Booked before the clock was set back: it must not vanish from today's budget.
      entry(try date("2026-11-26T00:00:00Z"), 7_000_000, model: "future"),
    ] { try await ledger.record(entry) }
    let report = try await ledger.report(now: now, timeZone: berlin, limits: BudgetLimits(day: MicroDollars(5_000_000)))
    #expect(report.today == MicroDollars(7_000_100))
    #expect(report.week == MicroDollars(7_000_123))
    #expect(report.month == MicroDollars(7_054_123))
    #expect(report.callsToday == 3)
    #expect(report.unpricedToday == 1)
    #expect(report.counterfactualThisMonth == MicroDollars(1_403))
    #expect(report.savedThisMonth == MicroDollars(1_403 - 4_103), "routing that cost more is not hidden")
    #expect(
      report.models == [
        "m": MicroDollars(54_120), "n": MicroDollars(3), "unknown": .zero, "future": MicroDollars(7_000_000),
      ])
    #expect(
      report.conversations == [
        ConversationID(rawValue: "a"): MicroDollars(120), ConversationID(rawValue: "b"): MicroDollars(604_003),
        ConversationID(rawValue: "c"): .zero,
      ])
    #expect(report.dailyBudget == MicroDollars(5_000_000) && report.at == now)
    #expect(try await ledger.spent(in: ConversationID(rawValue: "b")) == MicroDollars(604_003))
    let some = try await ledger.report(
      now: now, timeZone: berlin,
      conversations: [ConversationID(rawValue: "b"), ConversationID(rawValue: "none")])
    #expect(some.conversations.keys.map(\.rawValue) == ["b"])
  }

  @Test("ROUTE-05 An empty ledger is zero everywhere")
  func empty() async throws {
    let report = try await Ledger(database: try database()).report(now: .now, timeZone: berlin)
    #expect(report.today == .zero && report.month == .zero && report.models.isEmpty && report.conversations.isEmpty)
  }

  @Test("ROUTE-05 What is older than 400 days goes, to the millisecond")
  func retention() async throws {
    let ledger = Ledger(database: try database())
    let now = try date("2026-11-25T10:00:00Z")
    let edge = now.addingTimeInterval(-400 * 86_400)
    for (offset, amount) in [(-0.001, Int64(1)), (0, 2), (0.001, 4)] {
      try await ledger.record(entry(edge.addingTimeInterval(offset), amount, conversation: "c"))
    }
    #expect(try await ledger.removeExpired(now: now) == 1)
    #expect(try await ledger.spent(in: ConversationID(rawValue: "c")) == MicroDollars(6))
  }

  @Test("ROUTE-05 Exact over a million rows, and fast enough to follow every call")
  func million() async throws {
    let queue = try database()
    let now = try date("2026-11-25T10:00:00Z")
    // A row every 30 s for the last 347 days; amounts that no binary fraction could add up.
    try await queue.write { db in
      try db.execute(
        sql: """
          INSERT INTO ledger (at, conversation, message, route, model, input, cache_write_5m, cache_write_1h, cache_read, output,
            amount, estimated, counterfactual)
          WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999999)
          SELECT ? - i * 30000, 'c' || (i % 500), NULL, 'claude', 'm' || (i % 3), 10, 0, 0, 0, 5, 100001 + i % 7, 0, 200002
          FROM n
          """, arguments: [Int64(now.timeIntervalSince1970 * 1_000)])
    }
    var expected: (today: Int64, week: Int64, month: Int64, months: Int64) = (0, 0, 0, 0)
    let periods = CostPeriods(now: now, timeZone: berlin)
    for i in 0..<1_000_000 {
      let at = now.addingTimeInterval(Double(-i) * 30)
      let amount = Int64(100_001 + i % 7)
      if at < periods.month.start { break }
      expected.month += amount
      expected.months += 1
      if at >= periods.week.start { expected.week += amount }
      if at >= periods.day.start { expected.today += amount }
    }
    let ledger = Ledger(database: queue)
    let clock = ContinuousClock()
    var report = CostReport()
    let took = try await clock.measure {
      report = try await ledger.report(
        now: now, timeZone: berlin, conversations: (0..<20).map { ConversationID(rawValue: "c\($0)") })
    }
    #expect(report.today.amount == expected.today)
    #expect(report.week.amount == expected.week)
    #expect(report.month.amount == expected.month)
    #expect(report.savedThisMonth.amount == expected.months * 200_002 - expected.month)
    #expect(report.models.values.reduce(MicroDollars.zero, +) == report.month)
    let whole = try await queue.read { db in
      try Int64.fetchOne(db, sql: "SELECT sum(amount) FROM ledger WHERE conversation = 'c7'") ?? 0
    }
    #expect(report.conversations[ConversationID(rawValue: "c7")]?.amount == whole)
    // Sums come from the indexes: neither query reads the table.
    let plans = try await queue.read { db in
      try ["at >= 0 AND at < 1 GROUP BY model", "conversation = 'x'"].flatMap { condition in
        try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN SELECT sum(amount) FROM ledger WHERE \(condition)").map {
          $0["detail"] as String
        }
      }
    }
    #expect(plans.filter { $0.contains("SEARCH") }.allSatisfy { $0.contains("COVERING INDEX") }, "\(plans)")
    // Generous: a loaded machine with two cores. The plan above is what keeps it fast.
    #expect(took < .seconds(3), "took \(took)")
    print("ledger: report over 1,000,000 rows took \(took)")
  }
}
