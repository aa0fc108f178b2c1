import JarvisAPI
import JarvisCluster
import JarvisSafety

/// One change, prepared from data read just now: what it will do, how it is sent, and how its effect is looked at.
///
/// Tools only prepare changes; `ChangeRun` alone carries them out, so that none can report a success it has not read.
struct Change: Sendable {
  /// The verb of receipts: "reboot", "snapshot".
  var action: String
  var assessment: CallAssessment
  /// Sends it; the task, or nil where the cluster carried it out at once.
  var send: @Sendable () async throws(ProxmoxError) -> UPID?
  /// The tasks that a lost answer may have named.
  var trace: TaskTrace
  /// How long to look for the effect once the task has ended.
  var readBack: Duration
  /// How long the task may take; nil for the usual patience.
  var taskPatience: Duration?
  /// Looks in a row that must agree: two where what was reached can fall back, as a guest that dies after its start.
  var confirmations = 1
  /// True where HA carries the wish out: the task's end says only that it was recorded.
  var wishOnly = false
  /// One look at the target: the state, and whether it is what was wanted.
  var look: @Sendable () async throws(ProxmoxError) -> Look
  /// What else a person should hear with the result.
  var remark: String?

  var target: String { assessment.target }

  /// What is sent was prepared from a reading of its own, later than the one that consent was given to: both must agree, so
  /// that e.g. the digest that goes with a configuration is that of the configuration on the card.
  func require(_ weighed: CallAssessment) throws(UserFacingError) {
    guard let difference = weighed.difference(from: assessment) else { return }
    throw UserFacingError(
      .refused, attempted: "\(action) \(target)", reason: difference, advice: "look at the new state and ask again")
  }

  /// The same for one target of a batch: its turn may come minutes after the card.
  func require(_ shown: CallAssessment.Target) throws(UserFacingError) {
    guard shown.name != assessment.target || shown.stateKey != assessment.stateKey else { return }
    throw UserFacingError(
      .refused, attempted: "\(action) \(target)",
      reason: "it is no longer as it was shown (\(shown.state), now \(assessment.targetState))",
      advice: "look at the new state and ask again")
  }

  struct Look: Sendable {
    /// "running, up 4 s".
    var state: String
    var reached: Bool
    /// What was not seen, where it was not reached.
    var missing = ""
    /// True where no further look can help: HA has given up.
    var hopeless = false
  }
}

/// How a task is recognised whose UPID never arrived.
struct TaskTrace: Sendable {
  var types: Set<String>
  /// The task's id: a vmid as a rule.
  var target: String

  init(_ change: ClusterChange) {
    types = change.taskTypes
    target = change.taskTarget
  }
}

/// A tool that changes something: it prepares, and cannot do more.
protocol ChangeTool: Tool {
  var context: ToolContext { get }
  /// Reads the target and says what would be done.
  func prepare(_ arguments: JSONValue) async throws(UserFacingError) -> Change
}

extension ChangeTool {
  var readsOnly: Bool { false }

  func assess(_ arguments: JSONValue) async throws(UserFacingError) -> CallAssessment {
    try await prepare(arguments).assessment
  }

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    try await ChangeRun(context: context, change: try await prepare(arguments)).run()
  }

  func run(
    _ arguments: JSONValue, as weighed: CallAssessment, passing safePoint: SafePoint
  ) async throws(UserFacingError) -> ToolReport {
    let change = try await prepare(arguments)
    try change.require(weighed)
    return try await ChangeRun(context: context, change: change).run()
  }
}
