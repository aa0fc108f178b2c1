import Foundation
import GRDB
import JarvisAPI
import JarvisLock
import JarvisMemory
import JarvisStorage
import JarvisTestSupport
import Testing

@Suite struct MemoryFaultTests {
  @Test("FOUND-03 a damaged index is made again from the items, and it is said")
  func corruptIndex() async throws {
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    try await memory.add((0..<300).map { fixture.event("pihole event number \($0)", 1) })
    try await fixture.store.pool.write { db in
      try db.execute(sql: "UPDATE memory_episodic_text_data SET block = x'00112233' WHERE id > 10")
    }
    #expect(try await memory.verifyIndexes() == ["memory_episodic_text"])
    #expect(try await memory.recall("pihole event number 7").hits.isEmpty == false)
    #expect(try await memory.verifyIndexes().isEmpty)
  }

  @Test("FOUND-03 a question that meets a damaged index has it made again, is answered, and says so")
  func corruptWhileAsked() async throws {
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    try await memory.add((0..<300).map { fixture.event("pihole event number \($0)", 1) })
    try await fixture.store.pool.write { db in
      try db.execute(sql: "UPDATE memory_episodic_text_data SET block = x'00112233' WHERE id > 10")
    }
    let found = try await memory.recall("pihole event number 7")
    #expect(found.rebuilt == ["memory_episodic_text"])
    #expect(found.texts.first == "pihole event number 7")
    #expect(try await memory.recall("pihole event number 7").rebuilt.isEmpty)
  }

  @Test("MEM-05 a clock that is set back leaves one fact in force, the last one said")
  func clockBack() async throws {
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    let first = try await memory.remember("the spare disk is in drawer 4", source: "operator")
    fixture.advance(-86_400)
    let second = try await memory.remember("the spare disk is in drawer 7", source: "operator")
    let inForce = try await memory.list(tier: .semantic, inForceOnly: true).map(\.id)
    #expect(inForce == [second])
    let closed = try #require(try await memory.item(first))
    #expect(try #require(closed.validTo) >= #require(closed.validFrom))
    #expect(try await memory.recall("where is the spare disk?").texts.first == "the spare disk is in drawer 7")
    #expect(try await memory.cleanUp().expired == 0)
  }

  @Test(
    "MEM-03 every preference in force is obeyed, also the oldest of many; beyond the limit none is taken in silence")
  func manyPreferences() async throws {
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    func preference(_ number: Int) -> MemoryDraft {
      let preference = Preference.never(tool: nil, target: "guest-\(number)")
      return MemoryDraft(
        tier: .semantic, kind: .preference, at: fixture.now + Double(number), source: "test",
        text: "never touch guest-\(number)", subject: preference.key, preference: preference)
    }
    try await memory.add((1...MemoryStore.maximumListed + 1).map(preference))
    let oldest = try await memory.preferences().consent(tool: "stop_guest", target: ["guest-1"])
    guard case .refuse = oldest else {
      Issue.record("the oldest is no longer obeyed")
      return
    }
    try await memory.add((MemoryStore.maximumListed + 2...MemoryStore.maximumPreferences).map(preference))
    let error = await #expect(throws: StorageError.self) {
      try await memory.add([preference(MemoryStore.maximumPreferences + 1)])
    }
    #expect(error?.reason.contains("in force already") == true)
    // One that takes another's place needs no room.
    var again = preference(1)
    again.at = fixture.now + 10_000
    try await memory.add([again])
    #expect(try await memory.preferences().entries.count == MemoryStore.maximumPreferences)
  }

  @Test("MEM-10 a clock that leaps forward expires nothing at once; what time itself brings does")
  func clockForward() async throws {
    let fixture = try MemoryFixture()
    let uptime = Guarded(Duration.zero)
    let memory = MemoryStore(
      store: fixture.store, now: { fixture.now }, zone: .gmt, redact: { $0 }, steady: { uptime.withLock { $0 } })
    try await memory.add([fixture.event("pihole was restarted", 0)])
    #expect(try await !memory.cleanUp().clockJumped)
    fixture.advance(40 * 86_400)
    uptime.withLock { $0 += .seconds(3_600) }
    let leapt = try await memory.cleanUp()
    #expect(leapt.clockJumped && leapt.expired == 0)
    fixture.advance(-40 * 86_400 + 3_600)
    uptime.withLock { $0 += .seconds(3_600) }
    #expect(try await !memory.cleanUp().clockJumped)
    #expect(try await memory.list().map(\.text) == ["pihole was restarted"])
    fixture.advance(31 * 86_400)
    uptime.withLock { $0 += .seconds(31 * 86_400) }
    #expect(try await memory.cleanUp().expired == 1)
  }

  @Test("FOUND-03 a full disk stops the writing, and what was there stays")
  func diskFull() async throws {
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    try await memory.add([fixture.event("before the disk was full", 1)])
    try await fixture.store.pool.writeWithoutTransaction { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      _ = try Row.fetchAll(db, sql: "PRAGMA max_page_count = \(pages + 2)")
    }
    let error = await #expect(throws: StorageError.self) {
      try await memory.add((0..<2_000).map { fixture.event("event \($0) of a long night with many words", 0) })
    }
    #expect(error?.kind == .diskFull)
    #expect(try await memory.list().map(\.text) == ["before the disk was full"])
    #expect(try await memory.recall("when was the disk full?").texts == ["before the disk was full"])
  }

  @Test("FOUND-03 after a kill -9 items and indexes agree, and nothing that returned is lost")
  func killed() async throws {
    let directory = try TemporaryDirectory()
    let child = try ChildTest(filter: "KilledMemoryWriter", argument: directory.path)
    var saved = 0
    while saved < 30, let line = child.nextLine() {
      if line.hasPrefix("saved ") { saved = Int(line.dropFirst(6)) ?? saved }
    }
    child.kill()
    #expect(saved >= 30, "the child died by itself")
    let fixture = try MemoryFixture(directory: directory)
    let memory = fixture.memory()
    #expect(try await memory.verifyIndexes().isEmpty)
    let count = try await memory.statistics().episodic
    #expect(count >= saved * 3 && count % 3 == 0, "three at a time or none of them")
    try await fixture.store.close()
  }

  @Test("FOUND-03 a second process reads beside the one that writes")
  func twoReaders() async throws {
    let fixture = try MemoryFixture()
    try await fixture.memory().add([fixture.event("pihole was restarted", 1)])
    let beside = try DataStore.openForReading(
      in: DataDirectory(path: fixture.directory.path), migrations: MemoryFixture.migrations())
    let reader = MemoryStore(
      store: beside, now: { [now = fixture.now] in now }, zone: .gmt, inventory: { MemoryFixture.inventory },
      redact: { $0 })
    #expect(try await reader.recall("was pihole restarted?").texts == ["pihole was restarted"])
    let error = await #expect(throws: StorageError.self) { try await reader.remember("x y", source: "operator") }
    #expect(error?.kind == .readOnly)
    try await beside.close()
  }

  @Test("MEM-09 export and import are a round trip; broken lines are named and the rest is kept")
  func transfer() async throws {
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    try await memory.add([fixture.turn("said \"quoted\"\nand more", 1), fixture.event("happened to 101", 2)])
    try await memory.remember("I prefer mail for critical issues", source: "operator")
    let pinned = try #require(try await memory.list(tier: .episodic).first)
    try await memory.pin(pinned.id)
    var data = Data()
    try await memory.export { data += $0 }

    let other = try MemoryFixture()
    let broken = data + Data("{\"id\":\"x\"}\nno json\n\n".utf8) + Data("[1]\n".utf8)
    let report = try await other.memory().importLines(broken)
    #expect(report.added == 3)
    #expect(report.broken.map(\.number) == [4, 5, 7])
    #expect(report.broken.first?.reason.contains("is missing") == true)
    var again = Data()
    try await other.memory().export { again += $0 }
    #expect(data == again)
    #expect(try await other.memory().importLines(data).known == 3)
    #expect(try await other.memory().preferences().channel(forSeverity: "critical")?.name == "mail")
  }
}

/// Not a test of its own: the process that `killed` kills.
@Suite(.enabled(if: ChildTest.argument != nil)) struct KilledMemoryWriter {
  @Test func writeUntilKilled() async throws {
    let path = try #require(ChildTest.argument)
    let store = try DataStore.openForEngine(
      in: DataDirectory(path: path), migrations: MemoryFixture.migrations(), now: { noon })
    let memory = MemoryStore(store: store, now: { noon }, zone: .gmt, redact: { $0 })
    // Ends by itself if nobody kills it.
    for number in 1...100_000 {
      try await memory.add(
        (0..<3).map { part in
          MemoryDraft(tier: .episodic, kind: .event, at: noon, source: "cluster", text: "event \(number) part \(part)")
        })
      ChildTest.say("saved \(number)")
    }
  }
}
