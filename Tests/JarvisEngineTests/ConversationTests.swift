import Foundation
import JarvisAPI
import JarvisEngine
import JarvisSimulator
import JarvisTestSupport
import Testing

/// The whole flow over the real wire: connect, send, stream, tool, approval, finish (TEST-06).
@Suite(.serialized)
struct ConversationTests {
  @Test("TEST-06 a reboot is asked for, run on consent, followed, read back, and only then called verified")
  func reboot() async throws {
    let shop = try await Workshop()
    // Nothing is canned: the guest gets a name that nobody could have foreseen.
    shop.cluster.cluster.update { $0.rename(102, to: "sinkhole-7") }
    _ = try await shop.engine.status()
    let before = try await shop.begin("could you restart sinkhole-7?")
    let card = try await shop.card()
    #expect(card.tool == "reboot_guest")
    #expect(card.tier == .red)
    #expect(card.target.contains("sinkhole-7"))
    #expect(card.targetState.contains("running"))
    #expect(card.plan.contains { $0.contains("/status/reboot") })
    #expect(!card.impact.isEmpty && !card.undo.isEmpty)
    #expect(await shop.seen.lastAnswer?.text.contains("verified") != true)
    try await shop.approve(card)
    let answer = try await shop.ended(after: before)
    #expect(answer.state == .complete)
    #expect(answer.text.contains("verified"), "\(answer.text)")
    guard case .verified? = answer.tools.last?.state else {
      Issue.record("not verified: \(answer.tools)")
      return
    }
    let badge = try #require(answer.badge)
    #expect(badge.decision.route == .claude)
    #expect(badge.decision.reason == "diagnosis or change")
    #expect((badge.price.amount ?? .zero) > .zero)
    #expect(await shop.seen.cost.today == badge.price.amount)
    #expect(await shop.seen.deltas[answer.id] == answer.text)
    await shop.stop()
  }

  @Test("TEST-06 a task that fails after its 200 is never called verified, and its own words are told")
  func failingTask() async throws {
    let shop = try await Workshop()
    shop.cluster.cluster.update { $0.failNextTask("vzreboot", with: "unable to open console: no such device") }
    let before = try await shop.begin("please reboot pihole")
    try await shop.approve(try await shop.card())
    let answer = try await shop.ended(after: before)
    #expect(!answer.text.lowercased().contains("done and verified"), "\(answer.text)")
    #expect(answer.text.contains("no such device"), "\(answer.text)")
    guard case .failed? = answer.tools.last?.state else {
      Issue.record("not failed: \(answer.tools)")
      return
    }
    await shop.stop()
  }

  @Test("FOUND-01 a refusal reaches the model with its reason, and nothing runs")
  func refused() async throws {
    let shop = try await Workshop()
    let before = try await shop.begin("stop docker-host")
    let card = try await shop.card()
    guard case .typed(let word) = card.consent else {
      Issue.record("no word is asked for: \(card.consent)")
      return
    }
    // A stop needs its word: a key alone is not enough.
    await #expect(throws: UserFacingError.self) { try await shop.approve(card) }
    #expect(word == "docker-host" || word == "100")
    _ = try await shop.engine.perform(.decide(card.id, .refuse(reason: "backups are running")), from: shop.screen.id)
    let answer = try await shop.ended(after: before)
    #expect(answer.text.contains("backups are running"), "\(answer.text)")
    #expect(shop.cluster.cluster.update { $0.guestStatus(100) } == "running")
    await shop.stop()
  }

  @Test("FOUND-01 only the screen that holds the key decides; a second screen looks on")
  func key() async throws {
    let shop = try await Workshop()
    let second = try await shop.engine.attach(wantsApprovalKey: true)
    #expect(shop.screen.snapshot.holdsApprovalKey)
    #expect(!second.snapshot.holdsApprovalKey)
    let before = try await shop.begin("restart pihole")
    let card = try await shop.card()
    await #expect(throws: UserFacingError.self) {
      try await shop.engine.perform(.decide(card.id, .approve(hash: card.callHash, typed: nil)), from: second.id)
    }
    // Esc: the run stops, the card with it.
    _ = try await shop.engine.perform(.stop(shop.screen.snapshot.current), from: shop.screen.id)
    let answer = try await shop.ended(after: before)
    #expect(answer.state == .interrupted)
    #expect(shop.cluster.cluster.update { $0.guestStatus(102) } == "running")
    // The history is valid: the next question is answered.
    #expect(try await shop.ask("please look whether everything is ok").state == .complete)
    await shop.stop()
  }

  @Test(
    "ROUTE-01 state questions name real facts, talk goes to the local model",
    arguments: ["please look whether everything is ok", "check how the cluster is doing"])
  func facts(_ question: String) async throws {
    let shop = try await Workshop()
    shop.cluster.cluster.update { $0.setNode("backup", online: false) }
    _ = try await shop.engine.status()
    let answer = try await shop.ask(question)
    #expect(answer.text.contains("backup"), "\(answer.text)")
    #expect(answer.badge?.decision.route == .claude)
    let talk = try await shop.ask("thanks, what is ZFS ARC?")
    #expect(talk.badge?.decision.route == .qwen)
    #expect(talk.badge?.price == .known(.zero))
    #expect(talk.text.contains("cache"))
    await shop.stop()
  }

  @Test(
    "ROUTE-02 when Claude is out the local model goes on, with a notice that says why",
    arguments: [ModelFault.rateLimited(retryAfter: 60), .overloaded, .hangUp, .spendLimit])
  func fallback(_ fault: ModelFault) async throws {
    let shop = try await Workshop()
    await shop.claude.setFault(fault)
    let answer = try await shop.ask("please check whether pihole is running well")
    #expect(answer.badge?.decision.route == .qwen, "\(answer)")
    #expect(answer.text.contains("pihole"), "\(answer.text)")
    #expect(await shop.seen.notices["Claude"] != nil)
    await shop.claude.setFault(nil)
    await shop.stop()
  }

  @Test("ROUTE-02 a refused key is told, not hidden behind the fallback")
  func wrongKey() async throws {
    var plan = Workshop.Plan()
    plan.claudeKey = "another-key"
    let shop = try await Workshop(plan)
    let answer = try await shop.ask("please look whether everything is ok")
    #expect(answer.state == .failed)
    #expect(answer.text.contains("key was refused"), "\(answer.text)")
    #expect(!answer.text.contains("another-key"))
    await shop.stop()
  }

  @Test("ROUTE-08 a stream that is cut keeps what was shown, books an estimate, and the conversation goes on")
  func cut() async throws {
    let shop = try await Workshop()
    await shop.claude.setFault(.cutMidWord, times: 1)
    let answer = try await shop.ask("please look whether everything is ok")
    // The first call is a tool step; the cut may fall before any text: then it falls back.
    #expect(answer.state == .failed || answer.badge?.decision.route == .qwen, "\(answer)")
    #expect(try await shop.ask("please look whether everything is ok").state == .complete)
    await shop.stop()
  }

  @Test("TEST-05 with no model at all typed commands work through the same gate")
  func noModel() async throws {
    var plan = Workshop.Plan()
    (plan.claude, plan.qwen) = (false, false)
    let shop = try await Workshop(plan)
    #expect(try await shop.type("status").text.contains("homelab"))
    let answer = try await shop.ask("please check whether pihole is running well")
    #expect(answer.badge?.decision.route == .live)
    #expect(answer.text.contains("pihole"))
    #expect(try await shop.ask("tell me a joke").text.contains("/help"))
    let before = await shop.seen.order.count
    _ = try await shop.engine.perform(
      .typed(line: "start win11", conversation: shop.screen.snapshot.current), from: shop.screen.id)
    let card = try await shop.card()
    #expect(card.tier == .yellow)
    #expect(card.consent == .yes)
    try await shop.approve(card)
    let started = try await shop.ended(after: before)
    #expect(started.state == .complete, "\(started)")
    #expect(shop.cluster.cluster.update { $0.guestStatus(120) } == "running")
    #expect(try await shop.type("frobnicate").state == .failed)
    await shop.stop()
  }

  @Test("TEST-05 with a local model alone, facts come by code and the typed command is offered")
  func localOnly() async throws {
    var plan = Workshop.Plan()
    plan.claude = false
    let shop = try await Workshop(plan)
    let answer = try await shop.ask("please restart pihole")
    #expect(answer.badge?.decision.route == .qwen)
    #expect(answer.text.contains("/reboot pihole"), "\(answer.text)")
    #expect(await shop.seen.pending == nil)
    #expect(try await shop.ask("what is a scrub?").text.isEmpty == false)
    await shop.stop()
  }

  @Test("FOUND-01 read-only refuses every mutation; budget used up sends questions to the local model")
  func readOnlyAndBudget() async throws {
    var plan = Workshop.Plan()
    plan.readOnly = true
    plan.budget = MicroDollars(1)
    let shop = try await Workshop(plan)
    let typed = try await shop.type("start win11")
    #expect(typed.text.contains("read-only"), "\(typed.text)")
    #expect(try await shop.ask("please look whether everything is ok").badge?.decision.route == .claude)
    let second = try await shop.ask("please look whether everything is ok")
    #expect(second.badge?.decision.reason.contains("budget") == true, "\(String(describing: second.badge))")
    await shop.stop()
  }

  @Test("FOUND-03 a conversation survives a restart, with its badges, tools and the model's side of it")
  func restart() async throws {
    let home = try TemporaryDirectory()
    let shop = try await Workshop(directory: home)
    let answer = try await shop.ask("please check whether pihole is running well")
    await shop.stop()
    let again = try await Workshop(directory: home)
    #expect(again.screen.snapshot.messages.last?.text == answer.text)
    #expect(again.screen.snapshot.messages.last?.badge == answer.badge)
    #expect(again.screen.snapshot.cost.today == answer.badge?.price.amount)
    // A follow-up leans on what was said before the restart.
    let follow = try await again.ask("and is it still running?")
    #expect(follow.text.contains("pihole"), "\(follow.text)")
    await again.stop()
  }

  @Test("FOUND-03 a second engine on the same data is refused and told who has it")
  func second() async throws {
    let home = try TemporaryDirectory()
    let shop = try await Workshop(directory: home)
    do {
      _ = try await Engine.start(
        EngineOptions(configuration: Configuration(), dataDirectory: home.path + "/data", zone: .current)
      ) { _ in }
      Issue.record("a second engine started")
    } catch {
      #expect(error.kind == .configuration)
      #expect(error.description.contains("\(ProcessInfo.processInfo.processIdentifier)"), "\(error)")
    }
    await shop.stop()
  }

  @Test("FOUND-04 messages typed meanwhile wait in line, and a paste that is too long is refused with its size")
  func queue() async throws {
    let shop = try await Workshop()
    _ = try await shop.begin("restart pihole")
    let card = try await shop.card()
    _ = try await shop.engine.perform(
      .send(text: "thanks", conversation: shop.screen.snapshot.current), from: shop.screen.id)
    let queued = try await shop.wait("a queued message") { seen in
      await seen.messages.values.first { $0.state == .queued }
    }
    #expect(queued.text == "thanks")
    try await shop.approve(card)
    _ = try await shop.wait("both answers") { (seen) -> Bool? in
      guard await seen.running.isEmpty else { return nil }
      return await seen.messages.values.filter { $0.role == .assistant && $0.state == .complete }.count == 2
        ? true : nil
    }
    await #expect(throws: UserFacingError.self) {
      try await shop.engine.perform(
        .send(text: String(repeating: "a", count: 1 << 20), conversation: shop.screen.snapshot.current),
        from: shop.screen.id)
    }
    await shop.stop()
  }

  @Test("FOUND-03 a secret that a person types reaches neither model, store nor screen")
  func secrets() async throws {
    let shop = try await Workshop()
    let token = "root@pam!ci=01234567-89ab-cdef-0123-456789abcdef"
    _ = try await shop.ask("what is this: PVEAPIToken=\(token)")
    let texts = await shop.seen.messages.values.map(\.text).joined()
    #expect(!texts.contains("01234567-89ab"), "\(texts)")
    await shop.stop()
    for name in try FileManager.default.contentsOfDirectory(atPath: shop.directory.path + "/data") {
      let bytes = FileManager.default.contents(atPath: shop.directory.path + "/data/" + name) ?? Data()
      #expect(bytes.range(of: Data("01234567-89ab-cdef".utf8)) == nil, "in \(name)")
    }
  }
}
