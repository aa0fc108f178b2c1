import Foundation
import GRDB
import JarvisAPI

extension Ledger {
  /// The cost panel's figures: today, this week (from Monday) and this month in the operator's zone (ROUTE-05).
  /// - Parameters:
  ///   - budget: per day, passed through.
  ///   - conversations: whose totals are wanted; nil takes those with a call this month, the latest first, at most
  ///     `maximumConversations`.
  public func report(
    now: Date, timeZone: TimeZone, budget: MicroDollars?, conversations: [ConversationID]? = nil
  ) async throws(LedgerError) -> CostReport {
    let periods = CostPeriods(now: now, timeZone: timeZone)
    return try await perform("add up the ledger") { database in
      try await database.read { db in
        var report = CostReport(at: now, dailyBudget: budget)
        try Self.addPeriods(periods, to: &report, db)
        let ids = try conversations?.prefix(Self.maximumConversations).map(\.rawValue) ?? Self.recent(periods, db)
        try Self.addConversations(ids, to: &report, db)
        return report
      }
    }
  }

  private static func addPeriods(_ periods: CostPeriods, to report: inout CostReport, _ db: Database) throws {
    func range(_ interval: DateInterval) -> [Int64] { [milliseconds(interval.start), milliseconds(interval.end)] }
    let (day, week, month) = (range(periods.day), range(periods.week), range(periods.month))
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT model,
          coalesce(sum(amount) FILTER (WHERE at >= :day AND at < :dayEnd), 0) AS today,
          coalesce(sum(amount) FILTER (WHERE at >= :week AND at < :weekEnd), 0) AS week,
          coalesce(sum(amount) FILTER (WHERE at >= :month AND at < :monthEnd), 0) AS month,
          count(*) FILTER (WHERE at >= :day AND at < :dayEnd) AS calls,
          count(*) FILTER (WHERE at >= :day AND at < :dayEnd AND amount IS NULL) AS unpriced,
          coalesce(sum(counterfactual) FILTER (WHERE at >= :month AND at < :monthEnd AND amount IS NOT NULL), 0) AS strong,
          coalesce(sum(amount) FILTER (WHERE at >= :month AND at < :monthEnd AND counterfactual IS NOT NULL), 0) AS compared,
          count(*) FILTER (WHERE at >= :month AND at < :monthEnd) AS monthly
        FROM ledger WHERE at >= :first AND at < :last GROUP BY model
        """,
      arguments: [
        "day": day[0], "dayEnd": day[1], "week": week[0], "weekEnd": week[1], "month": month[0], "monthEnd": month[1],
        "first": min(day[0], week[0], month[0]), "last": max(day[1], week[1], month[1]),
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
        SELECT conversation FROM ledger WHERE at >= ? AND at < ? AND conversation IS NOT NULL
        GROUP BY conversation ORDER BY max(at) DESC LIMIT ?
        """,
      arguments: [milliseconds(periods.month.start), milliseconds(periods.month.end), maximumConversations])
  }

  private static func addConversations(_ ids: [String], to report: inout CostReport, _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: "SELECT coalesce(sum(amount), 0) AS total, count(*) AS calls FROM ledger WHERE conversation = ?")
    for id in ids {
      guard let row = try Row.fetchOne(statement, arguments: [id]), (row["calls"] as Int) > 0 else { continue }
      report.conversations[ConversationID(rawValue: id)] = MicroDollars(row["total"])
    }
  }
}
