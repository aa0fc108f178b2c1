import Foundation
import GRDB
import JarvisAPI
import JarvisSafety
import JarvisStorage
import JarvisTestSupport
import Testing

@Suite struct MutationTests {
  /// A call whose run waits until the test lets it go.
  private struct Held {
    let started = Mutable(false)
    private let gate: AsyncStream<Void>
    private let release: AsyncStream<Void>.Continuation

    init() { (gate, release) = AsyncStream.makeStream() }

    func finish() { release.finish() }

    func run() async -> GatedResult<String> {
      started.change { $0 = true }
      // A run of its own task: the caller's cancellation must not reach it.
      #expect(!Task.isCancelled)
      for await _ in gate {}
      return GatedResult(value: "ran", succeeded: true, summary: "done")
    }
  }

  private func send(_ held: Held, _ guest: Int, in fixture: GateFixture) async -> (
    Approval, Task<GateOutcome<String>, Never>
  ) {
    let (cards, card) = AsyncStream<Approval>.makeStream()
    let target = assessment(.yellow)
    let task = Task {
      await fixture.gate.pass(
        call("start_guest", ["guest": .int(guest)]), assess: { () async throws(UserFacingError) in target.value },
        progress: { if case .waiting(let approval) = $0 { card.yield(approval) } },
        run: { _ async throws(UserFacingError) in await held.run() })
    }
    var approval: Approval?
    for await made in cards {
      approval = made
      break
    }
    return (approval!, task)  // The loop ends by its break only.
  }

  @Test("FOUND-01 mutations run one at a time, in the order of their consent")
  func oneAtATime() async throws {
    let fixture = try await GateFixture()
    let (first, second) = (Held(), Held())
    let (cardA, taskA) = await send(first, 1, in: fixture)
    let (cardB, taskB) = await send(second, 2, in: fixture)
    try await fixture.approve(cardA)
    while !first.started.value { await Task.yield() }
    try await fixture.approve(cardB)
    // A read passes while a mutation runs.
    #expect(await fixture.send(call("list_guests"), target: assessment(.green)).hasRun)
    for _ in 0..<1_000 { await Task.yield() }
    #expect(!second.started.value)
    first.finish()
    #expect(await taskA.value.hasRun)
    while !second.started.value { await Task.yield() }
    second.finish()
    #expect(await taskB.value.hasRun)
    try await fixture.store.close()
  }

  @Test("FOUND-04 a mutation that has begun is finished and recorded although its caller is stopped")
  func finishedAfterCancel() async throws {
    let fixture = try await GateFixture()
    let held = Held()
    let (card, task) = await send(held, 1, in: fixture)
    try await fixture.approve(card)
    while !held.started.value { await Task.yield() }
    #expect(try await fixture.records.latest().first?.result == .running)
    task.cancel()
    held.finish()
    #expect(await task.value.hasRun)
    #expect(await fixture.state(of: card) == .done("done"))
    #expect(try await fixture.records.latest().first?.result == .succeeded)
    try await fixture.store.close()
  }

  @Test("FOUND-01 stopped while it waits for its turn, a call does not run")
  func cancelledInLine() async throws {
    let fixture = try await GateFixture()
    let (first, second) = (Held(), Held())
    let (cardA, taskA) = await send(first, 1, in: fixture)
    let (cardB, taskB) = await send(second, 2, in: fixture)
    try await fixture.approve(cardA)
    while !first.started.value { await Task.yield() }
    try await fixture.approve(cardB)
    taskB.cancel()
    first.finish()
    #expect(await taskA.value.hasRun)
    #expect(await taskB.value.isCancelled)
    #expect(!second.started.value)
    try await fixture.store.close()
  }

  @Test("FOUND-01 what cannot be recorded does not run")
  func unrecorded() async throws {
    let fixture = try await GateFixture()
    let ran = Mutable(0)
    let (approval, task) = try await fixture.ask(call("reboot_guest"), target: assessment(.red), ran: ran)
    try await fixture.store.write("break the record") { db in
      // A disk that is full now would do the same: the row cannot be added, although the database can be written.
      try db.execute(sql: "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END")
    }
    try await fixture.approve(approval)
    #expect(await task.value.refusal?.kind == .unrecorded)
    #expect(ran.value == 0)
    #expect(await fixture.state(of: approval)?.hasEnded == true)
    // Reading goes on.
    #expect(await fixture.send(call("list_guests"), target: assessment(.green)).hasRun)
    try await fixture.store.close()
  }

  @Test("FOUND-01 secrets in arguments and reasons reach neither card nor record; the hash is of the real call")
  func redacted() async throws {
    let fixture = try await GateFixture()
    var secret = call(
      "start_guest", ["guest": "102", "password": "correct horse", "note": "sk-ant-api03-abcdefghijklmnop"])
    secret.why = "use https://root:hunter22@pve:8006 for it"
    let (approval, task) = try await fixture.ask(secret, target: assessment(.yellow))
    #expect(approval.callHash == secret.hash)
    try await fixture.approve(approval)
    #expect(await task.value.hasRun)
    let row = try #require(try await fixture.records.latest().first)
    for text in [approval.arguments.text, approval.why, row.arguments, row.why] {
      for word in ["correct horse", "sk-ant-api03", "hunter22"] { #expect(!text.contains(word)) }
    }
    #expect(row.arguments.contains("‹secret:") && row.why.contains("root:‹secret:"))
    try await fixture.store.close()
  }
}
