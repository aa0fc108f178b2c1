import Foundation
import GRDB

/// What to do where the database turns out to be damaged.
public enum DamagePolicy: Sendable, Hashable {
  /// Throw `.corrupt`; nothing is touched.
  case refuse
  /// Move the damaged file and its companions aside under a dated name, and begin a new one. Nothing is deleted.
  case setAside
}

extension DataStore {
  /// How long a connection waits for another process that holds the file.
  static let busyTimeout: TimeInterval = 5
  /// Read connections at most; one more writes.
  static let maximumReaders = 4

  /// Opens the store for the engine: takes the role, makes what is missing, brings the schema up to date.
  /// - Parameters:
  ///   - migrations: of all modules, in their order: `JournalSchema.register(in: &migrator)` and the like.
  ///   - now: the date in the name of a file that is set aside.
  public static func openForEngine(
    in directory: DataDirectory, migrations: DatabaseMigrator, damage: DamagePolicy = .refuse, now: () -> Date
  ) throws(StorageError) -> DataStore {
    try directory.prepare()
    let lock = try EngineLock(path: directory.lockPath)
    do {
      try directory.refuseExposedFiles()
      let (pool, setAside) = try openPool(
        directory, migrations: migrations, verify: lock.previousStop == .damaged, damage: damage, now: now)
      return try DataStore(directory: directory, pool: pool, lock: lock, setAside: setAside, removedAtClose: false)
    } catch {
      // A start that fails leaves the next one to find what this one found.
      switch (error.kind, lock.previousStop) {
      case (.corrupt, _), (_, .damaged): try lock.release(.damaged)
      case (_, .unclean): try lock.release(.running)
      case (_, .clean), (_, .none): try lock.release(.stopped)
      }
      throw error
    }
  }

  /// Opens an existing store for reading, beside a running engine or without one: no lock, no migration, no write.
  public static func openForReading(
    in directory: DataDirectory, migrations: DatabaseMigrator
  ) throws(StorageError) -> DataStore {
    let path = directory.databasePath
    let attempted = "open \(path)"
    guard FileManager.default.fileExists(atPath: path) else {
      throw StorageError(
        .unwritable, attempted: attempted, reason: "there is no such file",
        advice: "start Jarvis once, or name the directory of its data in JARVIS_DATA")
    }
    try directory.refuseExposedFiles()
    do {
      var configuration = makeConfiguration()
      configuration.readonly = true
      let pool = try DatabasePool(path: path, configuration: configuration)
      try refuseNewer(pool, migrations: migrations, attempted: attempted)
      return try DataStore(directory: directory, pool: pool, lock: nil, setAside: [], removedAtClose: false)
    } catch {
      throw StorageError(error, attempted: attempted, path: path)
    }
  }

  /// A store that is removed when it is closed, for the demo and for tests: an owner-only directory under `parent`.
  public static func throwAway(under parent: String, migrations: DatabaseMigrator) throws(StorageError) -> DataStore {
    var template = Array("\(parent)/jarvis-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw StorageError(code: errno, attempted: "make a throw-away data directory", path: parent)
    }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let directory = DataDirectory(path: path)
    do {
      let (pool, _) = try openPool(
        directory, migrations: migrations, verify: false, damage: .refuse, now: { Date(timeIntervalSince1970: 0) })
      return try DataStore(directory: directory, pool: pool, lock: nil, setAside: [], removedAtClose: true)
    } catch {
      // The error above is what the person must hear; a directory left under /tmp is the lesser evil.
      try? FileManager.default.removeItem(atPath: path)
      throw error
    }
  }

  private static func openPool(
    _ directory: DataDirectory, migrations: DatabaseMigrator, verify: Bool, damage: DamagePolicy, now: () -> Date
  ) throws(StorageError) -> (DatabasePool, setAside: [String]) {
    do {
      return (try openPool(directory, migrations: migrations, verify: verify), [])
    } catch {
      guard error.kind == .corrupt, damage == .setAside else { throw error }
      let moved = try directory.setAsideDatabase(at: now())
      return (try openPool(directory, migrations: migrations, verify: false), moved)
    }
  }

  private static func openPool(
    _ directory: DataDirectory, migrations: DatabaseMigrator, verify: Bool
  ) throws(StorageError) -> DatabasePool {
    let path = directory.databasePath
    let attempted = "open \(path)"
    try DataDirectory.createOwnerOnly(path, attempted: attempted)
    do {
      let pool = try DatabasePool(path: path, configuration: makeConfiguration())
      if verify, let fault = try pool.read(firstFault) {
        throw StorageError(
          .corrupt, attempted: attempted, reason: "\(path) is damaged: \(fault)", advice: StorageError.corruptAdvice)
      }
      try refuseNewer(pool, migrations: migrations, attempted: attempted)
      try migrations.migrate(pool)
      return pool
    } catch {
      throw StorageError(error, attempted: attempted, path: path)
    }
  }

  private static func refuseNewer(
    _ pool: DatabasePool, migrations: DatabaseMigrator, attempted: String
  ) throws {
    let unknown = try pool.read { db in
      try migrations.appliedIdentifiers(db).subtracting(migrations.migrations).sorted()
    }
    guard let first = unknown.first else { return }
    throw StorageError(
      .newerSchema, attempted: attempted,
      reason: "a newer Jarvis has changed it (\(first)\(unknown.count > 1 ? " and \(unknown.count - 1) more" : ""))",
      advice: "start that newer version, or restore a copy made before the upgrade")
  }

  static func makeConfiguration() -> Configuration {
    var configuration = Configuration()
    configuration.label = "jarvis"
    configuration.busyMode = .timeout(busyTimeout)
    configuration.maximumReaderCount = maximumReaders
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { db in
      // Only the writer may, and only before the first page: afterwards it would need a whole VACUUM.
      if db.configuration.readonly { return }
      try db.execute(sql: "PRAGMA wal_autocheckpoint = \(Checkpointer.backstop)")
      if try Int.fetchOne(db, sql: "PRAGMA page_count") == 0 {
        try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
      }
    }
    return configuration
  }
}
