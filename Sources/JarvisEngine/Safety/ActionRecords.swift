import Foundation
import GRDB
import JarvisAPI
import JarvisStorage

/// The safety record on disk: every call that passed the gate, and every one it refused.
public struct ActionRecords: Sendable {
  /// How long rows of GREEN calls are kept; all others stay.
  public static let readsKept: TimeInterval = 30 * 86_400
  /// Rows that `latest` gives at most.
  public static let maximumListed = 1_000

  private let store: DataStore

  public init(store: DataStore) {
    self.store = store
  }

  /// Writes a row and gives its number. A call above GREEN does not begin before this has returned.
  @discardableResult
  public func add(_ record: ActionRecord) async throws(StorageError) -> Int64 {
    try await store.write("write the safety record") { db in
      try db.execute(
        sql: """
          INSERT INTO action (tool, arguments, call_hash, caller, why, conversation, tier, rule, target, approval,
            started_at, ended_at, result, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          record.tool, record.arguments, record.callHash, record.caller.rawValue, record.why,
          record.conversation?.rawValue, record.tier.rawValue, record.rule, record.target, record.approval?.rawValue,
          record.startedAt.timeIntervalSince1970, record.endedAt?.timeIntervalSince1970, record.result.rawValue,
          record.detail,
        ])
      return db.lastInsertedRowID
    }
  }

  /// Writes how the call of a row ended.
  public func end(
    _ id: Int64, at date: Date, _ result: ActionRecord.Result, detail: String
  ) async throws(StorageError) {
    try await store.write("write the safety record") { db in
      try db.execute(
        sql: "UPDATE action SET ended_at = ?, result = ?, detail = ? WHERE id = ?",
        arguments: [date.timeIntervalSince1970, result.rawValue, detail, id])
    }
  }

  /// The latest rows, newest first.
  public func latest(_ limit: Int = 100) async throws(StorageError) -> [ActionRecord] {
    try await store.read("read the safety record") { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM action ORDER BY id DESC LIMIT ?", arguments: [min(max(limit, 0), Self.maximumListed)]
      ).map(ActionRecord.init(row:))
    }
  }

  /// Call once at start: closes the rows of an engine that died with an unknown outcome, and drops old rows of reads.
  /// - Returns: the calls whose outcome nobody knows.
  public func recover(at date: Date) async throws(StorageError) -> [ActionRecord] {
    try await store.write("recover the safety record") { db in
      try db.execute(
        sql: "DELETE FROM action WHERE tier = ? AND started_at < ?",
        arguments: [SafetyTier.green.rawValue, date.addingTimeInterval(-Self.readsKept).timeIntervalSince1970])
      let left = try Row.fetchAll(db, sql: "SELECT * FROM action WHERE result = 'running' ORDER BY id")
        .map(ActionRecord.init(row:))
      try db.execute(
        sql: "UPDATE action SET ended_at = ?, result = ?, detail = ? WHERE result = 'running'",
        arguments: [
          date.timeIntervalSince1970, ActionRecord.Result.unknown.rawValue, "Jarvis stopped while it ran",
        ])
      return left
    }
  }
}

extension ActionRecord {
  fileprivate init(row: Row) throws {
    guard let caller = Caller(rawValue: row["caller"]), let tier = SafetyTier(rawValue: row["tier"]),
      let result = Result(rawValue: row["result"])
    else {
      throw StorageError(
        .failed, attempted: "read row \(row["id"] as Int64) of the safety record", reason: "it holds an unknown word",
        advice: "it may have been written by a newer Jarvis")
    }
    self.init(
      id: row["id"], tool: row["tool"], arguments: row["arguments"], callHash: row["call_hash"], caller: caller,
      why: row["why"], conversation: (row["conversation"] as String?).map(ConversationID.init(rawValue:)), tier: tier,
      rule: row["rule"], target: row["target"], approval: (row["approval"] as Int?).map(ApprovalID.init(rawValue:)),
      startedAt: Date(timeIntervalSince1970: row["started_at"]),
      endedAt: (row["ended_at"] as Double?).map(Date.init(timeIntervalSince1970:)), result: result,
      detail: row["detail"])
  }
}
