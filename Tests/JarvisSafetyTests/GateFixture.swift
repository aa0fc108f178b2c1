import Foundation
import GRDB
import JarvisAPI
import JarvisLock
import JarvisSafety
import JarvisStorage
import JarvisTestSupport

let noon = Date(timeIntervalSince1970: 1_795_435_200)

/// A gate on a throw-away store, with clocks that only the test moves.
struct GateFixture {
  let directory: TemporaryDirectory
  let store: DataStore
  let records: AuditLog
  let gate: Gate
  let clock = ControlledClock()
  let wall = Mutable(noon)

  init(
    readOnly: Bool = false, killSwitch: any KillSwitch = NoKillSwitch(), keyHolder: Bool = true,
    rules: SafetyRules = SafetyRules(), context: GateContext = GateContext()
  ) async throws {
    directory = try TemporaryDirectory()
    var migrator = DatabaseMigrator()
    AuditSchema.register(in: &migrator)
    store = try DataStore.throwAway(under: directory.path, migrations: migrator)
    records = AuditLog(store: store)
    gate = Gate(
      records: records, redactor: Redactor(salt: [1, 2, 3]), killSwitch: killSwitch, rules: rules, context: context,
      readOnly: readOnly,
      time: GateTime(now: { [wall] in wall.value }, clock: clock))
    await gate.setKeyHolder(attached: keyHolder)
  }

  /// Moves both clocks.
  func pass(_ duration: Duration) {
    wall.change { $0 += duration / .seconds(1) }
    clock.advance(by: duration)
  }

  /// Sends a call through and gives its outcome; `run` counts.
  func send(
    _ call: GatedCall, target: Mutable<CallAssessment>, ran: Mutable<Int> = Mutable(0), succeeds: Bool = true,
    onProgress: @escaping @Sendable (GateProgress) -> Void = { _ in }
  ) async -> GateOutcome<String> {
    await gate.pass(
      call, assess: { () async throws(UserFacingError) in target.value }, progress: onProgress,
      run: { _ async throws(UserFacingError) in
        ran.change { $0 += 1 }
        return GatedResult(value: "ran", succeeded: succeeds, summary: succeeds ? "running, up 4 s" : "still stopped")
      })
  }

  /// Sends a call that will be asked for, and waits until its card is there.
  func ask(
    _ call: GatedCall, target: Mutable<CallAssessment>, ran: Mutable<Int> = Mutable(0), succeeds: Bool = true
  ) async throws -> (Approval, Task<GateOutcome<String>, Never>) {
    let (cards, card) = AsyncStream<Approval>.makeStream()
    let task = Task {
      let outcome = await send(call, target: target, ran: ran, succeeds: succeeds) {
        if case .waiting(let approval) = $0 { card.yield(approval) }
      }
      card.finish()
      return outcome
    }
    for await approval in cards { return (approval, task) }
    throw NotAsked()
  }

  /// The call ended without a card.
  struct NotAsked: Error {}

  func approve(_ approval: Approval, typed: String? = nil) async throws(UserFacingError) {
    try await gate.decide(approval.id, .approve(hash: approval.callHash, typed: typed), fromKeyHolder: true)
  }

  func state(of approval: Approval) async -> Approval.State? {
    await gate.approvals.first { $0.id == approval.id }?.state
  }
}

/// A value that closures and tests share.
final class Mutable<Value: Sendable>: Sendable {
  private let box: Guarded<Value>
  init(_ value: Value) { box = Guarded(value) }
  var value: Value { box.withLock { $0 } }
  func change(_ body: (inout Value) -> Void) { box.withLock { body(&$0) } }
}

struct BrokenKillSwitch: KillSwitch {
  struct Unreadable: Error {}
  func state() throws -> Freeze? { throw Unreadable() }
}

struct SharedKillSwitch: KillSwitch {
  let current: Mutable<Freeze?>
  func state() -> Freeze? { current.value }
}

func call(_ tool: String, _ arguments: JSONValue = ["guest": "102"], by caller: Caller = .model) -> GatedCall {
  GatedCall(tool: tool, arguments: arguments, caller: caller, why: "restart pihole")
}

func assessment(_ tier: SafetyTier, typedWord: String? = nil) -> Mutable<CallAssessment> {
  Mutable(
    CallAssessment(
      tier: tier, rule: "the tool's own rule", target: "pihole (102) on agent", targetState: "running, up 3 d",
      stateKey: "running|4711", plan: ["POST /nodes/agent/lxc/102/status/reboot"], impact: ["dns"], undo: "/start 102",
      typedWord: typedWord, typedAlternatives: typedWord == nil ? [] : ["102"]))
}

extension GateOutcome {
  var refusal: GateRefusal? { if case .refused(let refusal) = self { refusal } else { nil } }
  var hasRun: Bool { if case .ran = self { true } else { false } }
  var isCancelled: Bool { if case .cancelled = self { true } else { false } }
}
