import Foundation
import GRDB
import JarvisAPI
import JarvisCost
import Testing

/// A whole day, call by call, on a clock that the test holds.
@Suite struct DayReplayTests {
  private func ledger() throws -> Ledger {
    let queue = try DatabaseQueue()
    var migrator = DatabaseMigrator()
    CostSchema.register(in: &migrator)
    try migrator.migrate(queue)
    return Ledger(database: queue)
  }

  private func date(_ text: String) throws -> Date { try Date.ISO8601FormatStyle().parse(text) }

  private func call(_ at: Date, _ amount: Int64, message: String? = nil) -> LedgerEntry {
    LedgerEntry(
      at: at, conversation: ConversationID(rawValue: "c"), message: message.map(MessageID.init(rawValue:)),
      route: .claude, model: "claude-haiku-5-5", usage: TokenUsage(input: 1), price: .known(MicroDollars(amount)),
      counterfactual: MicroDollars(amount * 20))
  }

  @Test(
    "ROUTE-05 A full day ends in the right totals, also where it has 23 or 25 hours",
    arguments: [("2026-11-23", 24), ("2026-10-25", 25), ("2026-03-29", 23)])
  func fullDay(_ day: String, _ hours: Int) async throws {
    let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
    let ledger = try ledger()
    let periods = CostPeriods(now: try date(day + "T10:00:00Z"), timeZone: zone)
    #expect(periods.day.duration == Double(hours) * 3_600)
    var spent: Int64 = 0
    var state: [BudgetState] = []
    let limits = BudgetLimits(day: MicroDollars(Int64(hours) * 12 * 100_003))
    // A call every five minutes, the first at the first moment of the day.
    var now = periods.day.start
    while now < periods.day.end {
      try await ledger.record(call(now, 100_003))
      spent += 100_003
      let report = try await ledger.report(now: now, timeZone: zone, limits: limits)
      #expect(report.today == MicroDollars(spent))
      let judged = BudgetState(report, limits: limits)
      if state.last.map({ String(describing: $0).prefix(6) }) != String(describing: judged).prefix(6) {
        state.append(judged)
      }
      now += 300
    }
    #expect(spent == Int64(hours) * 12 * 100_003)
    // Within, then one warning at exactly 80 %, then used up with the day's last call.
    #expect(state == [.within, .warning(.day, percent: 80), .exhausted(.day)])
    let next = try await ledger.report(now: periods.day.end, timeZone: zone, limits: limits)
    #expect(next.today == .zero)
    #expect(next.forecastMonth != nil)
    #expect(BudgetState(next, limits: limits) == .within)
  }

  @Test(
    "ROUTE-05 A clock set back across midnight: nothing vanishes from the budget, nothing is counted twice in the week")
  func clockSetBack() async throws {
    let ledger = try ledger()
    let limits = BudgetLimits(day: MicroDollars(1_000))
    let after = try date("2026-11-24T00:05:00Z")
    let before = try date("2026-11-23T23:50:00Z")
    try await ledger.record(call(before, 300))
    try await ledger.record(call(after, 700))
    #expect(try await ledger.report(now: after, timeZone: .gmt).today == MicroDollars(700))
    // The clock goes back: what was booked ahead of it still counts.
    let back = try await ledger.report(now: before, timeZone: .gmt)
    #expect(back.today == MicroDollars(1_000))
    #expect(back.week == MicroDollars(1_000))
    #expect(BudgetState(back, limits: limits) == .exhausted(.day))
    try await ledger.record(call(before + 60, 1))
    // And forward again.
    let again = try await ledger.report(now: after + 60, timeZone: .gmt)
    #expect(again.today == MicroDollars(700))
    #expect(again.week == MicroDollars(1_001))
    #expect(try await ledger.spent(in: ConversationID(rawValue: "c")) == MicroDollars(1_001))
  }

  @Test("ROUTE-07 A lift is for its day, in the operator's zone, and survives in the database")
  func lift() async throws {
    let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
    let ledger = try ledger()
    let lifts = BudgetLifts(ledger)
    let evening = try date("2026-11-23T22:59:59Z")
    try await lifts.add(MicroDollars(2_000_000), now: evening)
    try await lifts.add(MicroDollars(1), now: evening)
    #expect(try await lifts.lifted(now: evening, timeZone: zone) == MicroDollars(2_000_001))
    #expect(try await ledger.report(now: evening, timeZone: zone).liftedToday == MicroDollars(2_000_001))
    #expect(try await lifts.lifted(now: evening + 1, timeZone: zone) == .zero)
  }

  @Test("ROUTE-05 Misroutes: one message counts once, out of the messages that were answered")
  func misroutes() async throws {
    let ledger = try ledger()
    let store = MisrouteStore(ledger)
    let now = try date("2026-11-23T12:00:00Z")
    for name in ["a", "a", "b", "c"] { try await ledger.record(call(now, 1, message: name)) }
    for kind in [MisrouteStore.Kind.reasked, .corrected] {
      try await store.record(kind, message: MessageID(rawValue: "a"), from: .qwen, now: now)
    }
    try await store.record(.escalated, message: MessageID(rawValue: "b"), from: .qwen, now: now)
    let report = try await ledger.report(now: now, timeZone: .gmt)
    #expect(report.misroutes == 2)
    #expect(report.routedMessages == 3)
    #expect(try await store.count(since: now + 1) == 0)
  }
}
