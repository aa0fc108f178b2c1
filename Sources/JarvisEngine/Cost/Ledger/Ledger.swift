import Foundation
import GRDB
import JarvisAPI

/// The record of what every call to a model cost. All sums are made by SQLite over integers, so they are exact.
public struct Ledger: Sendable {
  /// Days that a row is kept: more than a year, so that the same month of last year can be compared.
  public static let retentionDays = 400
  /// Conversations of a report, the latest first.
  public static let maximumConversations = 1_000

  private let database: any DatabaseWriter

  /// - Parameter database: with `CostSchema` applied.
  public init(database: any DatabaseWriter) { self.database = database }

  /// Books one call.
  public func record(_ entry: LedgerEntry) async throws(LedgerError) {
    try await perform("book a call of \(entry.model)") { database in
      try await database.write { db in try Self.insert(entry, into: db) }
    }
  }

  /// The rows of one message, oldest first: what its badge adds up (ROUTE-04).
  public func entries(of message: MessageID) async throws(LedgerError) -> [LedgerEntry] {
    try await perform("read the calls of a message") { database in
      try await database.read { db in
        try Row.fetchAll(
          db, sql: "SELECT * FROM ledger WHERE message = ? ORDER BY at, id", arguments: [message.rawValue]
        )
        .map(Self.entry)
      }
    }
  }

  /// What a conversation cost until now; calls without a price are left out (ROUTE-06).
  public func spent(in conversation: ConversationID) async throws(LedgerError) -> MicroDollars {
    try await perform("add up a conversation") { database in
      try await database.read { db in
        MicroDollars(
          try Int64.fetchOne(
            db, sql: "SELECT coalesce(sum(amount), 0) FROM ledger WHERE conversation = ?",
            arguments: [conversation.rawValue])
            ?? 0)
      }
    }
  }

  /// Removes what is older than `retentionDays`.
  /// - Returns: how many rows went.
  public func removeExpired(now: Date) async throws(LedgerError) -> Int {
    let oldest = Self.milliseconds(now) - Int64(Self.retentionDays) * 86_400_000
    return try await perform("remove old calls from the ledger") { database in
      try await database.write { db in
        for table in ["misroutes", "budget_lifts", "routed_messages", "ledger"] {
          try db.execute(sql: "DELETE FROM \(table) WHERE at < ?", arguments: [oldest])
        }
        // Of the last statement: the ledger's rows.
        return db.changesCount
      }
    }
  }

  /// Runs `body`; whatever fails is told as a `LedgerError`.
  func perform<Value: Sendable>(
    _ attempted: String, _ body: (any DatabaseWriter) async throws -> Value
  ) async throws(LedgerError) -> Value {
    do {
      return try await body(database)
    } catch {
      throw LedgerError(attempted: attempted, reason: "\(error)")
    }
  }

  static func milliseconds(_ date: Date) -> Int64 {
    Int64((date.timeIntervalSince1970 * 1_000).rounded())
  }

  private static func insert(_ entry: LedgerEntry, into db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO ledger (at, conversation, message, route, model, input, cache_write_5m, cache_write_1h, cache_read, output,
          amount, estimated, counterfactual)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        milliseconds(entry.at), entry.conversation?.rawValue, entry.message?.rawValue, entry.route.rawValue,
        entry.model,
        entry.usage.input, entry.usage.cacheWrite5m, entry.usage.cacheWrite1h, entry.usage.cacheRead,
        entry.usage.output,
        entry.price.amount?.amount, entry.estimated, entry.counterfactual?.amount,
      ])
    if let message = entry.message {
      try db.execute(
        sql: "INSERT OR IGNORE INTO routed_messages (message, at) VALUES (?, ?)",
        arguments: [message.rawValue, milliseconds(entry.at)])
    }
  }

  private static func entry(_ row: Row) -> LedgerEntry {
    let model: String = row["model"]
    let amount: Int64? = row["amount"]
    let counterfactual: Int64? = row["counterfactual"]
    let conversation: String? = row["conversation"]
    let message: String? = row["message"]
    let at: Int64 = row["at"]
    return LedgerEntry(
      at: Date(timeIntervalSince1970: Double(at) / 1_000),
      conversation: conversation.map(ConversationID.init(rawValue:)),
      message: message.map(MessageID.init(rawValue:)),
      // A route that a newer version wrote is shown as the one that costs.
      route: Route(rawValue: row["route"]) ?? .claude, model: model,
      usage: TokenUsage(
        input: row["input"], cacheWrite5m: row["cache_write_5m"], cacheWrite1h: row["cache_write_1h"],
        cacheRead: row["cache_read"], output: row["output"]),
      price: amount.map { .known(MicroDollars($0)) } ?? .unpriced(model: model), estimated: row["estimated"],
      counterfactual: counterfactual.map(MicroDollars.init))
  }
}
