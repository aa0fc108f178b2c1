import Foundation
import GRDB
import JarvisAPI

extension Ledger {
  /// The cost panel's figures: today, this week (from Monday) and this month in the operator's zone (ROUTE-05).
  /// - Parameters:
  ///   - limits: what may be spent, passed through.
  ///   - conversations: whose totals are wanted; nil takes those with a call this month, the latest first, at most
  ///     `maximumConversations`.
  public func report(
    now: Date, timeZone: TimeZone, limits: BudgetLimits = BudgetLimits(day: nil),
    conversations: [ConversationID]? = nil
  ) async throws(LedgerError) -> CostReport {
    let periods = CostPeriods(now: now, timeZone: timeZone)
    return try await perform("add up the ledger") { database in
      try await database.read { db in
        var report = CostReport(at: now, dailyBudget: limits.day)
        report.weeklyBudget = limits.week
        report.monthlyBudget = limits.month
        try Self.addPeriods(periods, to: &report, db)
        // A reader may meet the database of a version before these; the next start of an engine brings it up to date.
        if try db.tableExists("misroutes") {
          try Self.addLift(periods, to: &report, db)
          try Self.addMisroutes(periods, to: &report, db)
        }
        try Self.addForecast(periods, timeZone: timeZone, to: &report, db)
        let ids = try conversations?.prefix(Self.maximumConversations).map(\.rawValue) ?? Self.recent(periods, db)
        try Self.addConversations(ids, to: &report, db)
        return report
      }
    }
  }

  private static func addPeriods(_ periods: CostPeriods, to report: inout CostReport, _ db: Database) throws {
    // Without an upper end: where the clock was set back, what was booked before lies ahead of it and must not vanish from
    // today's budget.
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT model,
          coalesce(sum(amount) FILTER (WHERE at >= :day), 0) AS today,
          coalesce(sum(amount) FILTER (WHERE at >= :week), 0) AS week,
          coalesce(sum(amount) FILTER (WHERE at >= :month), 0) AS month,
          count(*) FILTER (WHERE at >= :day) AS calls,
          count(*) FILTER (WHERE at >= :day AND amount IS NULL) AS unpriced,
          coalesce(sum(counterfactual) FILTER (WHERE at >= :month AND amount IS NOT NULL), 0) AS strong,
          coalesce(sum(amount) FILTER (WHERE at >= :month AND counterfactual IS NOT NULL), 0) AS compared,
          count(*) FILTER (WHERE at >= :month) AS monthly
        FROM ledger WHERE at >= :first GROUP BY model
        """,
      arguments: [
        "day": milliseconds(periods.day.start), "week": milliseconds(periods.week.start),
        "month": milliseconds(periods.month.start),
        "first": milliseconds(min(periods.week.start, periods.month.start)),
      ])
    var compared = MicroDollars.zero
    while let row = try rows.next() {
      report.today = report.today + MicroDollars(row["today"])
      report.week = report.week + MicroDollars(row["week"])
      report.month = report.month + MicroDollars(row["month"])
      report.callsToday += row["calls"]
      report.unpricedToday += row["unpriced"]
      report.counterfactualThisMonth = report.counterfactualThisMonth + MicroDollars(row["strong"])
      compared = compared + MicroDollars(row["compared"])
      let calls: Int = row["monthly"]
      if calls > 0 { report.models[row["model"]] = MicroDollars(row["month"]) }
    }
    // Only calls whose two amounts are both known are compared.
    report.savedThisMonth = report.counterfactualThisMonth - compared
  }

  private static func recent(_ periods: CostPeriods, _ db: Database) throws -> [String] {
    try String.fetchAll(
      db,
      sql: """
        SELECT conversation FROM ledger WHERE at >= ? AND conversation IS NOT NULL
        GROUP BY conversation ORDER BY max(at) DESC LIMIT ?
        """,
      arguments: [milliseconds(periods.month.start), maximumConversations])
  }

  private static func addConversations(_ ids: [String], to report: inout CostReport, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: "SELECT coalesce(sum(amount), 0) AS total, count(*) AS calls FROM ledger WHERE conversation = ?")
    for id in ids {
      guard let row = try Row.fetchOne(statement, arguments: [id]), (row["calls"] as Int) > 0 else { continue }
      report.conversations[ConversationID(rawValue: id)] = MicroDollars(row["total"])
    }
  }

  private static func addLift(_ periods: CostPeriods, to report: inout CostReport, _ db: Database) throws {
    report.liftedToday = MicroDollars(
      try Int64.fetchOne(
        db, sql: "SELECT coalesce(sum(amount), 0) FROM budget_lifts WHERE at >= ? AND at < ?",
        arguments: [milliseconds(periods.day.start), milliseconds(periods.day.end)]) ?? 0)
  }

  private static func addForecast(
    _ periods: CostPeriods, timeZone: TimeZone, to report: inout CostReport, _ db: Database
  ) throws {
    guard let first = try Int64.fetchOne(db, sql: "SELECT min(at) FROM ledger") else { return }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    var past: [MicroDollars] = []
    var end = periods.day.start
    for _ in 0..<SpendForecast.days where milliseconds(end) > first {
      // A moment of the day before, whatever its length.
      let start = calendar.startOfDay(for: end.addingTimeInterval(-3_600))
      past.append(
        MicroDollars(
          try Int64.fetchOne(
            db, sql: "SELECT coalesce(sum(amount), 0) FROM ledger WHERE at >= ? AND at < ?",
            arguments: [milliseconds(start), milliseconds(end)]) ?? 0))
      end = start
    }
    // A day is 23 to 25 hours: rounding counts whole ones.
    let daysLeft = Int((periods.month.end.timeIntervalSince(periods.day.end) / 86_400).rounded())
    report.forecastMonth = SpendForecast.endOfMonth(
      past: past, today: report.today, month: report.month, daysLeft: daysLeft)
  }

  private static func addMisroutes(_ periods: CostPeriods, to report: inout CostReport, _ db: Database) throws {
    let start = milliseconds(periods.month.start)
    report.misroutes =
      try Int.fetchOne(db, sql: "SELECT count(*) FROM misroutes WHERE at >= ?", arguments: [start]) ?? 0
    report.routedMessages =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM routed_messages WHERE at >= ?", arguments: [start]) ?? 0
  }
}
