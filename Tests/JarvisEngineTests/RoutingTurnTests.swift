import Foundation
import JarvisAPI
import JarvisCost
import JarvisEngine
import JarvisSimulator
import JarvisTestSupport
import Testing

/// The operator's word in a running engine: rules, pins, corrections, budgets; and who answers what (ROUTE-07).
@Suite(.serialized)
struct RoutingTurnTests {
  private let everything = "please look whether everything is ok"

  @Test("ROUTE-07 a rule is typed, listed, obeyed, kept over a restart, and deleted")
  func rules() async throws {
    let home = try TemporaryDirectory()
    let shop = try await Workshop(directory: home)
    #expect(try await shop.type("route list").text.contains("no rules"))
    #expect(try await shop.ask("tell me a joke").badge?.decision.route == .qwen)
    #expect(try await shop.type("route add a joke strong").text.contains("Rule 1: “a joke” goes to Claude (strong)"))
    let ruled = try await shop.ask("tell me a joke")
    #expect(ruled.badge?.decision.model == "claude-sonnet-5-5" && ruled.badge?.decision.evidence?.rule == "1: a joke")
    #expect(try await shop.type("route add tool=cluster_stats qwen").text.contains("cluster_status"))
    #expect(try await shop.type("route add tool=cluster_status qwen").state == .complete)
    #expect(try await shop.ask(everything).badge?.decision.route == .qwen)
    await shop.stop()
    let again = try await Workshop(directory: home)
    let list = try await again.type("route list").text
    #expect(list.contains("| 1 | a joke | Claude (strong) | you |") && list.contains("tool=cluster_status"), "\(list)")
    #expect(try await again.type("route delete 1").text == "Rule 1 is deleted.")
    #expect(try await again.type("route delete 1").state == .failed)
    #expect(try await again.ask("tell me a joke").badge?.decision.route == .qwen)
    await again.stop()
  }

  @Test("ROUTE-07 the fast model reads, the strong one changes; a tool with a rule, or one that changes, hands over")
  func models() async throws {
    let shop = try await Workshop()
    #expect(try await shop.ask(everything).badge?.decision.model == "claude-haiku-5-5")
    _ = try await shop.type("route add tool=cluster_status strong")
    // Not one that the words foretell: the model asks for it on its way.
    let handed = try await shop.ask("@claude " + everything)
    #expect(handed.badge?.decision.model == "claude-sonnet-5-5", "\(String(describing: handed.badge))")
    #expect(handed.badge?.decision.reason.contains("your rule tool=cluster_status") == true)
    #expect(handed.state == .complete && !handed.text.isEmpty)
    let before = try await shop.begin("restart pihole")
    let card = try await shop.card()
    #expect(await shop.seen.lastAnswer?.badge?.decision.model == "claude-sonnet-5-5")
    try await shop.approve(card)
    #expect(try await shop.ended(after: before).text.contains("verified"))
    await shop.stop()
  }

  @Test("ROUTE-07 a pin holds for its conversation, over a restart, until it is taken off")
  func pin() async throws {
    let home = try TemporaryDirectory()
    let shop = try await Workshop(directory: home)
    #expect(try await shop.type("pin live").state == .failed)
    #expect(try await shop.type("pin strong").text.contains("Claude (strong)"))
    #expect(try await shop.ask("tell me a joke").badge?.decision.evidence?.step == .pin)
    await shop.stop()
    let again = try await Workshop(directory: home)
    #expect(again.screen.snapshot.conversations.first?.pin == .strong)
    #expect(try await again.ask("tell me a joke").badge?.decision.model == "claude-sonnet-5-5")
    _ = try await again.engine.perform(.pin(again.screen.snapshot.current, nil), from: again.screen.id)
    #expect(try await again.ask("tell me a joke").badge?.decision.route == .qwen)
    await again.stop()
  }

  @Test("ROUTE-07 one key asks the other model; a yes stores the rule; both count as one misroute")
  func correction() async throws {
    let shop = try await Workshop()
    let first = try await shop.ask("tell me a joke")
    let here = shop.screen.snapshot.current
    let before = await shop.seen.order.count
    _ = try await shop.engine.perform(.askAgain(answer: first.id, conversation: here), from: shop.screen.id)
    let second = try await shop.ended(after: before)
    #expect(second.badge?.decision.route == .claude && second.badge?.decision.evidence?.step == .word)
    #expect(await shop.seen.cost.misroutes == 1)
    _ = try await shop.engine.perform(.learnRoute(answer: first.id, conversation: here), from: shop.screen.id)
    let notice = try await shop.wait("the notice") { seen in await seen.messages.values.first { $0.role == .notice } }
    #expect(notice.text.contains("“tell me a joke” goes to Claude"), "\(notice.text)")
    #expect(try await shop.ask("please, tell me a joke").badge?.decision.evidence?.rule == "1: tell me a joke")
    #expect(try await shop.type("route list").text.contains("a correction"))
    #expect(await shop.seen.cost.misroutes == 1)
    await #expect(throws: UserFacingError.self) {
      try await shop.engine.perform(
        .askAgain(answer: MessageID(rawValue: "nobody"), conversation: here), from: shop.screen.id)
    }
    await shop.stop()
  }

  @Test(
    "TEST-07 what the local model cannot do escalates to Claude, and is counted",
    arguments: [ModelFault.emptyAnswer, .loop])
  func escalation(_ fault: ModelFault) async throws {
    let shop = try await Workshop()
    await shop.qwen.setFault(fault, times: 1)
    let answer = try await shop.ask("tell me a joke")
    #expect(answer.badge?.decision.route == .claude, "\(answer)")
    #expect(await shop.seen.cost.misroutes == 1)
    #expect(await shop.seen.cost.routedMessages == 1)
    // All that would have been paid elsewhere is what the strong model was paid.
    #expect(answer.badge?.decision.model == "claude-sonnet-5-5" || fault == .loop)
    if fault == .emptyAnswer { #expect(await shop.seen.cost.savedThisMonth == .zero) }
    #expect(answer.badge?.elsewhere?.strong == (await shop.seen.cost.counterfactualThisMonth))
    await shop.stop()
  }

  @Test("ROUTE-05 ROUTE-07 the week's budget: used up, it stops by choice; a lift opens the way and ends the notice")
  func budget() async throws {
    var plan = Workshop.Plan()
    plan.budget = MicroDollars(1)
    plan.atLimit = .stop
    let shop = try await Workshop(plan)
    #expect(try await shop.ask(everything).badge?.decision.route == .claude)
    // The notice comes with the call that used it up, not with the next question.
    #expect(await shop.seen.notices["budget"]?.text.contains("no model that costs is asked") == true)
    let stopped = try await shop.ask(everything)
    #expect(stopped.badge?.decision.route == .live && !stopped.tools.isEmpty && !stopped.text.isEmpty, "\(stopped)")
    #expect(try await shop.ask("tell me a joke").badge?.decision.route == .qwen)
    #expect(try await shop.type("budget").text.contains("| today |"))
    #expect(try await shop.type("budget +2 today").text.contains("Lifted by $2.00"))
    #expect(await shop.seen.cost.liftedToday == MicroDollars(2_000_000))
    #expect(await shop.seen.endedNotices.contains("budget"))
    #expect(try await shop.ask(everything).badge?.decision.route == .claude)
    #expect(try await shop.type("budget 5").state == .failed)
    await shop.stop()
  }

  @Test(
    "ROUTE-02 when Claude is back the notice goes and Claude answers again",
    arguments: [ModelFault.rateLimited(retryAfter: 1), .overloaded, .hangUp, .serverError])
  func back(_ fault: ModelFault) async throws {
    let shop = try await Workshop()
    await shop.claude.setFault(fault)
    // A server's own error closes the way only when it goes on.
    for _ in 0..<3 where await shop.seen.notices["Claude"] == nil { _ = try await shop.ask(everything) }
    #expect(await shop.seen.notices["Claude"]?.text.contains("Qwen answers") == true)
    await shop.claude.setFault(nil)
    _ = try await shop.wait("the notice to go") { seen in
      if await seen.endedNotices.contains("Claude") { return true }
      _ = await shop.engine.checkModels()
      return nil
    }
    #expect(try await shop.ask(everything).badge?.decision.route == .claude)
    await shop.stop()
  }

  @Test(
    "ROUTE-03 the decision is kept with the message: evidence, model, and what the tokens would have cost elsewhere")
  func evidence() async throws {
    let home = try TemporaryDirectory()
    let shop = try await Workshop(directory: home)
    let answer = try await shop.ask(everything)
    let badge = try #require(answer.badge)
    let elsewhere = try #require(badge.elsewhere)
    #expect(elsewhere.fast == badge.price.amount && elsewhere.local == .zero)
    #expect(try #require(elsewhere.strong) > #require(elsewhere.fast))
    #expect(badge.decision.evidence?.features.isEmpty == false)
    #expect(badge.decision.evidence?.estimate?.strong != nil)
    await shop.stop()
    let again = try await Workshop(directory: home)
    #expect(again.screen.snapshot.messages.last?.badge == badge)
    await again.stop()
  }
}
