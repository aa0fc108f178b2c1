import Foundation
import GRDB
import JarvisAPI

/// What the operator added to a day's budget; kept, so that a restart does not take it back.
public struct BudgetLifts: Sendable {
  private let ledger: Ledger

  public init(_ ledger: Ledger) { self.ledger = ledger }

  /// Adds to the budget of the day around `now`.
  public func add(_ amount: MicroDollars, now: Date) async throws(LedgerError) {
    try await ledger.perform("lift the budget") { database in
      try await database.write { db in
        try db.execute(
          sql: "INSERT INTO budget_lifts (at, amount) VALUES (?, ?)",
          arguments: [Ledger.milliseconds(now), amount.amount])
      }
    }
  }

  /// What was added for the day around `now`.
  public func lifted(now: Date, timeZone: TimeZone) async throws(LedgerError) -> MicroDollars {
    let day = CostPeriods(now: now, timeZone: timeZone).day
    return try await ledger.perform("read the lifts of the budget") { database in
      try await database.read { db in
        MicroDollars(
          try Int64.fetchOne(
            db, sql: "SELECT coalesce(sum(amount), 0) FROM budget_lifts WHERE at >= ? AND at < ?",
            arguments: [Ledger.milliseconds(day.start), Ledger.milliseconds(day.end)]) ?? 0)
      }
    }
  }
}
