import Foundation
import GRDB
import JarvisAPI
import JarvisStorage

/// Which targets are in maintenance: their findings and runbooks rest until then. For the monitor.
public struct MaintenanceStore: Sendable {
  /// Targets at one time, at most.
  public static let maximum = 500
  /// The longest that may be asked for; what is to last longer is renewed by a person.
  public static let longest: TimeInterval = 30 * 86_400
  /// Characters of a reason, at most.
  static let maximumText = 500

  private let store: DataStore

  public init(store: DataStore) {
    self.store = store
  }

  /// Begins, or renews.
  public func begin(_ maintenance: Maintenance) async throws(StorageError) {
    var value = maintenance
    value.reason = String(Sanitiser.clean(value.reason, keepingNewlines: false).prefix(Self.maximumText))
    let entry = value
    let fits = try await store.write("begin the maintenance of \(entry.target)") { db in
      let others = try Int.fetchOne(
        db, sql: "SELECT COUNT(*) FROM maintenance WHERE target <> ?", arguments: [entry.target])
      guard others ?? 0 < Self.maximum else { return false }
      try db.execute(
        sql: "INSERT OR REPLACE INTO maintenance (target, since, until, reason, by) VALUES (?, ?, ?, ?, ?)",
        arguments: [
          entry.target, entry.since.timeIntervalSince1970, entry.until?.timeIntervalSince1970, entry.reason, entry.by,
        ])
      return true
    }
    if !fits {
      throw StorageError(
        .failed, attempted: "begin the maintenance of \(entry.target)",
        reason: "\(Self.maximum) targets are in maintenance already", advice: "end some of those first")
    }
  }

  /// - Returns: false where the target was in none.
  @discardableResult
  public func end(_ target: String) async throws(StorageError) -> Bool {
    try await store.write("end the maintenance of \(target)") { db in
      try db.execute(sql: "DELETE FROM maintenance WHERE target = ?", arguments: [target])
      return db.changesCount > 0
    }
  }

  /// What is in maintenance at `date`, by target; what has ended is forgotten.
  public func current(at date: Date) async throws(StorageError) -> [Maintenance] {
    let now = date.timeIntervalSince1970
    return try await store.read("list what is in maintenance") { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM maintenance WHERE until IS NULL OR until > ? ORDER BY target", arguments: [now]
      ).map { row in
        Maintenance(
          target: row["target"], since: Date(timeIntervalSince1970: row["since"]),
          until: (row["until"] as Double?).map(Date.init(timeIntervalSince1970:)), reason: row["reason"], by: row["by"])
      }
    }
  }

  /// Forgets what has ended.
  public func sweep(at date: Date) async throws(StorageError) {
    let now = date.timeIntervalSince1970
    try await store.write("forget ended maintenance") { db in
      try db.execute(sql: "DELETE FROM maintenance WHERE until <= ?", arguments: [now])
    }
  }
}
