import Foundation
import JarvisAPI
import JarvisSafety
import JarvisStorage
import JarvisTestSupport
import Testing

@Suite struct ApprovalTests {
  @Test("FOUND-01 the card holds the exact call, and becomes the receipt")
  func receipt() async throws {
    let fixture = try await GateFixture()
    let (approval, task) = try await fixture.ask(call("reboot_guest"), target: assessment(.red))
    #expect(approval.tool == "reboot_guest" && approval.arguments == ["guest": "102"])
    #expect(approval.callHash == call("reboot_guest").hash && approval.callHash.count == 64)
    #expect(approval.callHash != call("reboot_guest", ["guest": "103"]).hash)
    #expect(approval.callHash != call("stop_guest").hash)
    #expect(approval.expiresAt == noon + 300)
    #expect(approval.impact == ["dns"] && approval.undo == "/start 102" && approval.why == "restart pihole")
    try await fixture.approve(approval)
    #expect(await task.value.hasRun)
    #expect(await fixture.state(of: approval) == .done("running, up 4 s"))
    var seen: [Approval.State] = []
    for await change in fixture.gate.changes {
      seen.append(change.state)
      if change.state.hasEnded { break }
    }
    #expect(seen == [.pending, .running, .done("running, up 4 s")])
    let record = try #require(try await fixture.records.latest().first)
    #expect(record.result == .succeeded && record.detail == "running, up 4 s" && record.callHash == approval.callHash)
    try await fixture.store.close()
  }

  @Test("FOUND-01 what ran and was not read back as wanted is no success on card and record")
  func failedReceipt() async throws {
    let fixture = try await GateFixture()
    let (approval, task) = try await fixture.ask(call("start_guest"), target: assessment(.yellow), succeeds: false)
    try await fixture.approve(approval)
    #expect(await task.value.hasRun)
    #expect(await fixture.state(of: approval) == .failed("still stopped"))
    #expect(try await fixture.records.latest().first?.result == .failed)
    try await fixture.store.close()
  }

  @Test("FOUND-01 no answer within five minutes is a no")
  func expiry() async throws {
    let fixture = try await GateFixture()
    let ran = Mutable(0)
    let (approval, task) = try await fixture.ask(call("reboot_guest"), target: assessment(.red), ran: ran)
    while fixture.clock.sleepers == 0 { await Task.yield() }
    fixture.pass(.seconds(299))
    while fixture.clock.sleepers == 0 { await Task.yield() }
    #expect(await fixture.state(of: approval) == .pending)
    fixture.pass(.seconds(5))
    #expect(await task.value.refusal?.kind == .expired)
    #expect(await fixture.state(of: approval) == .expired)
    await #expect(throws: UserFacingError.self) { try await fixture.approve(approval) }
    #expect(ran.value == 0)
    try await fixture.store.close()
  }

  /// Steps of the wall clock and of the monotonic one, and how an answer after them must end.
  @Test(
    "FOUND-01 a clock that jumps never lengthens an approval's life",
    arguments: [
      (wall: 10.0, monotonic: 301, end: GateRefusal.Kind.expired),
      (wall: 301.0, monotonic: 1, end: .expired),
      (wall: 86_400.0, monotonic: 0, end: .expired),
      (wall: -3_600.0, monotonic: 10, end: .void),
      (wall: -3_600.0, monotonic: 400, end: .expired),
    ])
  func clockJump(wall: Double, monotonic: Int, end: GateRefusal.Kind) async throws {
    let fixture = try await GateFixture()
    let ran = Mutable(0)
    let (approval, task) = try await fixture.ask(call("reboot_guest"), target: assessment(.red), ran: ran)
    fixture.wall.change { $0 += wall }
    fixture.clock.advance(by: .seconds(monotonic))
    await #expect(throws: UserFacingError.self) { try await fixture.approve(approval) }
    #expect(await task.value.refusal?.kind == end)
    #expect(ran.value == 0)
    try await fixture.store.close()
  }

  @Test("FOUND-01 a clock put right by some seconds voids nothing")
  func smallStep() async throws {
    let fixture = try await GateFixture()
    let (approval, task) = try await fixture.ask(call("reboot_guest"), target: assessment(.red))
    fixture.wall.change { $0 -= 20 }
    try await fixture.approve(approval)
    #expect(await task.value.hasRun)
    try await fixture.store.close()
  }

  @Test("FOUND-01 of many racing answers exactly one counts, and the call runs once")
  func race() async throws {
    let fixture = try await GateFixture()
    let ran = Mutable(0)
    let (approval, task) = try await fixture.ask(call("reboot_guest"), target: assessment(.red), ran: ran)
    let accepted = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<40 {
        group.addTask {
          let decision: ApprovalDecision =
            number.isMultiple(of: 2) ? .approve(hash: approval.callHash, typed: nil) : .refuse(reason: "no")
          do throws(UserFacingError) {
            try await fixture.gate.decide(approval.id, decision, fromKeyHolder: true)
            return true
          } catch {
            #expect(error.kind == .refused)
            return false
          }
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(accepted == 1)
    let outcome = await task.value
    #expect(outcome.hasRun ? ran.value == 1 : ran.value == 0 && outcome.refusal?.kind == .refused)
    try await fixture.store.close()
  }

  @Test("FOUND-01 only the holder of the key decides, and only this very call")
  func wrongAnswers() async throws {
    let fixture = try await GateFixture()
    let ran = Mutable(0)
    let (approval, task) = try await fixture.ask(
      call("stop_guest"), target: assessment(.red, typedWord: "pihole"), ran: ran)
    #expect(approval.consent == .typed("pihole"))
    let right = ApprovalDecision.approve(hash: approval.callHash, typed: "pihole")
    await #expect(throws: UserFacingError.self) {
      try await fixture.gate.decide(approval.id, right, fromKeyHolder: false)
    }
    await #expect(throws: UserFacingError.self) {
      try await fixture.gate.decide(ApprovalID(rawValue: 99), right, fromKeyHolder: true)
    }
    let otherHash = call("stop_guest", ["guest": "100"]).hash
    await #expect(throws: UserFacingError.self) {
      try await fixture.gate.decide(approval.id, .approve(hash: otherHash, typed: "pihole"), fromKeyHolder: true)
    }
    for word in [nil, "", "Pihole", "pihol", "y", "101"] {
      await #expect(throws: UserFacingError.self) { try await fixture.approve(approval, typed: word) }
    }
    #expect(await fixture.state(of: approval) == .pending)
    #expect(ran.value == 0)
    try await fixture.approve(approval, typed: " 102 ")
    #expect(await task.value.hasRun)
    await #expect(throws: UserFacingError.self) { try await fixture.approve(approval, typed: "pihole") }
    #expect(ran.value == 1)
    try await fixture.store.close()
  }

  @Test("FOUND-01 a refusal carries the person's reason, without control characters and secrets")
  func refusal() async throws {
    let fixture = try await GateFixture()
    let (approval, task) = try await fixture.ask(call("reboot_guest"), target: assessment(.red))
    try await fixture.gate.decide(
      approval.id, .refuse(reason: "not now,\u{1B}[31m guests are here; password=hunter22"), fromKeyHolder: true)
    let reason = try #require(await task.value.refusal?.reason)
    #expect(reason.hasPrefix("the person refused: not now, guests are here; password=‹secret:"))
    #expect(!reason.contains("hunter22"))
    #expect(try await fixture.records.latest().first?.detail == reason)
    try await fixture.store.close()
  }

  @Test("FOUND-01 a target that is no longer as shown voids the approval", arguments: [0, 1, 2, 3, 4])
  func changed(what: Int) async throws {
    let fixture = try await GateFixture()
    let ran = Mutable(0)
    let target = assessment(.yellow)
    let (approval, task) = try await fixture.ask(call("start_guest"), target: target, ran: ran)
    target.change {
      switch what {
      case 0: $0.stateKey = "running|4712"
      case 1: $0.target = "pihole (102) on home"
      case 2: $0.tier = .red
      case 3: $0.plan.append("POST elsewhere")
      default: $0.typedWord = "pihole"
      }
    }
    try await fixture.approve(approval)
    #expect(await task.value.refusal?.kind == .void)
    guard case .void(let reason)? = await fixture.state(of: approval) else {
      Issue.record("the approval is not void")
      return
    }
    #expect(!reason.isEmpty)
    #expect(ran.value == 0)
    try await fixture.store.close()
  }

  @Test("FOUND-01 what moves by itself voids nothing")
  func uptimeMoves() async throws {
    let fixture = try await GateFixture()
    let target = assessment(.red)
    let (approval, task) = try await fixture.ask(call("reboot_guest"), target: target)
    target.change { $0.targetState = "running, up 4 d" }
    try await fixture.approve(approval)
    #expect(await task.value.hasRun)
    try await fixture.store.close()
  }

  @Test("FOUND-04 stopping the caller takes the question back")
  func cancelledWait() async throws {
    let fixture = try await GateFixture()
    let ran = Mutable(0)
    let (approval, task) = try await fixture.ask(call("reboot_guest"), target: assessment(.red), ran: ran)
    task.cancel()
    #expect(await task.value.isCancelled)
    #expect(await fixture.state(of: approval)?.hasEnded == true)
    await #expect(throws: UserFacingError.self) { try await fixture.approve(approval) }
    #expect(ran.value == 0)
    #expect(try await fixture.records.latest().first?.result == .cancelled)
    try await fixture.store.close()
  }

  @Test("FOUND-01 more cards than a person can oversee are refused")
  func tooMany() async throws {
    let fixture = try await GateFixture()
    var tasks: [Task<GateOutcome<String>, Never>] = []
    for number in 0..<16 {
      tasks.append(try await fixture.ask(call("start_guest", ["guest": .int(number)]), target: assessment(.yellow)).1)
    }
    let outcome = await fixture.send(call("start_guest"), target: assessment(.yellow))
    #expect(outcome.refusal?.kind == .tooMany)
    for task in tasks {
      task.cancel()
      _ = await task.value
    }
    try await fixture.store.close()
  }

  @Test("FOUND-01 an answer that comes before the call has begun to wait is not lost")
  func early() async throws {
    let fixture = try await GateFixture()
    let gate = fixture.gate
    let listener = Task {
      for await approval in gate.changes where approval.state == .pending {
        // As a screen does that is told of the card; and as one that found it in the list at the same time.
        try? await gate.decide(approval.id, .approve(hash: approval.callHash, typed: nil), fromKeyHolder: true)
      }
    }
    let eager = Task {
      while !Task.isCancelled {
        for approval in await gate.approvals where approval.state == .pending {
          // One of the two is too late; which one does not matter.
          try? await gate.decide(approval.id, .approve(hash: approval.callHash, typed: nil), fromKeyHolder: true)
        }
        await Task.yield()
      }
    }
    for _ in 0..<40 { #expect(await fixture.send(call("start_guest"), target: assessment(.yellow)).hasRun) }
    listener.cancel()
    eager.cancel()
    try await fixture.store.close()
  }
}
