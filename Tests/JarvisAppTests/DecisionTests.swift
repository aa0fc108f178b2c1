import Foundation
import JarvisAPI
import JarvisTerminal
import JarvisTestSupport
import Testing

@testable import JarvisApp

/// The decision behind an answer: seen by one key, corrected by another.
@Suite("Decisions")
struct DecisionTests {
  let golden = Golden()

  /// An answer that the operator's rule sent to Claude's strong model.
  private static var ruled: ChatMessage {
    Sample.message(
      "m9", .assistant, "The pool is full of snapshots.", secondsAgo: 5,
      badge: Badge(
        decision: RouteDecision(
          route: .claude, model: "claude-sonnet-5-5", reason: "your rule why is * full", confidence: 1,
          evidence: RouteEvidence(
            step: .rule, rule: "3: why is * full", work: .strong, sticks: true,
            features: ["97 % that tools are needed", "88 % that it is more than reading", "follows an offer"])),
        price: .known(MicroDollars(31_500)), estimated: true,
        usage: TokenUsage(input: 210, cacheWrite5m: 1_900, cacheWrite1h: 8_000, cacheRead: 24_000, output: 640),
        elsewhere: RouteEstimate(fast: MicroDollars(9_000), strong: MicroDollars(31_500), local: .zero)))
  }

  /// An answer by code, which nobody counted tokens of.
  private static var live: ChatMessage {
    var badge = Sample.badge(.live, model: nil, reason: "clear question about the live picture", micros: 0)
    badge.usage = TokenUsage()
    badge.elsewhere = nil
    badge.decision.confidence = 1
    badge.decision.evidence = RouteEvidence(
      step: .live, work: .read, features: ["93 % that tools are needed"],
      estimate: RouteEstimate(fast: MicroDollars(1_200), strong: nil, local: .zero))
    return Sample.message("m9", .assistant, "tank is 91 % full.", secondsAgo: 5, badge: badge)
  }

  private func session(_ columns: Int, _ rows: Int, _ answer: ChatMessage? = nil) -> Session {
    Session.attached(
      columns, rows, snapshot: Sample.snapshot(messages: Sample.messages + (answer.map { [$0] } ?? [])))
  }

  @Test(
    "ROUTE-03 One key shows the whole decision, at every usual size",
    arguments: [(45, 20), (80, 24), (120, 40), (200, 50)])
  func sizes(columns: Int, rows: Int) throws {
    var session = session(columns, rows, Self.ruled)
    session.press("Alt+d")
    #expect(try golden.difference(session.picture, name: "decision-\(columns)x\(rows)") == nil)
    #expect(session.sees("3: why is"))
    session.press("Esc")
    #expect(session.state.overlays.isEmpty)
  }

  @Test("ROUTE-03 An answer by code shows what it was expected to cost elsewhere; talk shows who decided")
  func others() throws {
    var code = session(120, 40, Self.live)
    code.press("Alt+d")
    #expect(code.sees("about $0.0012 fast, unpriced strong, $0 Qwen") && code.sees("the live picture"))
    var talk = session(120, 40)
    talk.press("Tab d")
    #expect(talk.sees("the intent model") && talk.sees("10 % that tools are needed"))
  }

  @Test("ROUTE-07 One key asks the other model at once; a rule is stored on a yes only, and Enter is a no")
  func askAgain() {
    let asked = Command.askAgain(answer: MessageID(rawValue: "m4"), conversation: Sample.conversation)
    let learned = Command.learnRoute(answer: MessageID(rawValue: "m4"), conversation: Sample.conversation)
    var no = session(120, 40)
    no.press("Alt+r")
    #expect(no.commands == [asked])
    #expect(no.sees("Send such messages to the other model from now on?"))
    no.press("Enter")
    #expect(no.commands == [asked] && no.state.overlays.isEmpty)
    var yes = session(120, 40)
    yes.press("Alt+d r y")
    #expect(yes.commands == [asked, learned] && yes.state.overlays.isEmpty)
  }

  @Test("ROUTE-07 Without an answer of a model there is nothing to correct, and it is said")
  func nothing() {
    var session = Session.attached(120, 40, snapshot: Sample.snapshot(messages: []))
    session.press("Alt+r Alt+d")
    #expect(session.commands.isEmpty && session.state.overlays.isEmpty)
    #expect(session.sees("no answer of a model"))
  }

  @Test("ROUTE-07 The frame says whom the conversation is pinned to")
  func pin() {
    var session = session(120, 40)
    #expect(session.sees("· AUTO"))
    var info = Sample.snapshot().conversations[0]
    info.pin = .strong
    session.event(.conversation(info))
    #expect(session.sees("· STRONG") && !session.sees("AUTO"))
  }

  @Test("ROUTE-05 Budgets of week and month have bars of their own, warn from 80 %, and a lift counts for each")
  func bars() {
    var session = session(200, 50)
    var cost = Sample.cost
    cost.weeklyBudget = MicroDollars(2_500_000)
    cost.monthlyBudget = MicroDollars(7_900_000)
    session.send(.event(.system(.cost(cost))))
    #expect(session.sees("84 % ▲") && session.sees("100 % ▲"))
    cost.liftedToday = MicroDollars(2_500_000)
    session.send(.event(.system(.cost(cost))))
    #expect(!session.sees("84 %") && session.sees("42 %") && session.sees("76 %"))
  }
}
