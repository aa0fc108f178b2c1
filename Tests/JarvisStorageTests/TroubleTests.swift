import Foundation
import GRDB
import JarvisStorage
import JarvisTestSupport
import Testing

@Suite struct TroubleTests {
  @Test("FOUND-03 a file that is no database is refused, or kept aside whole where that is wanted")
  func garbage() async throws {
    let directory = try TemporaryDirectory()
    let file = directory.path + "/jarvis.sqlite"
    let garbage = Data((0..<9_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) })
    #expect(FileManager.default.createFile(atPath: file, contents: garbage, attributes: [.posixPermissions: 0o600]))
    let error = #expect(throws: StorageError.self) { try DataStore.notes(in: directory.path) }
    #expect(error?.kind == .corrupt)
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == garbage)

    let store = try DataStore.notes(in: directory.path, damage: .setAside)
    #expect(store.setAside.first == file + ".damaged-20261123T013500Z")
    let kept = try #require(store.setAside.first)
    #expect(try Data(contentsOf: URL(fileURLWithPath: kept)) == garbage)
    try await store.addNotes(1)
    try await store.close()
    let next = try DataStore.notes(in: directory.path)
    #expect(next.previousStop == .clean)
    #expect(try await next.countNotes() == 1)
    try await next.close()
  }

  @Test("FOUND-03 damage found by the check is remembered, and set aside at the next start with nothing lost of it")
  func damagedPages() async throws {
    let directory = try TemporaryDirectory()
    let file = directory.path + "/jarvis.sqlite"
    let first = try DataStore.notes(in: directory.path)
    try await first.addNotes(2_000, bytes: 200)
    try await first.close()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    // The later half: the tables that are read when it is opened stay whole.
    for offset in stride(from: bytes.count / 8_192 * 4_096, to: bytes.count - 4_096, by: 4_096) {
      bytes.replaceSubrange(offset..<(offset + 64), with: Data(repeating: 0xEE, count: 64))
    }
    try bytes.write(to: URL(fileURLWithPath: file))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)

    let second = try DataStore.notes(in: directory.path)
    guard case .damaged(let fault) = try await second.checkIntegrity() else {
      Issue.record("the check found nothing")
      return
    }
    #expect(!fault.isEmpty)
    try await second.close()

    let refused = #expect(throws: StorageError.self) { try DataStore.notes(in: directory.path) }
    #expect(refused?.kind == .corrupt)
    let third = try DataStore.notes(in: directory.path, damage: .setAside)
    #expect(third.previousStop == .damaged)
    #expect(try await third.countNotes() == 0)
    let kept = try #require(third.setAside.first)
    let damaged = bytes.count / 8_192 * 4_096
    #expect(try Data(contentsOf: URL(fileURLWithPath: kept))[damaged...].starts(with: bytes[damaged...].prefix(4_096)))
    try await third.close()
  }

  @Test("FOUND-03 a damaged mark is lifted where the file has been mended meanwhile")
  func mended() async throws {
    let directory = try TemporaryDirectory()
    let store = try DataStore.notes(in: directory.path)
    try await store.addNotes(1)
    try await store.close()
    try Data("1 damaged\n".utf8).write(to: URL(fileURLWithPath: directory.path + "/engine.lock"))
    let next = try DataStore.notes(in: directory.path)
    #expect(next.previousStop == .damaged)
    #expect(try await next.countNotes() == 1)
    try await next.close()
    let last = try DataStore.notes(in: directory.path)
    #expect(last.previousStop == .clean)
    try await last.close()
  }

  @Test("FOUND-03 a full disk is said as such, the transaction is undone, and work goes on when there is space again")
  func diskFull() async throws {
    let directory = try TemporaryDirectory()
    let store = try DataStore.notes(in: directory.path)
    try await store.addNotes(5)
    try await store.pool.writeWithoutTransaction { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(pages + 2)")
    }
    let error = await #expect(throws: StorageError.self) { try await store.addNotes(1_000, bytes: 1_000) }
    #expect(error?.kind == .diskFull)
    #expect(error?.attempted == "add notes")
    #expect(try await store.countNotes() == 5)
    try await store.pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA max_page_count = 1000000") }
    try await store.addNotes(1_000, bytes: 1_000)
    #expect(try await store.countNotes() == 1_005)
    try await store.close()
  }

  @Test("FOUND-03 a write or a read whose caller is cancelled is finished")
  func cancelledCaller() async throws {
    let directory = try TemporaryDirectory()
    let store = try DataStore.notes(in: directory.path)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await store.addNotes(7)
    }
    try await task.value
    #expect(try await store.countNotes() == 7)
    let reading = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await store.countNotes()
    }
    #expect(try await reading.value == 7)
    try await store.close()
    let closed = await #expect(throws: StorageError.self) { try await store.countNotes() }
    #expect(closed?.kind == .closed)
  }

  @Test("DOCK-11 a copy is complete, owner-only, and overwrites nothing")
  func backup() async throws {
    let directory = try TemporaryDirectory()
    let store = try DataStore.notes(in: directory.path + "/data")
    try await store.addNotes(100)
    let copies = directory.path + "/copies"
    try FileManager.default.createDirectory(
      atPath: copies, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    let copy = copies + "/jarvis.sqlite"
    try await store.backup(to: copy)
    #expect(mode(of: copy) == 0o600)
    let again = await #expect(throws: StorageError.self) { try await store.backup(to: copy) }
    #expect(again?.kind == .unwritable)
    await #expect(throws: StorageError.self) { try await store.backup(to: directory.path + "/nowhere/copy") }
    try await store.addNotes(1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: copies) == ["jarvis.sqlite"])
    try await store.close()
    let restored = try DataStore.notes(in: copies)
    #expect(try await restored.countNotes() == 100)
    #expect(try await restored.checkIntegrity() == .sound)
    try await restored.close()
  }
}
