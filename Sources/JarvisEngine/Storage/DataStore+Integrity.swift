import Foundation
import GRDB

/// What a check of the database found.
public enum Integrity: Sendable, Hashable {
  case sound
  /// The first fault in SQLite's words.
  case damaged(String)
}

extension DataStore {
  /// Reads every page and checks it: about 0.8 s at a million rows, so in the background and after an unclean stop only.
  ///
  /// Damage is remembered: the next start of the engine checks before it serves, and follows its `DamagePolicy`.
  public func checkIntegrity() async throws(StorageError) -> Integrity {
    let fault: String?
    do {
      // Not `read`: a check of a large database must end with the engine that began it.
      fault = try await pool.read(Self.firstFault)
    } catch {
      throw StorageError(error, attempted: "check \(directory.databasePath)", path: directory.databasePath)
    }
    guard let fault else { return .sound }
    try lock?.write(.damaged)
    return .damaged(fault)
  }

  /// The first fault that `quick_check` finds; nil where it finds none.
  static func firstFault(_ db: Database) throws -> String? {
    do {
      let answer = try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
      return answer == "ok" ? nil : answer ?? "the check gave no answer"
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      return error.message ?? "damaged"
    }
  }
}

extension DataDirectory {
  /// Moves the database, its WAL and its shared memory to `jarvis.sqlite.damaged-20261123T024000Z…`: never deleted.
  /// - Returns: the new paths.
  func setAsideDatabase(at date: Date) throws(StorageError) -> [String] {
    let attempted = "set the damaged database aside"
    let base = "\(databasePath).damaged-\(Self.stamp(date))"
    // A second damage within one second, or a clock set back, must not overwrite what was kept before.
    var name = base
    var number = 1
    while access(name, F_OK) == 0 || access(name + "-wal", F_OK) == 0 {
      number += 1
      name = "\(base)-\(number)"
    }
    var moved: [String] = []
    for suffix in ["", "-wal", "-shm"] where access(databasePath + suffix, F_OK) == 0 {
      if rename(databasePath + suffix, name + suffix) != 0 {
        throw StorageError(code: errno, attempted: attempted, path: name + suffix)
      }
      moved.append(name + suffix)
    }
    return moved
  }

  /// "20261123T024000Z": sorts by time and is a fine file name everywhere.
  private static func stamp(_ date: Date) -> String {
    date.ISO8601Format(.init(dateSeparator: .omitted, timeSeparator: .omitted, timeZone: .gmt))
  }
}
