import Foundation
import GRDB

/// The database of one data directory: SQLite in WAL mode behind GRDB's pool, owner-only, owned by one engine.
///
/// Reads run side by side; writes are transactions, one after the other. Both are short and are finished even where their
/// caller is cancelled: what was said or done must not be lost, and a turn that was stopped still reads what it records.
public final class DataStore: Sendable {
  public let directory: DataDirectory
  /// How the last engine here stopped; `.none` for a reader and a throw-away store.
  public let previousStop: PreviousStop
  /// Where a damaged database was kept when this one was begun: the moved files.
  public let setAside: [String]
  /// For queries that `read` and `write` cannot express; errors are then GRDB's own.
  public let pool: DatabasePool
  let lock: EngineLock?
  private let removedAtClose: Bool
  /// nil for a reader.
  private let checkpointer: Checkpointer?

  init(
    directory: DataDirectory, pool: DatabasePool, lock: EngineLock?, setAside: [String], removedAtClose: Bool
  ) throws(StorageError) {
    self.directory = directory
    self.pool = pool
    self.lock = lock
    self.setAside = setAside
    self.removedAtClose = removedAtClose
    previousStop = lock?.previousStop ?? .none
    guard !pool.configuration.readonly else {
      checkpointer = nil
      return
    }
    do {
      let checkpointer = try Checkpointer(path: directory.databasePath, configuration: Self.makeConfiguration())
      pool.add(transactionObserver: checkpointer, extent: .databaseLifetime)
      self.checkpointer = checkpointer
    } catch {
      throw StorageError(error, attempted: "open \(directory.databasePath)", path: directory.databasePath)
    }
  }

  /// Reads one consistent state.
  /// - Parameter attempted: what it is for, as an error says it: "list the conversations".
  public func read<Value: Sendable>(
    _ attempted: String, _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(StorageError) -> Value {
    let pool = pool
    let result = await Task { try await pool.read(body) }.result
    do {
      return try result.get()
    } catch {
      throw StorageError(error, attempted: attempted, path: directory.databasePath)
    }
  }

  /// Writes in one transaction: all of it or nothing.
  public func write<Value: Sendable>(
    _ attempted: String, _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(StorageError) -> Value {
    let pool = pool
    // A task of its own: the caller's cancellation ends its wait for other things, not this write.
    let result = await Task { try await pool.write(body) }.result
    do {
      return try result.get()
    } catch {
      throw StorageError(error, attempted: attempted, path: directory.databasePath)
    }
  }

  /// Runs `body` on the only writing connection, outside of a transaction; what it commits is forced to the disk before it
  /// goes on: WAL's usual setting may lose the last commits when the power fails.
  public func writeDurably<Value: Sendable>(
    _ attempted: String, _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(StorageError) -> Value {
    let pool = pool
    let result = await Task {
      try await pool.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA synchronous = FULL")
        let outcome = Result { try body(db) }
        try db.execute(sql: "PRAGMA synchronous = NORMAL")
        return try outcome.get()
      }
    }.result
    do {
      return try result.get()
    } catch {
      throw StorageError(error, attempted: attempted, path: directory.databasePath)
    }
  }

  /// Moves what the WAL holds into the database file and makes it empty: what was deleted is in no second place then.
  /// - Parameter db: the writing connection, outside of a transaction.
  /// - Throws: `SQLITE_BUSY` where somebody still reads an older state.
  public func emptyLog(_ db: Database) throws {
    // Two at a time refuse each other without waiting.
    checkpointer?.wait()
    _ = try db.checkpoint(.truncate)
  }

  /// Moves what the WAL holds into the database file, closes it and gives the engine's role back.
  ///
  /// A throw-away store is removed. Call it once, when nothing uses the store any more.
  public func close() async throws(StorageError) {
    let attempted = "close \(directory.databasePath)"
    do {
      if !pool.configuration.readonly {
        try checkpointer?.close()
        // A task of its own, as for every write: whoever is cancelled still leaves a closed database.
        let pool = pool
        try await Task { try await pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) } }.value
        // The writer is closed last: only it may remove the WAL.
        pool.invalidateReadOnlyConnections()
      }
      try pool.close()
    } catch {
      throw StorageError(error, attempted: attempted, path: directory.databasePath)
    }
    if removedAtClose {
      do {
        try FileManager.default.removeItem(atPath: directory.path)
      } catch {
        throw StorageError(
          .unwritable, attempted: "remove the throw-away directory \(directory.path)", reason: "\(error)",
          advice: "remove it by hand")
      }
    }
    if let lock { try lock.release(lock.mark == .damaged ? .damaged : .stopped) }
  }
}
