import JarvisAPI
import JarvisSafety
import JarvisStorage
import JarvisTestSupport
import Testing

@Suite struct AllowanceTests {
  private func allowed(
    _ fixture: GateFixture, _ call: GatedCall = call("start_guest"),
    target: Mutable<CallAssessment> = assessment(.yellow)
  ) async throws {
    let (card, task) = try await fixture.ask(call, target: target)
    #expect(card.allowable)
    try await fixture.gate.decide(card.id, .approveAndAllow(hash: card.callHash), fromKeyHolder: true)
    #expect(await task.value.hasRun)
  }

  @Test("FOUND-01 what was allowed runs again unasked, is listed with its uses, and is in the audit with its authority")
  func again() async throws {
    let fixture = try await GateFixture()
    try await allowed(fixture)
    #expect(await fixture.send(call("start_guest"), target: assessment(.yellow)).hasRun)
    let allowance = try #require(await fixture.gate.currentAllowances.first)
    #expect(allowance.tool == "start_guest" && allowance.target == "pihole (102) on agent" && allowance.uses == 1)
    let row = try #require(try await fixture.records.latest().first)
    #expect(row.authority == "allowance 1" && row.approval == nil && row.result == .succeeded)
    #expect(try await fixture.records.latestRows([.allow]).count == 1)
    try await fixture.store.close()
  }

  @Test(
    "FOUND-01 another tool, target, caller, a raised tier or a turn that read untrusted text is asked for all the same")
  func narrow() async throws {
    let fixture = try await GateFixture()
    try await allowed(fixture)
    let elsewhere = assessment(.yellow)
    elsewhere.change { $0.target = "web (103) on agent" }
    var untrusted = call("start_guest")
    untrusted.untrustedRead = true
    let others: [(GatedCall, Mutable<CallAssessment>)] = [
      (call("create_snapshot"), assessment(.yellow)), (call("start_guest"), elsewhere),
      (call("start_guest", by: .mcp), assessment(.yellow)), (call("start_guest"), assessment(.red)),
      (untrusted, assessment(.yellow)),
    ]
    for (call, target) in others {
      let (card, task) = try await fixture.ask(call, target: target)
      #expect(card.allowable == (!call.untrustedRead && target.value.tier == .yellow))
      #expect(card.untrustedRead == call.untrustedRead)
      try await fixture.gate.decide(card.id, .refuse(reason: ""), fromKeyHolder: true)
      #expect(await task.value.refusal?.kind == .refused)
    }
    try await fixture.store.close()
  }

  @Test("FOUND-01 an allowance binds every argument but the name of what is made, and says so on the card")
  func arguments() async throws {
    let fixture = try await GateFixture()
    func snapshot(_ name: String, memory: Bool? = nil) -> GatedCall {
      var arguments: [String: JSONValue] = ["guest": "102", "name": .string(name)]
      if let memory { arguments["memory"] = .bool(memory) }
      return call("create_snapshot", .object(arguments))
    }
    let (card, task) = try await fixture.ask(snapshot("a", memory: false), target: assessment(.yellow))
    #expect(
      card.allowanceScope
        == "create_snapshot on pihole (102) on agent with exactly memory=false, whatever description and name, asked by the model"
    )
    try await fixture.gate.decide(card.id, .approveAndAllow(hash: card.callHash), fromKeyHolder: true)
    #expect(await task.value.hasRun)
    #expect(await fixture.gate.currentAllowances.first?.scope == card.allowanceScope)
    #expect(await fixture.send(snapshot("b", memory: false), target: assessment(.yellow)).hasRun)
    for other in [snapshot("c", memory: true), snapshot("c")] {
      let (asked, second) = try await fixture.ask(other, target: assessment(.yellow))
      try await fixture.gate.decide(asked.id, .refuse(reason: ""), fromKeyHolder: true)
      _ = await second.value
    }
    let (backup, third) = try await fixture.ask(
      call("backup_guest", ["guest": "102", "storage": "vault"]), target: assessment(.yellow))
    try await fixture.gate.decide(backup.id, .approveAndAllow(hash: backup.callHash), fromKeyHolder: true)
    _ = await third.value
    let (red, fourth) = try await fixture.ask(
      call("backup_guest", ["guest": "102", "storage": "offsite"]), target: assessment(.yellow))
    #expect(red.allowanceScope?.contains("storage=offsite") == true)
    fourth.cancel()
    _ = await fourth.value
    let (plain, fifth) = try await fixture.ask(call("stop_guest"), target: assessment(.red))
    #expect(plain.allowanceScope == nil)
    fifth.cancel()
    _ = await fifth.value
    try await fixture.store.close()
  }

  @Test("FOUND-01 of a command only the exact text on one node is allowed")
  func exactText() async throws {
    let fixture = try await GateFixture()
    func run(_ command: String, on node: String) -> (GatedCall, Mutable<CallAssessment>) {
      let target = assessment(.yellow)
      target.change { $0.target = node }
      return (call("run_command", ["node": .string(node), "command": .string(command)]), target)
    }
    let (first, target) = run("systemctl restart nginx", on: "pve")
    try await allowed(fixture, first, target: target)
    #expect(await fixture.send(first, target: target).hasRun)
    #expect(await fixture.gate.currentAllowances.first?.exactText == "systemctl restart nginx")
    for (command, node) in [
      ("systemctl restart nginx ", "pve"), ("systemctl restart nginx; id", "pve"), ("systemctl restart nginx", "agent"),
    ] {
      let (call, target) = run(command, on: node)
      let (card, task) = try await fixture.ask(call, target: target)
      task.cancel()
      #expect(await task.value.isCancelled, "\(card.target)")
    }
    try await fixture.store.close()
  }

  @Test("FOUND-01 RED, a batch and a card without a target cannot be allowed, and the wrong hash allows nothing")
  func notAllowable() async throws {
    let fixture = try await GateFixture()
    let batch = assessment(.yellow)
    batch.change { $0.targets = [.init(name: "a", state: "running"), .init(name: "b", state: "running")] }
    let nameless = assessment(.yellow)
    nameless.change { $0.target = "" }
    for target in [assessment(.red), batch, nameless] {
      let (card, task) = try await fixture.ask(call("start_guest"), target: target)
      #expect(!card.allowable)
      await #expect(throws: UserFacingError.self) {
        try await fixture.gate.decide(card.id, .approveAndAllow(hash: card.callHash), fromKeyHolder: true)
      }
      #expect(await fixture.state(of: card) == .pending)
      task.cancel()
      _ = await task.value
    }
    let (card, task) = try await fixture.ask(call("start_guest"), target: assessment(.yellow))
    await #expect(throws: UserFacingError.self) {
      try await fixture.gate.decide(card.id, .approveAndAllow(hash: "ffff"), fromKeyHolder: true)
    }
    task.cancel()
    _ = await task.value
    #expect(await fixture.gate.currentAllowances.isEmpty)
    try await fixture.store.close()
  }

  enum End: CaseIterable { case detach, freeze, revoke }

  @Test(
    "FOUND-01 FOUND-08 allowances end with the screen, with a freeze, and when they are taken back",
    arguments: End.allCases)
  func ends(_ end: End) async throws {
    let freeze = Mutable<Freeze?>(nil)
    let fixture = try await GateFixture(killSwitch: SharedKillSwitch(current: freeze))
    try await allowed(fixture)
    switch end {
    case .detach:
      await fixture.gate.setKeyHolder(attached: false)
      await fixture.gate.setKeyHolder(attached: true)
    case .freeze:
      freeze.change { $0 = Freeze(reason: "storm", since: noon, by: "screen") }
      #expect(await fixture.send(call("start_guest"), target: assessment(.yellow)).refusal?.kind == .frozen)
      freeze.change { $0 = nil }
    case .revoke:
      await #expect(throws: UserFacingError.self) {
        try await fixture.gate.revoke(AllowanceID(rawValue: 1), fromKeyHolder: false)
      }
      try await fixture.gate.revoke(AllowanceID(rawValue: 1), fromKeyHolder: true)
    }
    #expect(await fixture.gate.currentAllowances.isEmpty)
    let (_, task) = try await fixture.ask(call("start_guest"), target: assessment(.yellow))
    task.cancel()
    _ = await task.value
    #expect(try await fixture.records.latestRows([.revoke]).count == 1)
    try await fixture.store.close()
  }
}
