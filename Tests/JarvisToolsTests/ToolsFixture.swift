import Foundation
import GRDB
import JarvisAPI
import JarvisCluster
import JarvisLock
import JarvisSafety
import JarvisStorage
import JarvisTestSupport
import JarvisTools

/// All tools on a scripted cluster, behind a real gate and a throw-away record.
struct ToolsFixture {
  let directory: TemporaryDirectory
  let store: DataStore
  let records: AuditLog
  let gate: Gate
  let cluster: ScriptedCluster
  let box: ToolBox
  let tools: [any Tool]

  init(_ cluster: ScriptedCluster = ScriptedCluster(), readOnly: Bool = false) async throws {
    self.cluster = cluster
    directory = try TemporaryDirectory()
    var migrator = DatabaseMigrator()
    AuditSchema.register(in: &migrator)
    store = try DataStore.throwAway(under: directory.path, migrations: migrator)
    records = AuditLog(store: store)
    let redactor = Redactor(salt: [1])
    gate = Gate(
      records: records, redactor: redactor, readOnly: readOnly,
      time: GateTime(now: { noon }, clock: ControlledClock()))
    await gate.setKeyHolder(attached: true)
    tools = StandardTools.all(
      ToolContext(
        cluster: cluster, now: { noon }, clock: SteppingClock(), timeZone: TimeZone(identifier: "Europe/Zurich")!))
    box = ToolBox(tools: tools, gate: gate, redactor: redactor, now: { noon }, clock: ControlledClock())
  }

  func tool(_ name: String) -> any Tool { tools.first { $0.name == name }! }

  /// Calls a tool that only reads, or is to be refused before anybody is asked.
  func call(_ tool: String, _ arguments: JSONValue = [:], limit: Int = ToolBox.standardLimit) async -> ToolOutcome {
    await box.call(
      GatedCall(tool: tool, arguments: arguments, caller: .model, why: "test"), id: "1", limit: limit)
  }

  func json(_ outcome: ToolOutcome) throws -> JSONValue { try JSONValue(parsing: outcome.content) }

  /// Calls a mutation and answers its card; `meanwhile` happens between card and answer.
  func decide(
    _ tool: String, _ arguments: JSONValue, _ decision: @escaping @Sendable (Approval) -> ApprovalDecision,
    meanwhile: @escaping @Sendable () -> Void = {}
  ) async throws -> (ToolOutcome, Approval?, [ToolActivity.State]) {
    let states = Guarded<[ToolActivity.State]>([])
    let (waits, waiting) = AsyncStream<ApprovalID>.makeStream()
    let task = Task {
      let outcome = await box.call(
        GatedCall(tool: tool, arguments: arguments, caller: .model, why: "test"), id: "1"
      ) { activity in
        states.withLock { $0.append(activity.state) }
        if case .waitingForApproval(let id) = activity.state { waiting.yield(id) }
      }
      waiting.finish()
      return outcome
    }
    var card: Approval?
    for await id in waits {
      card = await gate.approvals.first { $0.id == id }
      meanwhile()
      try await gate.decide(id, decision(card!), fromKeyHolder: true)
    }
    return (await task.value, card, states.withLock { $0 })
  }

  func approve(
    _ tool: String, _ guest: String, typed: String? = nil, meanwhile: @escaping @Sendable () -> Void = {}
  ) async throws -> (ToolOutcome, Approval?, [ToolActivity.State]) {
    try await decide(
      tool, ["guest": .string(guest)], { .approve(hash: $0.callHash, typed: typed) }, meanwhile: meanwhile)
  }
}
