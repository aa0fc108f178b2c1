import Foundation
import JarvisAPI
import JarvisEngine
import JarvisMemory
import JarvisSimulator
import JarvisTestSupport
import Testing

/// Memory in the running engine: over real sockets, with processes that end and clocks that move.
@Suite(.serialized)
struct MemoryWiringTests {
  private static let hour: TimeInterval = 3_600
  private static let day: TimeInterval = 86_400

  @Test("MEM-03 TEST-09 a preference is said back, outlives the process, and stands before both models afterwards")
  func preference() async throws {
    let directory = try TemporaryDirectory()
    var shop = try await Workshop(directory: directory)
    let answer = try await shop.ask("I prefer mail for critical issues")
    #expect(
      answer.text.contains("critical notices by mail is kept; no channel is connected yet"), "\(answer.text)")
    #expect(answer.badge?.price == .known(.zero))
    #expect(await shop.claude.received.allSatisfy { $0.method != "POST" })
    await shop.stop()

    shop = try await Workshop(directory: directory)
    let later = try await shop.askAfresh("How do I prefer to hear of critical issues?")
    #expect(later.text.contains("I prefer mail for critical issues"), "\(later.text)")
    let opened = try await shop.askAfresh("@claude please look whether everything is ok")
    #expect(opened.badge?.decision.route == .claude)
    #expect(await shop.claude.received.contains { Self.body($0).contains("I prefer mail for critical issues") })
    await shop.stop()
  }

  @Test("MEM-01 what was discussed yesterday is told with its date, in another conversation")
  func yesterday() async throws {
    let plan = Workshop.Plan()
    let shop = try await Workshop(plan)
    _ = try await shop.ask("please check the disk of pve, a scrub of tank makes it slow")
    let said = plan.shift.now
    plan.shift.forward(Self.day)
    let answer = try await shop.askAfresh("What did we discuss yesterday about pve's disk?")
    let date = said.formatted(Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day())
    #expect(answer.text.contains(date), "\(answer.text)")
    #expect(answer.text.contains("scrub of tank"), "\(answer.text)")
    // What it was given can be looked at, with its cost.
    guard
      case .memory(.given(let given)) = try await shop.engine.perform(.memory(.given(answer.id)), from: shop.screen.id)
    else { throw CancellationError() }
    #expect(given.recalled.contains { $0.item?.text.contains("scrub of tank") == true })
    #expect(given.tokens > 0)
    await shop.stop()
  }

  @Test("MEM-01 without any model the answer is what is remembered, with dates")
  func noModel() async throws {
    var plan = Workshop.Plan()
    plan.claude = false
    plan.qwen = false
    let shop = try await Workshop(plan)
    _ = try await shop.ask("remember that the router is at 10.0.0.1")
    let answer = try await shop.askAfresh("where is the router?")
    #expect(answer.text.contains("10.0.0.1"), "\(answer.text)")
    await shop.stop()
  }

  @Test("MEM-02 an outage is remembered with its length, over a restart of Jarvis, too")
  func outage() async throws {
    let directory = try TemporaryDirectory()
    let plan = Workshop.Plan()
    var shop = try await Workshop(plan, directory: directory)
    shop.cluster.cluster.update { $0.setNode("agent", online: false) }
    _ = try await shop.engine.status()
    _ = try await shop.wait("the outage") { [shop] _ in
      try? await shop.memory().first { $0.text.hasPrefix("node agent is offline") }
    }
    await shop.stop()
    plan.shift.forward(2 * Self.hour + 300)
    shop = try await Workshop(plan, directory: directory)
    shop.cluster.cluster.update { $0.setNode("agent", online: false) }
    _ = try await shop.engine.status()
    shop.cluster.cluster.update { $0.setNode("agent", online: true) }
    _ = try await shop.engine.status()
    let end = try await shop.wait("its end") { [shop] _ in
      try? await shop.memory().first { $0.text.contains("node agent is") && $0.text.contains("down since") }
    }
    #expect(end.kind == .event && end.tier == .episodic)
    let answer = try await shop.askAfresh("When was agent offline today, and for how long?")
    #expect(answer.text.contains("down since"), "\(answer.text)")
    await shop.stop()
  }

  @Test("MEM-08 what was done is told from the record, and where nothing was done, that")
  func actions() async throws {
    let plan = Workshop.Plan()
    let shop = try await Workshop(plan)
    let before = try await shop.begin("could you restart pihole?")
    try await shop.approve(try await shop.card())
    _ = try await shop.ended(after: before)
    let items = try await shop.memory()
    let action = try #require(items.first { $0.kind == .action })
    #expect(action.text.contains("reboot guest") && action.text.contains("verified"), "\(action.text)")
    let told = try await shop.askAfresh("What did you do today?")
    #expect(told.text.contains("reboot guest"), "\(told.text)")
    plan.shift.forward(3 * Self.day)
    let nothing = try await shop.askAfresh("What did you do on your own last night?")
    #expect(nothing.text.contains("has none"), "\(nothing.text)")
    await shop.stop()
  }

  @Test("MEM-03 \"never\" is refused by the gate from then on, and allowed again once it is forgotten")
  func never() async throws {
    let shop = try await Workshop()
    _ = try await shop.ask("never reboot pihole")
    let refused = try await shop.type("reboot pihole")
    #expect(refused.text.contains("never reboot pihole"), "\(refused.text)")
    #expect(await shop.seen.pending == nil)
    let item = try #require(try await shop.memory().first { $0.kind == .preference })
    _ = try await shop.engine.perform(.memory(.forget(item.id)), from: shop.screen.id)
    _ = try await shop.engine.perform(
      .typed(line: "reboot pihole", conversation: shop.screen.snapshot.current), from: shop.screen.id)
    let card = try await shop.card()
    #expect(card.tool == "reboot_guest")
    _ = try await shop.engine.perform(.decide(card.id, .refuse(reason: "")), from: shop.screen.id)
    await shop.stop()
  }

  @Test("MEM-03 a guest that is off on purpose is marked so in the live picture, until it should run again")
  func offOnPurpose() async throws {
    let shop = try await Workshop()
    func isWanted() async throws -> Bool {
      try await shop.engine.status().guests.first { $0.name == "win11" }?.offOnPurpose ?? false
    }
    #expect(try await !isWanted())
    let answer = try await shop.ask("win11 is off on purpose")
    #expect(answer.text.contains("no trouble is made of it"), "\(answer.text)")
    #expect(try await isWanted())
    _ = try await shop.ask("win11 should run again")
    #expect(try await !isWanted())
    await shop.stop()
  }

  @Test("MEM-09 only the screen that holds the key changes what is remembered; a second one looks")
  func holder() async throws {
    let shop = try await Workshop()
    _ = try await shop.ask("remember that the UPS holds for 12 minutes")
    let item = try #require(try await shop.memory().first { $0.kind == .fact })
    let second = try await shop.engine.attach(wantsApprovalKey: true)
    await #expect(throws: UserFacingError.self) {
      try await shop.engine.perform(.memory(.forget(item.id)), from: second.id)
    }
    _ = try await shop.engine.perform(.memory(.pin(item.id, true)), from: shop.screen.id)
    #expect(try await shop.memory().first { $0.id == item.id }?.pinned == true)
    _ = try await shop.engine.perform(
      .memory(.edit(item.id, text: "the UPS holds for 20 minutes")), from: shop.screen.id)
    let facts = try await shop.memory().filter { $0.kind == .fact }
    #expect(facts.count == 2 && facts.filter { $0.validTo == nil }.map(\.text) == ["the UPS holds for 20 minutes"])
    await shop.stop()
  }

  @Test("MEM-06 MEM-10 a quiet conversation is summed up by the local model, a failed summary later, and turns expire")
  func rounds() async throws {
    var plan = Workshop.Plan()
    let clock = ControlledClock()
    plan.clock = clock
    plan.cluster = false
    plan.claude = false
    let shop = try await Workshop(plan)
    _ = try await shop.ask("what is a ZFS scrub?")
    let conversation = shop.screen.snapshot.current
    func entry() async throws -> ConversationPage.Entry? {
      guard
        case .memory(.conversations(let page)) = try await shop.engine.perform(
          .memory(.conversations(about: "")), from: shop.screen.id)
      else { return nil }
      return page.entries.first { $0.id == conversation }
    }
    func asked() async -> Int {
      await shop.qwen.received.count { Self.body($0).contains("boil a finished conversation") }
    }
    await shop.qwen.setFault(.garbage)
    plan.shift.forward(31 * 60)
    _ = try await shop.wait("a summary that is tried") { [shop] _ in
      clock.advance(by: .seconds(20))
      return await shop.qwen.received.contains { Self.body($0).contains("boil a finished conversation") } ? true : nil
    }
    #expect(try await entry()?.summary == nil)
    await shop.qwen.setFault(nil)
    let tried = await asked()
    _ = try await shop.wait("the summary") { [shop] _ -> String? in
      clock.advance(by: .seconds(60))
      guard
        case .memory(.conversations(let page))? = try? await shop.engine.perform(
          .memory(.conversations(about: "")), from: shop.screen.id)
      else { return nil }
      return page.entries.first { $0.id == conversation }?.summary
    }
    #expect(await asked() > tried)
    plan.shift.forward(8 * Self.day)
    _ = try await shop.wait("the end of its turns") { [shop] _ -> Bool? in
      clock.advance(by: .seconds(600))
      guard
        case .memory(.conversations(let page))? = try? await shop.engine.perform(
          .memory(.conversations(about: "")), from: shop.screen.id)
      else { return nil }
      return page.entries.first { $0.id == conversation }?.expiredAt == nil ? nil : true
    }
    // Who opens it reads what is left.
    guard
      case .conversation(_, let messages) = try await shop.engine.perform(
        .openConversation(conversation), from: shop.screen.id)
    else { throw CancellationError() }
    #expect(messages.count == 1 && messages[0].role == .notice && messages[0].text.contains("expired"))
    #expect(try await shop.memory().allSatisfy { $0.kind != .turn })
    await shop.stop()
  }

  private static func body(_ request: SimulatedRequest) -> String { String(decoding: request.body, as: UTF8.self) }
}
