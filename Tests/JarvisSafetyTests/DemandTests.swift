import JarvisAPI
import JarvisTestSupport
import Testing

@testable import JarvisSafety

/// What the operator once said, at the gate: stricter, never milder.
@Suite struct DemandTests {
  private static let call = GatedCall(tool: "start_guest", arguments: ["guest": "102"], caller: .model, why: "test")

  private static func situation(_ demand: OperatorDemand?) -> GateSituation {
    var situation = GateSituation()
    situation.keyHolder = true
    situation.allowance = AllowanceID(rawValue: 1)
    situation.demand = demand
    return situation
  }

  @Test("MEM-03 who wants to be asked is asked, whatever an allowance or an enabled runbook would let run")
  func ask() {
    let demand = OperatorDemand.ask("ask before you start pihole")
    #expect(
      GateCourse.of(Self.call, tier: .yellow, rule: "", in: Self.situation(nil)) == .run(authority: "allowance 1"))
    #expect(GateCourse.of(Self.call, tier: .yellow, rule: "", in: Self.situation(demand)) == .ask)
    var book = Self.call
    book.caller = .runbook
    book.isAutonomous = true
    book.runbook = .init(runbook: "start", autonomy: .act, enabled: true)
    #expect(
      GateCourse.of(book, tier: .yellow, rule: "", in: Self.situation(nil)) == .run(authority: "runbook start"))
    #expect(GateCourse.of(book, tier: .yellow, rule: "", in: Self.situation(demand)) == .ask)
  }

  @Test(
    "MEM-03 never is refused from every caller with the words that were said; reading is not touched",
    arguments: Caller.allCases)
  func never(_ caller: Caller) {
    var call = Self.call
    call.caller = caller
    let situation = Self.situation(.never("never start pihole"))
    guard case .refuse(let refusal) = GateCourse.of(call, tier: .yellow, rule: "", in: situation) else {
      Issue.record("\(caller) ran it")
      return
    }
    #expect(refusal.kind == .forbidden && refusal.reason.contains("never start pihole"))
    #expect(GateCourse.of(call, tier: .green, rule: "", in: situation) == .run(authority: ""))
  }

  @Test("MEM-03 \"never\" that is said while a card waits keeps the call from running")
  func meanwhile() async throws {
    let demand = Mutable<OperatorDemand?>(nil)
    let fixture = try await GateFixture(context: GateContext(demand: { _ in demand.value }))
    let ran = Mutable(0)
    let target = Mutable(CallAssessment(tier: .yellow, rule: "starts", target: "pihole (102) on agent"))
    let (card, task) = try await fixture.ask(Self.call, target: target, ran: ran)
    demand.change { $0 = .never("never start pihole") }
    fixture.pass(.seconds(1))
    try await fixture.gate.decide(card.id, .approve(hash: card.callHash, typed: nil), fromKeyHolder: true)
    guard case .refused(let refusal) = await task.value else {
      Issue.record("it ran")
      return
    }
    #expect(refusal.kind == .forbidden)
    #expect(ran.value == 0)
  }
}
