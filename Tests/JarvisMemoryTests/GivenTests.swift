import Foundation
import GRDB
import JarvisAPI
import JarvisMemory
import JarvisStorage
import Testing

@Suite struct GivenTests {
  @Test("MEM-04 the opening memory of a conversation stays the same text for all its life")
  func opening() async throws {
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    try await memory.remember("I prefer mail for critical issues", source: "operator")
    let first = try await fixture.chat().create(title: "one")
    let text = try await memory.opening(of: first.id)
    #expect(text.contains("I prefer mail"))
    try await memory.remember("the router is at 10.0.0.1", source: "operator")
    #expect(try await memory.opening(of: first.id) == text)
    let second = try await fixture.chat().create(title: "two")
    #expect(try await memory.opening(of: second.id).contains("10.0.0.1"))
  }

  @Test("MEM-09 what is forgotten is taken out of what models were sent: their history and opening memory")
  func forgotten() async throws {
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    let secret = try await memory.remember("the safe opens with 4711", source: "operator")
    let chat = fixture.chat()
    let talk = try await chat.create(title: "one")
    let other = try await chat.create(title: "two")
    _ = try await memory.opening(of: talk.id)
    try await chat.appendHistory(["the safe opens with 4711"], to: talk.id)
    try await chat.appendHistory(["hello"], to: other.id)
    let answer = ChatMessage(conversation: talk.id, role: .assistant, text: "yes", at: fixture.now)
    try await chat.save(answer)
    let context = try await memory.recallContext(for: "how does the safe open?", in: nil)
    try await memory.keepGiven(context.given, to: answer.id, in: talk.id)
    let given = try await memory.given(to: answer.id, in: talk.id, withOpening: true)
    #expect(given.recalled.map(\.id) == [secret] && given.opening.map(\.id) == [secret])
    #expect(given.recalled[0].item?.uses == 1)

    #expect(try await memory.forget([secret]) == 1)
    #expect(try await chat.history(of: talk.id).isEmpty)
    #expect(try await chat.history(of: other.id) == ["hello"])
    #expect(try await memory.opening(of: talk.id).isEmpty)
    #expect(try await memory.given(to: answer.id, in: talk.id, withOpening: true).tokens == 0)
  }

  @Test("MEM-04 an answer that is begun again with nothing from memory was given nothing")
  func begunAgain() async throws {
    let fixture = try MemoryFixture()
    let (memory, chat) = (fixture.memory(), fixture.chat())
    let talk = try await chat.create(title: "x").id
    let answer = ChatMessage(conversation: talk, role: .assistant, text: "yes", at: fixture.now)
    try await chat.save(answer)
    let id = try await memory.remember("the safe opens with 4711", source: "operator")
    let given = MemoryContext.Given(id: id, section: .facts, line: "x", tokens: 5)
    try await memory.keepGiven([given], to: answer.id, in: talk)
    try await memory.keepGiven([], to: answer.id, in: talk)
    #expect(try await memory.given(to: answer.id, in: talk, withOpening: false).recalled.isEmpty)
  }

  @Test("MEM-09 who forgets an item takes the answer by code that lists it away, too, and no other")
  func listed() async throws {
    let fixture = try MemoryFixture()
    let (memory, chat) = (fixture.memory(), fixture.chat())
    let talk = try await chat.create(title: "x").id
    let id = try await memory.remember("the safe opens with 4711", source: "operator")
    let answers = ["- the safe opens with 4711", "I see"].map {
      ChatMessage(conversation: talk, role: .assistant, text: $0, at: fixture.now, state: .complete)
    }
    for (answer, section) in zip(answers, [MemoryContext.Section.listed, .facts]) {
      try await chat.save(answer)
      try await memory.keepGiven([.init(id: id, section: section, line: "x", tokens: 0)], to: answer.id, in: talk)
    }
    try await memory.forget([id])
    #expect(try await chat.messages(of: talk).map(\.text) == ["I see"])
  }

  @Test("MEM-10 with a conversation's turns goes what its models were given")
  func expired() async throws {
    let fixture = try MemoryFixture()
    let (memory, chat) = (fixture.memory(), fixture.chat())
    let talk = try await chat.create(title: "x").id
    let id = try await memory.remember("the router is at 10.0.0.1", source: "operator")
    let answer = ChatMessage(conversation: talk, role: .assistant, text: "yes", at: fixture.now, state: .complete)
    try await chat.save(answer)
    _ = try await memory.opening(of: talk)
    try await memory.keepGiven([.init(id: id, section: .facts, line: "x", tokens: 5)], to: answer.id, in: talk)
    fixture.advance(8 * 86_400)
    try await memory.cleanUp()
    for table in ["memory_opening", "memory_given"] {
      let rows = try await fixture.store.pool.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") }
      #expect(rows == 0, "\(table)")
    }
  }

  @Test("MEM-05 who goes on with an expired conversation begins a life of its turns anew")
  func resumed() async throws {
    let fixture = try MemoryFixture()
    let (memory, chat) = (fixture.memory(), fixture.chat())
    let talk = try await chat.create(title: "disk of pve")
    try await chat.save(ChatMessage(conversation: talk.id, role: .user, text: "how full is tank?", at: fixture.now))
    fixture.advance(8 * 86_400)
    try await memory.summarise(with: nil)
    try await memory.cleanUp()
    #expect(try await memory.conversations(about: "", limit: 10).entries.map { $0.expiredAt != nil } == [true])
    #expect(try await memory.conversations(about: "tank", limit: 10).entries.map(\.id) == [talk.id])
    try await chat.save(ChatMessage(conversation: talk.id, role: .user, text: "and now?", at: fixture.now))
    #expect(try await memory.conversations(about: "", limit: 10).entries.map { $0.expiredAt != nil } == [false])
  }

  @Test("a conversation that is deleted for good is gone from memory, the facts that came of it stay")
  func deleted() async throws {
    let fixture = try MemoryFixture()
    let (memory, chat) = (fixture.memory(), fixture.chat())
    let talk = try await chat.create(title: "x")
    let message = ChatMessage(
      conversation: talk.id, role: .user, text: "remember that the UPS holds for 12 minutes", at: fixture.now)
    try await chat.save(message)
    try await memory.heard(message)
    try await memory.forgetConversation(talk.id)
    #expect(try await memory.list().map(\.kind) == [.fact])
  }
}
