import Foundation
import JarvisAPI
import JarvisLock
import JarvisMemory
import JarvisStorage
import JarvisTestSupport
import Testing

@Suite struct ConversationStoreTests {
  @Test("FOUND-03 messages come back whole and in order, after a restart too")
  func roundTrip() async throws {
    let directory = try TemporaryDirectory()
    let store = try openStore(directory.path)
    let chat = ConversationStore(store: store, now: { noon })
    let info = try await chat.create(title: "pihole 🕳️")
    let badge = Badge(
      decision: RouteDecision(route: .claude, model: "claude-sonnet-5-5", reason: "action", confidence: 1),
      price: .known(MicroDollars(1_234)), usage: TokenUsage(input: 10, cacheRead: 20, output: 30))
    let tool = ToolActivity(
      id: "t1", tool: "reboot_guest", summary: "pihole (102) on agent", tier: .red, startedAt: noon, endedAt: noon,
      state: .verified("running, up 4 s"))
    let question = message("restart \"pihole\"; DROP TABLE message", in: info.id)
    var answer = message("", in: info.id, role: .assistant, state: .streaming)
    try await chat.save(question, history: [#"{"user": "restart"}"#])
    try await chat.save(answer)
    answer.text = "done"
    answer.state = .complete
    answer.badge = badge
    answer.tools = [tool]
    try await chat.save(answer, history: [#"{"assistant": 1}"#, #"{"assistant": 2}"#])
    try await chat.save(message("thanks", in: info.id))
    try await store.close()

    let again = try openStore(directory.path)
    let reopened = ConversationStore(store: again, now: { noon })
    let messages = try await reopened.messages(of: info.id)
    #expect(messages.map(\.text) == ["restart \"pihole\"; DROP TABLE message", "done", "thanks"])
    #expect(messages[0] == question)
    #expect(messages[1] == answer)
    #expect(
      try await reopened.history(of: info.id) == [#"{"user": "restart"}"#, #"{"assistant": 1}"#, #"{"assistant": 2}"#])
    #expect(try await reopened.list().first?.messages == 3)
    #expect(try await reopened.messages(of: info.id, limit: 2).map(\.text) == ["done", "thanks"])
    try await again.close()
  }

  @Test("FOUND-03 the list is by last use; rename, touch and delete do what they say")
  func list() async throws {
    let directory = try TemporaryDirectory()
    let store = try openStore(directory.path)
    let time = Guarded(noon)
    let chat = ConversationStore(store: store, now: { time.withLock { $0 } })
    var infos: [ConversationInfo] = []
    for title in ["a", "b", "c"] {
      infos.append(try await chat.create(title: title))
      time.withLock { $0 += 60 }
    }
    #expect(try await chat.list().map(\.title) == ["c", "b", "a"])
    try await chat.save(message("t", in: infos[0].id))
    try await chat.rename(infos[1].id, title: String(repeating: "b", count: 500))
    #expect(try await chat.list().map(\.title.first) == ["a", "c", "b"])
    #expect(try await chat.info(infos[1].id)?.title.count == ConversationStore.maximumTitle)
    try await chat.save(message("x", in: infos[2].id), history: ["h"])
    try await chat.delete(infos[2].id)
    #expect(try await chat.list().count == 2)
    #expect(try await chat.info(infos[2].id) == nil)
    #expect(try await chat.messages(of: infos[2].id).isEmpty)
    #expect(try await chat.history(of: infos[2].id).isEmpty)
    let error = await #expect(throws: StorageError.self) { try await chat.save(message("late", in: infos[2].id)) }
    #expect(error?.reason.contains("deleted") == true)
    try await store.close()
  }

  @Test("FOUND-03 compaction replaces the history at once")
  func compaction() async throws {
    let directory = try TemporaryDirectory()
    let store = try openStore(directory.path)
    let chat = ConversationStore(store: store, now: { noon })
    let (first, second) = (try await chat.create(title: "1").id, try await chat.create(title: "2").id)
    try await chat.appendHistory(["a", "b"], to: first)
    try await chat.appendHistory(["other"], to: second)
    try await chat.replaceHistory(["summary"], of: first)
    try await chat.appendHistory(["c"], to: first)
    #expect(try await chat.history(of: first) == ["summary", "c"])
    #expect(try await chat.history(of: second) == ["other"])
    try await store.close()
  }

  @Test("FOUND-03 after a kill -9 everything that was saved is there, and what streamed is interrupted")
  func killed() async throws {
    let directory = try TemporaryDirectory()
    let child = try ChildTest(filter: "KilledWriter", argument: directory.path)
    var conversation: ConversationID?
    var saved = 0
    while saved < 40, let line = child.nextLine() {
      if line.hasPrefix("conversation ") { conversation = ConversationID(rawValue: String(line.dropFirst(13))) }
      if line.hasPrefix("saved ") { saved = Int(line.dropFirst(6)) ?? saved }
    }
    #expect(saved >= 40, "the child died by itself")
    let locked = #expect(throws: StorageError.self) { try openStore(directory.path) }
    #expect(locked?.kind == .locked(processID: child.processID))
    child.kill()

    let store = try openStore(directory.path)
    #expect(store.previousStop == .unclean)
    #expect(try await store.checkIntegrity() == .sound)
    let chat = ConversationStore(store: store, now: { noon })
    #expect(try await chat.recover() >= 1)
    let messages = try await chat.messages(of: try #require(conversation))
    for number in 1...saved {
      #expect(messages.contains { $0.text == "message \(number)" }, "message \(number) is lost")
    }
    let streaming = try #require(messages.first { $0.role == .assistant })
    #expect(streaming.state == .interrupted)
    // It wrote on until it was killed: at least what it had told of.
    #expect(try #require(Int(streaming.text.dropFirst("text of ".count))) >= saved)
    #expect(streaming.tools.map(\.state).first == .failed("Jarvis stopped while it ran; its outcome is unknown"))
    #expect(streaming.tools.map(\.state).last == .cancelled)
    #expect(try await chat.recover() == 0)
    // The history was written with each message, in the same transaction.
    let history = try await chat.history(of: try #require(conversation))
    #expect(history.count == messages.filter { $0.role == .user }.count)
    try await store.close()
  }
}

/// Not a test of its own: the process that `killed` kills.
@Suite(.enabled(if: ChildTest.argument != nil)) struct KilledWriter {
  @Test func writeUntilKilled() async throws {
    let store = try openStore(try #require(ChildTest.argument))
    let chat = ConversationStore(store: store, now: { noon })
    let conversation = try await chat.create(title: "to be killed").id
    ChildTest.say("conversation \(conversation.rawValue)")
    var answer = message(
      "", in: conversation, role: .assistant, state: .streaming,
      tools: [
        ToolActivity(id: "1", tool: "list_guests", summary: "", tier: .green, startedAt: noon, state: .running),
        ToolActivity(
          id: "2", tool: "stop_guest", summary: "", tier: .red, startedAt: noon,
          state: .waitingForApproval(ApprovalID(rawValue: 1))),
      ])
    // Ends by itself if nobody kills it.
    for number in 1...100_000 {
      answer.text = "text of \(number)"
      try await chat.save(answer)
      try await chat.save(message("message \(number)", in: conversation), history: ["history \(number)"])
      ChildTest.say("saved \(number)")
    }
  }
}
