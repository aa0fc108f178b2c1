import Foundation
import GRDB
import JarvisStorage
import JarvisTestSupport
import Testing

@Suite struct OpeningTests {
  @Test("FOUND-03 a new store is owner-only, in WAL mode, with its pragmas")
  func newStore() async throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/deep/er/data"
    let store = try DataStore.notes(in: path)
    #expect(mode(of: path) == 0o700)
    for suffix in ["", "-wal", "-shm"] { #expect(mode(of: path + "/jarvis.sqlite" + suffix) == 0o600) }
    #expect(mode(of: path + "/engine.lock") == 0o600)
    #expect(store.previousStop == .none)
    let pragmas = try await store.pool.writeWithoutTransaction { db in
      try ["journal_mode", "synchronous", "foreign_keys", "auto_vacuum"].map {
        try String.fetchOne(db, sql: "PRAGMA \($0)") ?? ""
      }
    }
    // synchronous 1 is NORMAL, auto_vacuum 2 is incremental.
    #expect(pragmas == ["wal", "1", "1", "2"])
    try await store.close()
  }

  @Test("FOUND-03 what was written is there after a clean stop, and the stop is known as clean")
  func survivesRestart() async throws {
    let directory = try TemporaryDirectory()
    let first = try DataStore.notes(in: directory.path)
    try await first.addNotes(3)
    try await first.close()
    #expect(!FileManager.default.fileExists(atPath: directory.path + "/jarvis.sqlite-wal"))
    let second = try DataStore.notes(in: directory.path)
    #expect(second.previousStop == .clean)
    #expect(try await second.countNotes() == 3)
    try await second.close()
  }

  @Test("FOUND-03 a store that was never closed is known as uncleanly stopped, and sound")
  func uncleanStop() async throws {
    let directory = try TemporaryDirectory()
    do {
      let store = try DataStore.notes(in: directory.path)
      try await store.addNotes(2)
    }
    let next = try DataStore.notes(in: directory.path)
    #expect(next.previousStop == .unclean)
    #expect(try await next.checkIntegrity() == .sound)
    #expect(try await next.countNotes() == 2)
    try await next.close()
  }

  @Test("FOUND-03 a second engine on the same data is refused, naming the process that has it")
  func secondOwner() async throws {
    let directory = try TemporaryDirectory()
    let owner = try DataStore.notes(in: directory.path)
    let error = #expect(throws: StorageError.self) { try DataStore.notes(in: directory.path) }
    #expect(error?.kind == .locked(processID: getpid()))
    #expect(error?.description.contains("process \(getpid())") == true)
    try await owner.addNotes(1)
    try await owner.close()
    let next = try DataStore.notes(in: directory.path)
    #expect(next.previousStop == .clean)
    try await next.close()
  }

  @Test("FOUND-03 directories and files that others may read are refused with the chmod that mends it")
  func exposed() async throws {
    let directory = try TemporaryDirectory()
    try await DataStore.notes(in: directory.path).close()
    let file = directory.path + "/jarvis.sqlite"
    for (path, wrong, right) in [(directory.path, 0o750, 0o700), (file, 0o644, 0o600)] {
      try FileManager.default.setAttributes([.posixPermissions: wrong], ofItemAtPath: path)
      let error = #expect(throws: StorageError.self) { try DataStore.notes(in: directory.path) }
      #expect(error?.kind == .exposed)
      #expect(error?.advice == "chmod \(String(right, radix: 8)) \(path)")
      try FileManager.default.setAttributes([.posixPermissions: right], ofItemAtPath: path)
    }
    let mended = try DataStore.notes(in: directory.path)
    #expect(mended.previousStop == .clean)
    try await mended.close()
  }

  @Test("FOUND-03 a directory that cannot be made or written is refused with advice")
  func unwritable() throws {
    let directory = try TemporaryDirectory()
    let file = directory.path + "/file"
    try Data().write(to: URL(fileURLWithPath: file))
    // Not even root makes a directory in a file or in the kernel's own file systems.
    for path in [file + "/data", file, "/proc/jarvis/data", "relative"] {
      let error = #expect(throws: StorageError.self) { try DataStore.notes(in: path) }
      #expect(error?.kind == .unwritable, "\(path)")
      #expect(error?.advice.isEmpty == false)
    }
  }

  @Test("FOUND-03 a database of a newer Jarvis is refused and left as it is")
  func newerSchema() async throws {
    let directory = try TemporaryDirectory()
    let newer = try DataStore.notes(in: directory.path, versions: 2)
    try await newer.addNotes(1)
    try await newer.close()
    let error = #expect(throws: StorageError.self) { try DataStore.notes(in: directory.path, versions: 1) }
    #expect(error?.kind == .newerSchema)
    #expect(error?.reason.contains("notes 2") == true)
    let again = try DataStore.notes(in: directory.path, versions: 2)
    #expect(again.previousStop == .clean)
    #expect(try await again.countNotes() == 1)
    try await again.close()
  }

  @Test("FOUND-03 an older database is brought up to date")
  func olderSchema() async throws {
    let directory = try TemporaryDirectory()
    let older = try DataStore.notes(in: directory.path, versions: 1)
    try await older.addNotes(1)
    try await older.close()
    let newer = try DataStore.notes(in: directory.path, versions: 3)
    let tables = try await newer.read("list tables") { db in
      try (1...3).filter { try db.tableExists("note_\($0)") }
    }
    #expect(tables == [1, 2, 3])
    #expect(try await newer.countNotes() == 1)
    try await newer.close()
  }

  @Test("FOUND-03 a reader works beside a running engine and cannot write")
  func reader() async throws {
    let directory = try TemporaryDirectory()
    let data = DataDirectory(path: directory.path)
    #expect(throws: StorageError.self) { try DataStore.openForReading(in: data, migrations: Notes.migrations()) }
    let engine = try DataStore.notes(in: directory.path)
    let reader = try DataStore.openForReading(in: data, migrations: Notes.migrations())
    try await engine.addNotes(4)
    #expect(try await reader.countNotes() == 4)
    let error = await #expect(throws: StorageError.self) { try await reader.addNotes(1) }
    #expect(error?.kind == .readOnly)
    try await reader.close()
    try await engine.close()
  }

  @Test("TEST-05 a throw-away store is owner-only and gone when it is closed")
  func throwAway() async throws {
    let directory = try TemporaryDirectory()
    let store = try DataStore.throwAway(under: directory.path, migrations: Notes.migrations())
    #expect(mode(of: store.directory.path) == 0o700)
    #expect(mode(of: store.directory.databasePath) == 0o600)
    try await store.addNotes(1)
    try await store.close()
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == [])
  }
}
