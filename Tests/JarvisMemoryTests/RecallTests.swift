import Foundation
import GRDB
import JarvisAPI
import JarvisMemory
import JarvisStorage
import JarvisTestSupport
import JarvisLock
import Testing

@Suite struct RecallTests {
  private func filled() async throws -> (MemoryFixture, MemoryStore) {
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    try await memory.add([
      fixture.turn("what is on pve's disk?", 1), fixture.turn("old kernels and the journal", 1, role: "assistant"),
      fixture.turn("the disk of pve is full again", 4, session: "t"),
      fixture.event("Node agent is offline: no answer for 60 s.", 8),
      fixture.event("Node agent is online again after 2 h.", 7.9),
      fixture.turn("vm-101-disk-0 moved to tank at 192.168.1.65", 2, session: "u"),
      fixture.turn("pihole asks a slow upstream", 3, session: "v"),
      MemoryDraft(
        tier: .episodic, kind: .summary, at: fixture.now - 86_400, session: "s", source: "conversation",
        text: "Looked at pve's disk."),
    ])
    return (fixture, memory)
  }

  @Test("MEM-01 what was discussed yesterday about pve's disk is that conversation")
  func yesterday() async throws {
    let (_, memory) = try await filled()
    let found = try await memory.recall("What did we discuss yesterday about pve's disk?")
    #expect(!found.widened)
    #expect(
      Set(found.texts.prefix(3)) == ["what is on pve's disk?", "Looked at pve's disk.", "old kernels and the journal"])
    #expect(!found.texts.contains("the disk of pve is full again"))
  }

  @Test("MEM-02 an outage is found by its time, from events")
  func outage() async throws {
    let (_, memory) = try await filled()
    let found = try await memory.recall("When was agent offline last week, and for how long?")
    #expect(found.hits.first?.item.tier == .episodic)
    #expect(
      Set(found.texts.prefix(2)) == [
        "Node agent is offline: no answer for 60 s.", "Node agent is online again after 2 h.",
      ])
  }

  @Test("MEM-01 where nothing is in the time that was named, other times are searched and it is said")
  func widened() async throws {
    let (_, memory) = try await filled()
    let found = try await memory.recall("did pihole ask a slow upstream two hours ago?")
    #expect(found.widened)
    #expect(found.texts.first == "pihole asks a slow upstream")
  }

  @Test("MEM-01 a question about a time alone lists its summaries")
  func timeOnly() async throws {
    let (_, memory) = try await filled()
    let found = try await memory.recall("What did we do yesterday?")
    #expect(found.listsRange)
    #expect(found.texts == ["Looked at pve's disk."])
    #expect(try await memory.recall("what happened on 3 January?").hits.isEmpty)
  }

  @Test("MEM-01 aliases, numbers, slips of the pen and identifiers find what they mean")
  func entities() async throws {
    let (fixture, memory) = try await filled()
    try await memory.add([fixture.turn("truenas needs a new fan", 2, session: "w")])
    for question in ["what does the nas need?", "what about 101's fan?", "what did truenass need?"] {
      #expect(try await memory.recall(question).texts.first == "truenas needs a new fan", "\(question)")
    }
    for question in ["vm-101-disk-0", "where is 192.168.1.65?", "01-disk"] {
      #expect(try await memory.recall(question).texts.first?.hasPrefix("vm-101-disk-0") == true, "\(question)")
    }
  }

  @Test("MEM-01 names that were noted serve where the cluster cannot be asked, with the operator's own words and slips")
  func notedNames() async throws {
    let fixture = try MemoryFixture()
    let offline = MemoryStore(store: fixture.store, now: { fixture.now }, zone: .gmt, redact: { $0 })
    try await offline.add([fixture.turn("101 needs a new fan", 2, session: "w")])
    #expect(try await offline.recall("what does truenas need?").hits.isEmpty)
    try await offline.know(MemoryFixture.inventory)
    try await offline.know(MemoryFixture.inventory)
    #expect(try await offline.knownNames() == MemoryFixture.inventory)
    try await offline.remember("call truenas the big box", source: "operator")
    for question in ["what does truenas need?", "what does truenass need?", "what does the big box need?"] {
      #expect(try await offline.recall(question).texts.contains("101 needs a new fan"), "\(question)")
    }
  }

  @Test("MEM-02 what asks for all of it gets every event and its end, a beginning before its end")
  func groups() async throws {
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    for day in [3.0, 9, 15] {
      try await memory.add([fixture.event("Node agent is offline: no answer for 60 s.", day)])
      try await memory.add([fixture.event("Node agent is online again after 20 min.", day - 0.01)])
      try await memory.add([fixture.event("Node agent: 12 updates are available.", day - 1)])
    }
    let counted = try await memory.recall("how many times did agent go offline?")
    #expect(counted.texts.filter { $0.contains("offline") }.count == 3)
    let spans = try await memory.recall("list all outages of agent").texts.prefix(6)
    #expect(spans.allSatisfy { $0.contains("line") })
    #expect(Array(spans.map { $0.contains("offline") }) == [true, false, true, false, true, false])
  }

  @Test(
    "MEM-01 nothing relevant is remembered: nothing is answered",
    arguments: [
      "what did we decide about Kubernetes?", "when does the Synology arrive?", "", "???", "the of and", "555",
    ])
  func nothing(question: String) async throws {
    let (_, memory) = try await filled()
    #expect(try await memory.recall(question).hits.isEmpty)
  }

  @Test(
    "MEM-01 no question breaks the search",
    arguments: [
      "\"\"\"", "a AND OR NOT (", "text:disk*", "NEAR(disk pve, 5)", "^disk", "- -- ;DROP TABLE memory_item", "磁盘满了吗？",
      "👩‍👩‍👧 disk 🔥",
      "\u{0}\u{1}", "%_\\", "{text entities} : disk",
    ])
  func hostile(question: String) async throws {
    let (_, memory) = try await filled()
    _ = try await memory.recall(question)
    #expect(try await memory.recall("pihole slow upstream").texts.first == "pihole asks a slow upstream")
  }

  @Test("MEM-01 a question of 100 KB is answered within bounds")
  func huge() async throws {
    let (_, memory) = try await filled()
    let words = (0..<20_000).map { "word\($0)" }.joined(separator: " ")
    let start = ContinuousClock.now
    _ = try await memory.recall("pihole slow upstream " + words)
    _ = try await memory.recall(String(repeating: "\"", count: 100_000))
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test(
    "MEM-01 a recall that nobody waits for stops in the middle of a statement and leaves nothing behind",
    .timeLimit(.minutes(1)))
  func cancelled() async throws {
    let (fixture, memory) = try await filled()
    let steps = Steps()
    // Counting the items now takes for ever, and every step of it is seen.
    try await fixture.store.pool.write { db in
      try db.execute(
        sql: """
          DROP TABLE memory_count;
          CREATE VIEW memory_count AS WITH RECURSIVE endless(n) AS (SELECT 1 UNION ALL SELECT n + step() FROM endless)
            SELECT 0 AS tier, max(n) AS items, max(n) AS stems FROM endless;
          """)
    }
    // One read at a time so far: the pool has one reader, and recall gets it.
    try await fixture.store.pool.read { db in
      db.add(
        function: DatabaseFunction("step", argumentCount: 0) { _ in
          steps.count.withLock { $0 += 1 }
          return 1
        })
    }
    let task = Task { try await memory.recall("what about the disk of pve?") }
    while steps.count.withLock({ $0 }) < 1_000 { await Task.yield() }
    task.cancel()
    let error = await #expect(throws: StorageError.self) { try await task.value }
    #expect(error?.kind == .cancelled)
    // Waits for all readers: none is left at work.
    try await fixture.store.pool.barrierWriteWithoutTransaction { _ in }
    let stopped = steps.count.withLock { $0 }
    let item = try await memory.list(limit: 1)
    #expect(item.count == 1)
    #expect(steps.count.withLock { $0 } == stopped)
  }

  private final class Steps: Sendable {
    let count = Guarded(0)
  }

  private struct Vectors: Embedder {
    var fails = false
    func vectors(for texts: [String]) async throws -> [[Float]] {
      if fails { throw CancellationError() }
      return texts.map { $0.contains("kernels") ? [1, 0] : $0.hasPrefix("what") ? [0.9, 0.1] : [0, 1] }
    }
  }

  @Test("MEM-01 vectors move what means the same upwards; without them nothing changes")
  func embeddings() async throws {
    let (fixture, memory) = try await filled()
    let plain = try await memory.recall("what about the disk of pve?")
    let broken = try await fixture.memory(embedder: Vectors(fails: true)).recall("what about the disk of pve?")
    #expect(plain == broken)
    let fused = try await fixture.memory(embedder: Vectors()).recall("what about the disk of pve?")
    let place = { (found: Recalled) in found.texts.firstIndex { $0.contains("kernels") } ?? .max }
    #expect(place(fused) <= place(plain))
    #expect(Set(fused.texts) == Set(plain.texts))
  }
}
