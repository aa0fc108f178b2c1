import JarvisAPI
import JarvisSafety
import JarvisStorage
import Testing

/// Every tool × every caller × every state the gate can be in.
@Suite struct TierMatrixTests {
  enum Situation: String, CaseIterable {
    case normal, readOnly, nobodyToAsk, frozen, unreadable
  }

  static let tools = TierTable.standard.allowedTools + ["destroy_guest", "reboot_node", "no_such_tool", ""]

  @Test(
    "TEST-02 FOUND-01 FOUND-08 GREEN always runs, YELLOW and RED never unasked, BLACK never", arguments: tools,
    Caller.allCases)
  func matrix(tool: String, caller: Caller) async throws {
    let tier = TierTable.standard.rule(for: tool).tier
    for situation in Situation.allCases {
      let fixture = try await fixture(situation)
      let ran = Mutable(0)
      // A tool that calls itself GREEN: the table's floor must hold all the same.
      let mild = assessment(.green)
      let asked = Mutable<Approval?>(nil)
      let sending = Task {
        await fixture.send(call(tool, by: caller), target: mild, ran: ran) { [asked] in
          if case .waiting(let approval) = $0 { asked.change { $0 = approval } }
        }
      }
      let expectsCard = situation == .normal && (tier == .yellow || tier == .red)
      if expectsCard {
        while asked.value == nil { await Task.yield() }
        #expect(ran.value == 0, "\(tool) ran unasked")
        let approval = try #require(asked.value)
        #expect(approval.tier == tier)
        #expect(approval.consent == (tier == .yellow ? .yes : .capitalYes))
        try await fixture.approve(approval)
      }
      let outcome = await sending.value
      switch (tier, situation) {
      case (.green, _): #expect(outcome.hasRun && ran.value == 1)
      case (.black, _): #expect(outcome.refusal?.kind == .black && ran.value == 0)
      case (_, .normal): #expect(outcome.hasRun && ran.value == 1)
      case (_, .readOnly): #expect(outcome.refusal?.kind == .readOnly && ran.value == 0)
      case (_, .nobodyToAsk): #expect(outcome.refusal?.kind == .nobodyToAsk && ran.value == 0)
      case (_, .frozen), (_, .unreadable): #expect(outcome.refusal?.kind == .frozen && ran.value == 0)
      }
      if let refusal = outcome.refusal {
        #expect(!refusal.reason.isEmpty && !refusal.advice.isEmpty)
        #expect(refusal.userFacing.exitCode == 5)
      }
      let record = try #require(try await fixture.records.latest().first)
      #expect(record.caller == caller && record.tier == tier)
      #expect(record.result == (ran.value == 1 ? .succeeded : .refused))
      #expect(record.approval == (expectsCard ? ApprovalID(rawValue: 1) : nil))
      try await fixture.store.close()
    }
  }

  private func fixture(_ situation: Situation) async throws -> GateFixture {
    switch situation {
    case .normal: try await GateFixture()
    case .readOnly: try await GateFixture(readOnly: true)
    case .nobodyToAsk: try await GateFixture(keyHolder: false)
    case .frozen:
      try await GateFixture(killSwitch: SharedKillSwitch(current: Mutable(.frozen(reason: "storm", until: nil))))
    case .unreadable: try await GateFixture(killSwitch: BrokenKillSwitch())
    }
  }

  @Test("FOUND-01 a tool may raise a call above its floor, up to BLACK, and never below")
  func raising() async throws {
    let fixture = try await GateFixture()
    let ran = Mutable(0)
    let raised = await fixture.send(call("list_guests"), target: assessment(.black), ran: ran)
    #expect(raised.refusal?.kind == .black)
    #expect(raised.refusal?.reason == "the tool's own rule")
    let (approval, task) = try await fixture.ask(call("start_guest"), target: assessment(.red), ran: ran)
    #expect(approval.tier == .red && approval.consent == .capitalYes)
    task.cancel()
    #expect(await task.value.isCancelled)
    #expect(ran.value == 0)
    try await fixture.store.close()
  }

  @Test("FOUND-01 an unknown tool is refused with the nearest that is allowed")
  func nearest() {
    let table = TierTable.standard
    #expect(table.rule(for: "restart_guest").alternative.contains("start_guest"))
    #expect(table.rule(for: "guest_stat").alternative.contains("guest_status"))
    #expect(table.rule(for: "destroy_guest").alternative.contains("stop_guest"))
    #expect(table.rule(for: "no_such_tool").tier == .black)
    #expect(table.rule(for: "rm\u{1B}[31m -rf").rule.contains("\u{1B}") == false)
  }

  @Test("FOUND-08 a freeze between consent and run stops the call")
  func frozenMeanwhile() async throws {
    let freeze = Mutable(FreezeState.off)
    let fixture = try await GateFixture(killSwitch: SharedKillSwitch(current: freeze))
    let ran = Mutable(0)
    let (approval, task) = try await fixture.ask(call("reboot_guest"), target: assessment(.red), ran: ran)
    freeze.change { $0 = .frozen(reason: "storm", until: noon) }
    try await fixture.approve(approval)
    #expect(await task.value.refusal?.kind == .frozen)
    #expect(ran.value == 0)
    try await fixture.store.close()
  }
}
