import Foundation
import JarvisAPI
import JarvisSafety
import JarvisStorage
import JarvisTestSupport
import Testing

/// Batches, snapshots first, proposals that outlive their card, safe points, what a card shows.
@Suite struct CardTests {
  private func batch(_ states: [String], tier: SafetyTier = .red) -> Mutable<CallAssessment> {
    let target = assessment(tier)
    target.change {
      $0.target = "\(states.count) guests"
      $0.targets = states.enumerated().map { .init(name: "guest \($0.offset)", state: $0.element) }
    }
    return target
  }

  @Test("FOUND-01 a batch is one card with every target, and a word is typed for it")
  func batchCard() async throws {
    let fixture = try await GateFixture()
    let (card, task) = try await fixture.ask(call("shutdown_guest"), target: batch(["running", "running", "paused"]))
    #expect(card.targets.map(\.name) == ["guest 0", "guest 1", "guest 2"])
    #expect(card.targets.map(\.state) == ["running", "running", "paused"])
    #expect(card.consent == .typed("all 3"))
    await #expect(throws: UserFacingError.self) { try await fixture.approve(card) }
    try await fixture.approve(card, typed: "all 3")
    #expect(await task.value.hasRun)
    try await fixture.store.close()
  }

  @Test("FOUND-01 a batch is void where any one of its targets has changed, come or gone")
  func batchVoid() async throws {
    for change in [["running", "stopped"], ["running"], ["running", "running", "running"]] {
      let fixture = try await GateFixture()
      let target = batch(["running", "running"])
      let ran = Mutable(0)
      let (card, task) = try await fixture.ask(call("shutdown_guest"), target: target, ran: ran)
      let later = batch(change).value
      target.change { $0.targets = later.targets }
      try await fixture.approve(card, typed: "all 2")
      #expect(await task.value.refusal?.kind == .void)
      #expect(ran.value == 0)
      try await fixture.store.close()
    }
  }

  @Test(
    "FOUND-01 where power is cut or state discarded the gate itself asks for the typed word",
    arguments: ["stop_guest", "reset_guest", "rollback_snapshot", "delete_snapshot", "restore_backup"])
  func typed(_ tool: String) async throws {
    let fixture = try await GateFixture()
    // A tool that forgot to say so.
    let (card, task) = try await fixture.ask(call(tool), target: assessment(.red))
    #expect(card.consent == .typed("102"))
    task.cancel()
    _ = await task.value
    try await fixture.store.close()
  }

  private func sendWithOffer(
    _ fixture: GateFixture, snapshot: SafetyTier = .yellow,
    prepare: @escaping @Sendable () throws(UserFacingError) -> String, ran: Mutable<Int>
  ) async throws -> (Approval, Task<GateOutcome<String>, Never>) {
    let target = assessment(.red)
    target.change {
      $0.snapshotOffer = .init(
        words: "a snapshot of pihole (102) first", arguments: ["guest": "102", "name": "before"])
    }
    let (cards, card) = AsyncStream<Approval>.makeStream()
    let task = Task {
      await fixture.gate.pass(
        call("set_guest_config"), assess: { () async throws(UserFacingError) in target.value },
        progress: { if case .waiting(let approval) = $0 { card.yield(approval) } },
        prepare: { offer async throws(UserFacingError) in
          PreparedSnapshot(
            arguments: offer.arguments, assess: { () async throws(UserFacingError) in assessment(snapshot).value },
            take: { _ async throws(UserFacingError) in try prepare() })
        },
        run: { _ async throws(UserFacingError) in
          ran.change { $0 += 1 }
          return GatedResult(value: "ran", succeeded: true, summary: "changed")
        })
    }
    for await approval in cards { return (approval, task) }
    throw GateFixture.NotAsked()
  }

  @Test("FOUND-01 the offered snapshot is taken first where the person wants it, and only then; both are in the audit")
  func snapshotFirst() async throws {
    let fixture = try await GateFixture()
    let (taken, ran) = (Mutable(0), Mutable(0))
    let (card, task) = try await sendWithOffer(
      fixture,
      prepare: { () throws(UserFacingError) in
        #expect(ran.value == 0)
        taken.change { $0 += 1 }
        return "snapshot before"
      }, ran: ran)
    #expect(card.snapshotOffer == "a snapshot of pihole (102) first")
    try await fixture.gate.decide(card.id, .approveWithSnapshot(hash: card.callHash, typed: nil), fromKeyHolder: true)
    #expect(await task.value.hasRun && taken.value == 1 && ran.value == 1)
    let rows = try await fixture.records.latest()
    #expect(rows.map(\.tool) == ["set_guest_config", "create_snapshot"])
    #expect(rows[1].authority == "the card of set_guest_config" && rows[1].approval == card.id)
    let (plain, second) = try await sendWithOffer(
      fixture, prepare: { () throws(UserFacingError) in "snapshot" }, ran: ran)
    try await fixture.approve(plain)
    #expect(await second.value.hasRun)
    #expect(try await fixture.records.latest().count == 3)
    try await fixture.store.close()
  }

  @Test("FOUND-01 a snapshot that fails keeps the call from running; a card without an offer takes no such answer")
  func snapshotFails() async throws {
    let fixture = try await GateFixture()
    let ran = Mutable(0)
    let (card, task) = try await sendWithOffer(
      fixture,
      prepare: { () throws(UserFacingError) in
        throw UserFacingError(.negative, attempted: "take a snapshot", reason: "no space left")
      }, ran: ran)
    try await fixture.gate.decide(card.id, .approveWithSnapshot(hash: card.callHash, typed: nil), fromKeyHolder: true)
    _ = await task.value
    #expect(ran.value == 0)
    if case .failed(let text) = await fixture.state(of: card) {
      #expect(text.contains("no space left"))
    } else {
      Issue.record("not failed")
    }
    let (plain, second) = try await fixture.ask(call("set_guest_config"), target: assessment(.red))
    await #expect(throws: UserFacingError.self) {
      try await fixture.gate.decide(
        plain.id, .approveWithSnapshot(hash: plain.callHash, typed: nil), fromKeyHolder: true)
    }
    second.cancel()
    _ = await second.value
    try await fixture.store.close()
  }

  @Test(
    "FOUND-01 the offered snapshot is weighed like any call: a policy, \"never\" and a higher tier keep it from being taken"
  )
  func snapshotWeighed() async throws {
    let policy = try PolicyFile(path: "policy.yaml").parse("tools: {create_snapshot: red}")
    let never = GateContext(demand: { $0.tool == "create_snapshot" ? .never("never snapshot pihole") : nil })
    for (rules, context, tier) in [
      (SafetyRules(policy: policy), GateContext(), .yellow), (SafetyRules(), never, .yellow),
      (SafetyRules(), GateContext(), .red), (SafetyRules(), GateContext(), .black),
    ] as [(SafetyRules, GateContext, SafetyTier)] {
      let fixture = try await GateFixture(rules: rules, context: context)
      let (taken, ran) = (Mutable(0), Mutable(0))
      let (card, task) = try await sendWithOffer(
        fixture, snapshot: tier,
        prepare: { () throws(UserFacingError) in
          taken.change { $0 += 1 }
          return "snapshot before"
        }, ran: ran)
      try await fixture.gate.decide(card.id, .approveWithSnapshot(hash: card.callHash, typed: nil), fromKeyHolder: true)
      #expect(await !task.value.hasRun && taken.value == 0 && ran.value == 0)
      let row = try #require(try await fixture.records.latest().first { $0.tool == "create_snapshot" })
      #expect(row.result == .refused && row.authority == "the card of set_guest_config")
      try await fixture.store.close()
    }
  }

  @Test("FOUND-01 an expired card can be proposed again once, by the holder, and the new card shows the state of then")
  func proposeAgain() async throws {
    let fixture = try await GateFixture(
      context: GateContext(home: { .known(Home(place: .elsewhere, confirmedAt: noon)) }))
    let target = assessment(.red)
    var secret = call("reboot_guest", ["guest": "102", "password": "correct horse"], by: .runbook)
    secret.runbook = .init(runbook: "book", autonomy: .ask, enabled: false)
    let (card, task) = try await fixture.ask(secret, target: target)
    await #expect(throws: UserFacingError.self) { try await fixture.gate.proposal(card.id, fromKeyHolder: true) }
    while fixture.clock.sleepers == 0 { await Task.yield() }
    fixture.pass(.seconds(300))
    #expect(await task.value.refusal?.kind == .expired)
    #expect(await fixture.gate.approvals.first?.canBeProposedAgain == true)
    await #expect(throws: UserFacingError.self) { try await fixture.gate.proposal(card.id, fromKeyHolder: false) }
    // The real call comes back, not the one that was shown without its secret.
    let again = try await fixture.gate.proposal(card.id, fromKeyHolder: true)
    #expect(again == secret)
    await #expect(throws: UserFacingError.self) { try await fixture.gate.proposal(card.id, fromKeyHolder: true) }
    target.change { ($0.targetState, $0.stateKey) = ("stopped", "stopped") }
    let (fresh, second) = try await fixture.ask(again, target: target)
    #expect(fresh.id != card.id && fresh.targetState == "stopped")
    try await fixture.approve(fresh)
    #expect(await second.value.hasRun)
    await #expect(throws: UserFacingError.self) { try await fixture.gate.proposal(fresh.id, fromKeyHolder: true) }
    try await fixture.store.close()
  }

  @Test("FOUND-01 a runbook's proposal waits with nobody there, and can be answered by whoever comes")
  func nobodyThere() async throws {
    let fixture = try await GateFixture(
      keyHolder: false, context: GateContext(home: { .known(Home(place: .elsewhere, confirmedAt: noon)) }))
    var proposal = call("reboot_guest", by: .runbook)
    proposal.runbook = .init(runbook: "book", autonomy: .act, enabled: true)
    let (card, task) = try await fixture.ask(proposal, target: assessment(.red))
    await fixture.gate.setKeyHolder(attached: true)
    try await fixture.approve(card)
    #expect(await task.value.hasRun)
    try await fixture.store.close()
  }

  @Test("FOUND-01 the card shows what the agent read and what it has cost, without secrets")
  func evidence() async throws {
    let fixture = try await GateFixture()
    var asking = call("reboot_guest")
    asking.evidence = ["journal of pve: token=sk-ant-api03-abcdefghijklmnop", "guest_status: stopped"]
    asking.moneySpent = MicroDollars(12_000)
    let (card, task) = try await fixture.ask(asking, target: assessment(.red))
    #expect(card.evidence.count == 2 && !card.evidence[0].contains("api03") && card.moneySpent == MicroDollars(12_000))
    task.cancel()
    _ = await task.value
    try await fixture.store.close()
  }

  @Test(
    "FOUND-08 a freeze stops a batch that runs at its next safe point, whoever called; what is done stays told",
    arguments: Caller.allCases)
  func safePoint(_ caller: Caller) async throws {
    let freeze = Mutable<Freeze?>(nil)
    let fixture = try await GateFixture(
      killSwitch: SharedKillSwitch(current: freeze),
      context: GateContext(home: { .known(Home(place: .elsewhere, confirmedAt: noon)) }))
    let done = Mutable(0)
    var batch = call("start_guest", by: caller)
    batch.runbook = .init(runbook: "book", autonomy: .ask, enabled: true)
    let (cards, card) = AsyncStream<Approval>.makeStream()
    let task = Task { [batch] in
      await fixture.gate.pass(
        batch, assess: { () async throws(UserFacingError) in assessment(.yellow).value },
        progress: { if case .waiting(let approval) = $0 { card.yield(approval) } },
        run: { safePoint async throws(UserFacingError) in
          for number in 1...5 {
            try await safePoint.pass()
            done.change { $0 = number }
            if number == 2 { freeze.change { $0 = Freeze(reason: "storm", since: noon, by: "screen") } }
          }
          return GatedResult(value: "ran", succeeded: true, summary: "all")
        })
    }
    for await approval in cards {
      try await fixture.approve(approval)
      break
    }
    guard case .failed(let error) = await task.value else {
      Issue.record("it went on")
      return
    }
    #expect(error.reason.contains("storm") && error.reason.contains("safe point"))
    #expect(done.value == 2)
    let row = try #require(try await fixture.records.latest().first)
    #expect(row.result == .failed && row.detail.contains("storm"))
    #expect(await fixture.gate.mayContinueAutonomously() != nil)
    try await fixture.store.close()
  }
}
