import Foundation
import GRDB
import JarvisAPI
import JarvisMemory
import JarvisStorage
import JarvisTestSupport
import Testing

@Suite struct ForgettingTests {
  private func bytes(_ fixture: MemoryFixture) throws -> Data {
    var all = Data()
    for name in try FileManager.default.contentsOfDirectory(atPath: fixture.directory.path) {
      all += try Data(contentsOf: URL(fileURLWithPath: fixture.directory.path + "/" + name))
    }
    return all
  }

  @Test("MEM-09 what is forgotten is gone with what was made from it, from the indexes and from the file's bytes")
  func gone() async throws {
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    let chat = fixture.chat()
    let info = try await chat.create(title: "x")
    let secret = "xylophonist"
    for index in 0..<200 { try await memory.add([fixture.turn("filler number \(index) about disks", 1, session: "f")]) }
    let said = ChatMessage(
      conversation: info.id, role: .user, text: "remember that the \(secret) lives in 192.168.77.41", at: fixture.now,
      state: .complete)
    try await chat.save(said, history: ["{\"text\":\"\(secret)\"}"])
    try await memory.heard(said)
    fixture.advance(MemoryStore.quietTime)
    try await memory.summarise(with: nil)
    for index in 0..<200 { try await memory.add([fixture.turn("more filler \(index) about pools", 1, session: "f")]) }
    try await fixture.store.pool.writeWithoutTransaction { db in try fixture.store.emptyLog(db) }
    #expect(try bytes(fixture).range(of: Data(secret.utf8)) != nil, "the test must be able to fail")

    let turn = try #require(
      try await memory.recall("where does the \(secret) live?").hits.first { $0.item.kind == .turn })
    // The turn, its fact and the summary of its conversation.
    #expect(try await memory.forget([turn.item.id]) == 3)
    #expect(try await memory.recall("where does the \(secret) live?").hits.isEmpty)
    #expect(try await memory.recall("192.168.77.41").hits.isEmpty)
    #expect(try await chat.messages(of: info.id).isEmpty)
    #expect(try bytes(fixture).range(of: Data(secret.utf8)) == nil)
    #expect(try bytes(fixture).range(of: Data("192.168.77.41".utf8)) == nil)
    #expect(try await memory.verifyIndexes().isEmpty)
    #expect(try await memory.forget([turn.item.id]) == 0)
  }

  @Test("MEM-09 editing a fact keeps the old one closed; editing anything else changes it and its index")
  func edit() async throws {
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    let fact = try await memory.remember("the switch has 8 ports", source: "operator")
    let newer = try await memory.edit(fact, text: "the switch has 16 ports")
    #expect(newer != fact)
    #expect(try await memory.item(fact)?.validTo == fixture.now)
    let event = try #require(try await memory.add([fixture.event("fan of home stopped", 1)]).first)
    #expect(try await memory.edit(event, text: "pump of home stopped") == event)
    #expect(try await memory.recall("which pump stopped?").texts == ["pump of home stopped"])
    #expect(try await memory.verifyIndexes().isEmpty)
  }

  @Test("MEM-09 secrets are taken out before anything is written")
  func redaction() async throws {
    let fixture = try MemoryFixture()
    let memory = fixture.memory(redact: { $0.replacing("hunter2", with: "‹secret›") })
    try await memory.remember("the password of tank is hunter2", source: "operator")
    try await fixture.store.pool.writeWithoutTransaction { db in try fixture.store.emptyLog(db) }
    #expect(try bytes(fixture).range(of: Data("hunter2".utf8)) == nil)
    #expect(try await memory.list().map(\.text) == ["the password of tank is ‹secret›"])
  }

  /// Lets something happen while it works.
  private struct Slow: Summariser {
    let meanwhile: @Sendable () async throws -> Void
    func summary(of turns: [SummaryTurn]) async throws -> String {
      let text = turns.map(\.text).joined(separator: " ")
      try await meanwhile()
      return text
    }
  }

  @Test("MEM-09 what is deleted or forgotten while it is summed up does not come back", arguments: [true, false])
  func inFlight(deletes: Bool) async throws {
    let fixture = try MemoryFixture()
    let (memory, chat) = (fixture.memory(), fixture.chat())
    let talk = try await chat.create(title: "x").id
    let said = ChatMessage(
      conversation: talk, role: .user, text: "the safe opens with 4711", at: fixture.now, state: .complete)
    try await chat.save(said)
    try await memory.heard(said)
    try await chat.save(
      ChatMessage(conversation: talk, role: .assistant, text: "noted", at: fixture.now, state: .complete))
    fixture.advance(MemoryStore.quietTime)
    let report = try await memory.summarise(
      with: Slow {
        if deletes {
          try await memory.forgetConversation(talk)
          try await chat.delete(talk)
        } else {
          try await memory.forget([MemoryID(rawValue: "turn-" + said.id.rawValue)])
        }
      })
    #expect(report.summarised.isEmpty)
    #expect(try await memory.list().allSatisfy { !$0.text.contains("4711") })
    #expect(try await memory.summary(of: talk) == nil)
  }

  @Test("MEM-09 a forgotten summary is gone from its conversation, too")
  func summary() async throws {
    let fixture = try MemoryFixture()
    let (memory, chat) = (fixture.memory(), fixture.chat())
    let talk = try await chat.create(title: "x").id
    try await chat.save(
      ChatMessage(conversation: talk, role: .user, text: "hello tank", at: fixture.now, state: .complete))
    fixture.advance(MemoryStore.quietTime)
    try await memory.summarise(with: nil)
    let summary = try #require(try await memory.list(kind: .summary).first)
    try await memory.forget([summary.id])
    #expect(try await memory.summary(of: talk) == nil)
  }
}
