import Foundation
import GRDB
import JarvisAPI
import JarvisMemory
import JarvisStorage
import JarvisTestSupport
import Testing

@Suite struct RetentionTests {
  @Test("MEM-05 MEM-10 tiers expire after 7 and 30 days to the second; facts are there after ten years")
  func expiry() async throws {
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    try await memory.add([fixture.turn("said", 0), fixture.event("happened", 0)])
    try await memory.remember("a fact about tank", source: "operator")
    fixture.advance(7 * 86_400 - 1)
    #expect(try await memory.cleanUp().expired == 0)
    #expect(try await memory.list().count == 3)
    fixture.advance(1)
    #expect(try await memory.list().count == 2, "expired ones are not shown before the clean-up either")
    #expect(try await memory.cleanUp().expired == 1)
    fixture.advance(23 * 86_400 - 1)
    #expect(try await memory.cleanUp().expired == 0)
    fixture.advance(1)
    #expect(try await memory.cleanUp().expired == 1)
    fixture.advance(3_652 * 86_400)
    #expect(try await memory.cleanUp().expired == 0)
    #expect(try await memory.recall("what about tank?").texts == ["a fact about tank"])
  }

  @Test("MEM-09 a pinned item stays, and goes when it is no longer pinned")
  func pinned() async throws {
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    let id = try #require(try await memory.add([fixture.event("happened", 0)]).first)
    try await memory.pin(id)
    fixture.advance(31 * 86_400)
    #expect(try await memory.cleanUp().expired == 0)
    #expect(try await memory.item(id)?.pinned == true)
    try await memory.pin(id, false)
    #expect(try await memory.cleanUp().expired == 1)
  }

  @Test("MEM-05 MEM-06 an expired conversation keeps its place and its summary")
  func conversation() async throws {
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    let chat = fixture.chat()
    let info = try await chat.create(title: "disk of pve")
    let said = ChatMessage(
      conversation: info.id, role: .user, text: "what fills the disk?", at: fixture.now, state: .complete)
    try await chat.save(said, history: ["{}"])
    try await memory.heard(said)
    fixture.advance(MemoryStore.quietTime)
    #expect(try await memory.summarise(with: nil).summarised == [info.id])
    #expect(try await memory.summarise(with: nil).summarised.isEmpty)
    fixture.advance(7 * 86_400)
    #expect(try await memory.cleanUp().conversations == 1)
    #expect(try await chat.list().map(\.title) == ["disk of pve"])
    #expect(try await chat.messages(of: info.id).isEmpty)
    #expect(try await chat.history(of: info.id).isEmpty)
    #expect(try await memory.summary(of: info.id)?.expiredAt == fixture.now)
    #expect(try await memory.summary(of: info.id)?.text.contains("what fills the disk") == true)
    #expect(try await memory.recall("what filled the disk?").hits.map(\.item.kind) == [.summary])
  }

  /// Says what it was given.
  private struct Echo: Summariser {
    func summary(of turns: [SummaryTurn]) async throws -> String {
      turns.map { "\($0.role): \($0.text)" }.joined(separator: "\n")
    }
  }

  @Test("MEM-06 an expired conversation that goes on keeps what was summed up of it", arguments: [true, false])
  func resumed(byModel: Bool) async throws {
    let fixture = try MemoryFixture()
    let (memory, chat) = (fixture.memory(), fixture.chat())
    let talk = try await chat.create(title: "x").id
    func say(_ text: String) async throws {
      try await chat.save(ChatMessage(conversation: talk, role: .user, text: text, at: fixture.now, state: .complete))
    }
    let summariser: (any Summariser)? = byModel ? Echo() : nil
    try await say("what fills the disk?")
    fixture.advance(MemoryStore.quietTime)
    try await memory.summarise(with: summariser)
    fixture.advance(8 * 86_400)
    #expect(try await memory.cleanUp().conversations == 1)
    try await say("and the tank?")
    fixture.advance(MemoryStore.quietTime)
    #expect(try await memory.summarise(with: summariser).summarised == [talk])
    let text = try #require(try await memory.summary(of: talk)?.text)
    #expect(text.contains("what fills the disk") && text.contains("and the tank"), "\(text)")
    // Nobody summed up what came last: rules do, before the turns go.
    fixture.advance(8 * 86_400)
    try await memory.cleanUp()
    try await say("and the backup?")
    fixture.advance(8 * 86_400)
    #expect(try await memory.cleanUp().conversations == 1)
    let last = try #require(try await memory.summary(of: talk)?.text)
    #expect(last.contains("what fills the disk") && last.contains("and the backup"), "\(last)")
  }

  private struct Failing: Summariser {
    func summary(of turns: [SummaryTurn]) async throws -> String { throw CancellationError() }
  }

  @Test("MEM-06 a summary that fails is made later; before the turns expire rules make it")
  func failingSummary() async throws {
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    let chat = fixture.chat()
    let info = try await chat.create(title: "x")
    try await chat.save(
      ChatMessage(conversation: info.id, role: .user, text: "hello", at: fixture.now, state: .complete))
    fixture.advance(MemoryStore.quietTime - 1)
    #expect(try await memory.summarise(with: Failing()).postponed.isEmpty)
    fixture.advance(1)
    #expect(try await memory.summarise(with: Failing()).postponed == [info.id])
    #expect(try await chat.messages(of: info.id).count == 1)
    fixture.advance(7 * 86_400 - MemoryStore.quietTime - 60)
    #expect(try await memory.summarise(with: Failing()).summarised == [info.id])
  }

  @Test("MEM-10 freed space is returned to the file system")
  func space() async throws {
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    for batch in 0..<10 {
      try await memory.add(
        (0..<200).map { fixture.event("event \(batch) \($0) " + String(repeating: "x y z ", count: 60), 0) })
    }
    let before = try await memory.statistics().bytes
    fixture.advance(31 * 86_400)
    #expect(try await memory.cleanUp().expired == 2_000)
    #expect(try await memory.statistics().bytes < before / 2)
    #expect(try await memory.statistics().episodic == 0)
  }
}
