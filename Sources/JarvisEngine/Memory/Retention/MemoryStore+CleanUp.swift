import Foundation
import GRDB
import JarvisAPI
import JarvisStorage

/// What a clean-up did.
public struct CleanUpReport: Sendable, Hashable {
  public var expired = 0
  public var conversations = 0
  /// Indexes that were damaged and were made again.
  public var rebuilt: [String] = []
  /// The clock was set forward since the last clean-up: nothing was removed; the next one believes it.
  public var clockJumped = false
}

extension MemoryStore {
  /// Items that one transaction of a clean-up removes: other writers wait no longer than that takes.
  static let cleanUpBatch = 400
  /// Pages that one step gives back.
  static let vacuumPages = 256
  /// How often to clean up, beside once at start, in seconds.
  public static let cleanUpInterval: TimeInterval = 3_600

  /// Removes what has expired and returns its space (MEM-10); readers are never kept waiting.
  ///
  /// The turns of an expired conversation go, too; the conversation stays in the list with its summary, marked expired.
  @discardableResult
  public func cleanUp() async throws(StorageError) -> CleanUpReport {
    let at = now().timeIntervalSince1970
    var report = CleanUpReport()
    report.rebuilt = try await repairIndexes()
    if let steady, watch.jumped(wall: now(), steady: steady()) {
      report.clockJumped = true
      return report
    }
    while true {
      let gone = try await store.write("remove what has expired") { db in
        try db.execute(
          sql: """
            DELETE FROM memory_item WHERE id IN (
              SELECT id FROM memory_item WHERE expires_at IS NOT NULL AND expires_at <= ? LIMIT ?)
            """, arguments: [at, Self.cleanUpBatch])
        return db.changesCount
      }
      report.expired += gone
      if gone < Self.cleanUpBatch { break }
    }
    report.conversations = try await expireConversations(at)
    if report.expired + report.conversations > 0 { try await returnSpace() }
    try await emptyLog()
    return report
  }

  /// What was deleted, or forgotten while somebody read, is in the log no longer.
  private func emptyLog() async throws(StorageError) {
    do {
      try await store.pool.writeWithoutTransaction { [store] db in try store.emptyLog(db) }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED {
      // Somebody reads just now: the next clean-up does it.
    } catch {
      throw StorageError(error, attempted: "empty the database's log", on: store.directory.databasePath)
    }
  }

  /// Conversations that nobody used for the life of their tier.
  private func expireConversations(_ at: Double) async throws(StorageError) -> Int {
    let last = at - life.conversation
    var sum = 0
    while true {
      let expired = try await store.write("expire conversations") { db in
        let ids = try String.fetchAll(
          db, sql: "SELECT id FROM conversation WHERE expired_at IS NULL AND updated_at <= ? LIMIT ?",
          arguments: [last, Self.conversationBatch])
        for id in ids {
          // A summary by a model comes first where there is one; what had none gets one by rules now, and so does what was
          // said since an earlier life of its turns was summed up.
          let turns = try ConversationTurns.withWhatCameBefore(id, db)
          let isWhole =
            try String.fetchOne(db, sql: "SELECT summary FROM conversation WHERE id = ?", arguments: [id]) != nil
          if !isWhole || turns.first?.role == SummaryTurn.earlier {
            try db.execute(
              sql: """
                UPDATE conversation SET summary = ?1, summarised_to = coalesce(
                  (SELECT max(position) FROM message WHERE conversation = ?2), summarised_to) WHERE id = ?2
                """, arguments: [RuleSummary.text(of: turns), id])
          }
          try db.execute(sql: "DELETE FROM message WHERE conversation = ?", arguments: [id])
          try db.execute(sql: "DELETE FROM history WHERE conversation = ?", arguments: [id])
          // Of what models were sent, nothing is left to be explained.
          try db.execute(sql: "DELETE FROM memory_opening WHERE conversation = ?", arguments: [id])
          try db.execute(sql: "DELETE FROM memory_given WHERE conversation = ?", arguments: [id])
          try db.execute(sql: "UPDATE conversation SET expired_at = ? WHERE id = ?", arguments: [at, id])
        }
        return ids.count
      }
      sum += expired
      if expired < Self.conversationBatch { return sum }
    }
  }

  static let conversationBatch = 20

  private func returnSpace() async throws(StorageError) {
    while true {
      do {
        let left = try await store.pool.writeWithoutTransaction { db in
          _ = try Row.fetchAll(db, sql: "PRAGMA incremental_vacuum(\(Self.vacuumPages))")
          return try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
        }
        // A database that was not made by Jarvis keeps its pages; SQLite uses them again.
        if left == 0 { return }
        let after = try await store.pool.read { db in try Int.fetchOne(db, sql: "PRAGMA auto_vacuum") ?? 0 }
        if after != 2 { return }
      } catch {
        throw StorageError(error, attempted: "return the space of what has expired", on: store.directory.databasePath)
      }
    }
  }

  /// Checks that each index can be read, and makes a damaged one again from the items.
  /// - Returns: the names of those that were made again.
  public func repairIndexes() async throws(StorageError) -> [String] {
    try await store.write("check the memory's indexes") { db in
      var rebuilt: [String] = []
      for table in TierIndex.allCases.map(\.table) + ["memory_identifiers"] {
        do {
          // Reads the index's own structure and its newest terms; a whole check takes seconds at a million items.
          _ = try Row.fetchOne(
            db, sql: "SELECT rowid FROM \(table) WHERE \(table) MATCH ? LIMIT 1", arguments: ["\"jarvis\""])
        } catch let error as DatabaseError where Self.isDamage(error) {
          try db.execute(sql: "INSERT INTO \(table) (\(table)) VALUES ('rebuild')")
          rebuilt.append(table)
        }
      }
      return rebuilt
    }
  }

  static func isDamage(_ error: DatabaseError) -> Bool {
    error.resultCode == .SQLITE_CORRUPT || error.message?.contains("vtable constructor failed") == true
  }

  /// Compares every index with its items and makes again what differs: for `doctor`, and after an unclean stop.
  /// - Returns: the names of those that were made again.
  public func verifyIndexes() async throws(StorageError) -> [String] {
    try await store.write("verify the memory's indexes") { db in
      var rebuilt: [String] = []
      for table in TierIndex.allCases.map(\.table) + ["memory_identifiers"] {
        do {
          try db.execute(sql: "INSERT INTO \(table) (\(table), rank) VALUES ('integrity-check', 1)")
        } catch let error as DatabaseError where Self.isDamage(error) {
          try db.execute(sql: "INSERT INTO \(table) (\(table)) VALUES ('rebuild')")
          rebuilt.append(table)
        }
      }
      return rebuilt
    }
  }
}
