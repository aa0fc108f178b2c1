import Foundation
import GRDB
import JarvisAPI
import JarvisStorage

extension MemoryStore {
  /// Forgets items and everything that was made from them, and removes their bytes from the file.
  ///
  /// With a turn go its message, the facts read out of it, the summary of its conversation and what the models were sent of
  /// it. Takes as long as rewriting the indexes of the tiers concerned.
  /// - Returns: how many items are gone; 0 where none of them was there.
  @discardableResult
  public func forget(_ ids: [MemoryID]) async throws(StorageError) -> Int {
    let path = store.directory.databasePath
    do {
      return try await Task { [store] in
        try await store.pool.writeWithoutTransaction { db in
          // Deleted cells are overwritten, too, not only given back.
          try db.execute(sql: "PRAGMA secure_delete = ON")
          defer {
            // The connection serves again without; a failure leaves it slower, not wrong.
            try? db.execute(sql: "PRAGMA secure_delete = OFF")
          }
          var gone = 0
          try db.inTransaction {
            gone = try ids.reduce(0) { try $0 + Self.forget($1, db) }
            return .commit
          }
          if gone > 0 { try Self.purge(db, store) }
          return gone
        }
      }.value
    } catch {
      throw StorageError(error, attempted: "forget a memory", on: path)
    }
  }

  private static func forget(_ id: MemoryID, _ db: Database) throws -> Int {
    guard
      let row = try Row.fetchOne(
        db, sql: "SELECT id, tier, kind, session, message FROM memory_item WHERE uid = ?", arguments: [id.rawValue])
    else { return 0 }
    let item: Int64 = row["id"]
    var gone = 0
    if row["tier"] == TierIndex.conversation.rawValue, let session: String = row["session"] {
      if let message: String = row["message"] {
        try db.execute(sql: "DELETE FROM message WHERE id = ?", arguments: [message])
      }
      try db.execute(sql: "DELETE FROM history WHERE conversation = ?", arguments: [session])
      try db.execute(
        sql: "UPDATE conversation SET summary = NULL, summarised_to = 0 WHERE id = ?", arguments: [session])
      try db.execute(
        sql: "DELETE FROM memory_item WHERE session = ? AND tier = ? AND kind = 'summary'",
        arguments: [session, TierIndex.episodic.rawValue])
      gone += db.changesCount
    }
    if row["kind"] == MemoryKind.summary.rawValue, let session: String = row["session"] {
      // The conversation's own copy would be summed up again with what follows.
      try db.execute(sql: "UPDATE conversation SET summary = NULL WHERE id = ?", arguments: [session])
    }
    try forgetGiven(madeFrom: item, db)
    // Forgetting what replaced a fact does not bring the old one back: it was wrong when it was replaced.
    try db.execute(
      sql: """
        WITH RECURSIVE made(id) AS (SELECT ? UNION SELECT m.id FROM memory_item m JOIN made ON m.derived_from = made.id)
        DELETE FROM memory_item WHERE id IN (SELECT id FROM made)
        """, arguments: [item])
    return gone + db.changesCount
  }

  /// Rewrites the indexes without what was deleted, gives its pages back and empties the log.
  static func purge(_ db: Database, _ store: DataStore) throws {
    for tier in TierIndex.allCases {
      try db.execute(sql: "INSERT INTO \(tier.table) (\(tier.table)) VALUES ('optimize')")
    }
    try db.execute(sql: "INSERT INTO memory_identifiers (memory_identifiers) VALUES ('optimize')")
    _ = try Row.fetchAll(db, sql: "PRAGMA incremental_vacuum")
    do {
      try store.emptyLog(db)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED {
      // Somebody reads just now: the log is emptied at the next checkpoint.
    }
  }
}
