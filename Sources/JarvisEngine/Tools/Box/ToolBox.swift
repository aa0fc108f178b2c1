import Foundation
import JarvisAPI
import JarvisSafety

/// All tools, and the one way to call them: arguments checked, then through the gate, then bounded and cleaned.
public struct ToolBox: Sendable {
  private let tools: [any Tool]
  private let gate: Gate
  private let redactor: Redactor
  private let now: @Sendable () -> Date
  private let clock: any Clock<Duration>
  private let ended: @Sendable (GatedCall, ToolOutcome) async -> Void
  private let commands: TypedCommands
  private let words: SpokenWords

  /// - Parameters:
  ///   - clock: what durations are measured by, whatever happens to the wall clock.
  ///   - ended: told of every call that may have changed something, with its outcome.
  public init(
    tools: [any Tool], gate: Gate, redactor: Redactor, now: @escaping @Sendable () -> Date,
    clock: any Clock<Duration> = ContinuousClock(),
    ended: @escaping @Sendable (GatedCall, ToolOutcome) async -> Void = { _, _ in }
  ) {
    self.tools = tools
    self.gate = gate
    self.redactor = redactor
    self.now = now
    self.clock = clock
    words = SpokenWords(tools: tools)
    self.ended = ended
    let table = gate.table
    commands = TypedCommands(tools: tools) { table.rule(for: $0).tier }
  }

  /// The tools as a model sees them, in a fixed order.
  public var schemas: [ToolDescription] {
    tools.map {
      ToolDescription(name: $0.name, summary: $0.summary, inputSchema: $0.inputSchema, readsOnly: $0.readsOnly)
    }
  }

  /// Every tool is also a typed command.
  public var typedCommands: [TypedCommandInfo] { commands.infos }

  /// Reads a typed command, with or without its slash: "start 102" → start_guest, {"guest":"102"}.
  public func parseTyped(_ line: String) throws(UserFacingError) -> (tool: String, arguments: JSONValue) {
    try commands.parse(line)
  }

  /// Calls a tool with arguments as a model wrote them.
  /// - Parameters:
  ///   - arguments: JSON text; empty means none, broken gives an error outcome.
  ///   - untrustedRead: true once the turn has read free text from outside.
  ///   - evidence: what was read in this turn, a line each, for the card.
  ///   - moneySpent: what the turn has cost so far, for the card.
  public func call(
    tool: String, arguments: String, caller: Caller, why: String, conversation: ConversationID? = nil,
    untrustedRead: Bool = false, evidence: [String] = [], moneySpent: MicroDollars? = nil, id: String,
    limit: Int = ToolBox.standardLimit, onChange: @escaping @Sendable (ToolActivity) -> Void = { _ in }
  ) async -> ToolOutcome {
    var call = GatedCall(
      tool: tool, arguments: .null, caller: caller, why: why, conversation: conversation, untrustedRead: untrustedRead,
      evidence: evidence, moneySpent: moneySpent)
    let text = arguments.trimmingCharacters(in: .whitespacesAndNewlines)
    if !text.isEmpty {
      do {
        call.arguments = try JSONValue(parsing: text)
      } catch {
        let activity = begin(call, id: id, onChange: onChange)
        return fail(
          UserFacingError(
            .usage, attempted: "call \(shown(tool))", reason: "the arguments are no JSON",
            advice: "send them again as one JSON object"), activity)
      }
    }
    return await self.call(call, id: id, limit: limit, onChange: onChange)
  }

  /// Calls a tool. Never throws: whatever happens is an outcome that can be shown and sent back.
  ///
  /// Cancelling the task ends a wait for approval and a read; a mutation under way is finished and recorded.
  /// - Parameters:
  ///   - id: the activity's identity, e.g. the model's call id.
  ///   - limit: bytes of `content` at most.
  public func call(
    _ call: GatedCall, id: String, limit: Int = ToolBox.standardLimit,
    onChange: @escaping @Sendable (ToolActivity) -> Void = { _ in }
  ) async -> ToolOutcome {
    let activity = begin(call, id: id, onChange: onChange)
    guard let tool = tools.first(where: { $0.name == call.tool }) else { return await refuseUnknown(call, activity) }
    var call = call
    do throws(UserFacingError) {
      call.arguments = try SchemaCheck(tool: tool.name, schema: tool.inputSchema).check(call.arguments)
      call.arguments = try await tool.canonical(call.arguments)
    } catch {
      return fail(error, activity)
    }
    let arguments = call.arguments
    let weighed = LastAssessment()
    let outcome = await gate.pass(
      call,
      assess: { () async throws(UserFacingError) in weighed.keep(try await tool.assess(arguments)) },
      progress: { activity.take($0) },
      prepare: { offer async throws(UserFacingError) in try await prepare(offer) },
      run: { safePoint async throws(UserFacingError) in
        guard let weighed = weighed.value else { throw Self.missing(tool.name) }
        let report = try await tool.run(arguments, as: weighed, passing: safePoint)
        return GatedResult(value: report, succeeded: report.verified != false, summary: report.summary)
      })
    let finished = finish(outcome, activity, limit: limit)
    if !tool.readsOnly { await ended(call, finished) }
    return finished
  }

  /// Makes a call of the snapshot that a card offered; the gate weighs it before it is taken.
  private func prepare(_ offer: CallAssessment.SnapshotOffer) async throws(UserFacingError) -> PreparedSnapshot {
    guard let tool = tools.first(where: { $0.name == offer.tool }) else { throw Self.missing(offer.tool) }
    let checked = try SchemaCheck(tool: tool.name, schema: tool.inputSchema).check(offer.arguments)
    let arguments = try await tool.canonical(checked)
    return PreparedSnapshot(
      arguments: arguments, assess: { () async throws(UserFacingError) in try await tool.assess(arguments) },
      take: { weighed async throws(UserFacingError) in
        let report = try await tool.run(arguments, as: weighed, passing: .open)
        guard report.verified != false else {
          throw UserFacingError(.negative, attempted: "take \(offer.words)", reason: report.summary)
        }
        return report.summary
      })
  }

  /// 25,000 tokens, counted as three bytes each.
  public static let standardLimit = ResultTrimmer.standardLimit

  /// The gate has the last word on a name it may know nothing of, and records that it was asked.
  private func refuseUnknown(_ call: GatedCall, _ activity: CallActivity) async -> ToolOutcome {
    let outcome: GateOutcome<ToolReport> = await gate.pass(
      call,
      assess: { () async throws(UserFacingError) in throw Self.missing(call.tool) },
      run: { _ async throws(UserFacingError) in throw Self.missing(call.tool) })
    return finish(outcome, activity, limit: Self.standardLimit)
  }

  private static func missing(_ tool: String) -> UserFacingError {
    UserFacingError(.fault, attempted: "call \(tool)", reason: "the safety table knows it, but there is no such tool")
  }

  private func begin(
    _ call: GatedCall, id: String, onChange: @escaping @Sendable (ToolActivity) -> Void
  ) -> CallActivity {
    let activity = activity(call.tool, call.arguments, id: id, .running)
    onChange(activity)
    return CallActivity(activity, by: call.caller, clock: clock, onChange: onChange)
  }

  private func activity(
    _ tool: String, _ arguments: JSONValue, id: String, _ state: ToolActivity.State
  ) -> ToolActivity {
    let words = (arguments.object ?? [:]).sorted { $0.key < $1.key }
      .map { $0.value.string ?? $0.value.text }.joined(separator: " ")
    return ToolActivity(
      id: id, tool: shown(tool), summary: shown(words), tier: gate.table.rule(for: tool).tier, startedAt: now(),
      state: state)
  }

  /// A call that was asked for and never came to the gate, as it is shown.
  /// - Parameter arguments: as the model wrote them; where they are no JSON, none are shown.
  public func refused(_ tool: String, arguments: String, id: String, why: String) -> ToolActivity {
    // The person is told of the call; why its arguments cannot be read helps nobody.
    let given = (try? JSONValue(parsing: arguments)) ?? .object([:])
    var activity = activity(tool, given, id: id, .refused(shown(why)))
    activity.endedAt = activity.startedAt
    return activity
  }

  private func finish(_ outcome: GateOutcome<ToolReport>, _ activity: CallActivity, limit: Int) -> ToolOutcome {
    switch outcome {
    case .ran(let report): return succeed(report, activity, limit: limit)
    case .failed(let error): return fail(error, activity)
    case .refused(let refusal):
      return fail(refusal.userFacing, activity, as: .refused(shown(refusal.reason)))
    case .cancelled:
      return fail(
        UserFacingError(.negative, attempted: "call \(activity.current.tool)", reason: "it was stopped before it ran"),
        activity, as: .cancelled)
    }
  }

  private func succeed(_ report: ToolReport, _ activity: CallActivity, limit: Int) -> ToolOutcome {
    let summary = shown(report.summary)
    let state: ToolActivity.State =
      switch report.verified {
      case nil: .done(summary)
      case true?: .verified(summary)
      case false?: .failed(summary)
      }
    // Redacted before it is cut: half a secret would no longer be recognised.
    let content = redactor.redact(report.content.sanitised)
    let text = Sanitiser.clean(report.text)
    return ToolOutcome(
      activity: activity.end(state),
      content: ResultTrimmer.trim(OutsideContent.wrapped(content, tool: activity.current.tool), to: limit),
      isError: report.verified == false,
      // What a command or a log said is evidence: it is shown as it was.
      text: redactor.redact(report.untrusted ? text : spoken(text, by: activity)),
      untrusted: report.untrusted, data: content)
  }

  private func fail(
    _ error: UserFacingError, _ activity: CallActivity, as state: ToolActivity.State? = nil
  ) -> ToolOutcome {
    let clean = UserFacingError(
      error.kind, attempted: redactor.redact(Sanitiser.clean(error.attempted)),
      reason: redactor.redact(Sanitiser.clean(error.reason)), advice: redactor.redact(Sanitiser.clean(error.advice)))
    let content: JSONValue = [
      "error": .string("could not \(clean.attempted): \(clean.reason)"), "advice": .string(clean.advice),
    ]
    let told = UserFacingError(
      clean.kind, attempted: spoken(clean.attempted, by: activity), reason: spoken(clean.reason, by: activity),
      advice: spoken(clean.advice, by: activity))
    return ToolOutcome(
      activity: activity.end(state ?? .failed(shown(told.reason))),
      content: OutsideContent.wrapped(content, tool: activity.current.tool).text, isError: true,
      text: told.description, error: told)
  }

  private func spoken(_ text: String, by activity: CallActivity) -> String {
    activity.caller == .human ? words.spoken(text) : text
  }

  /// Characters of a summary, at most.
  static let maximumSummary = 200

  private func shown(_ text: String) -> String {
    let clean = Sanitiser.clean(String(text.prefix(16 * Self.maximumSummary)), keepingNewlines: false)
    return String(redactor.redact(clean).prefix(Self.maximumSummary))
  }
}

/// A tool as others list it, for models and MCP clients.
public struct ToolDescription: Sendable, Hashable {
  public var name: String
  public var summary: String
  /// JSON Schema of type object.
  public var inputSchema: JSONValue
  public var readsOnly: Bool
}

extension JSONValue {
  /// Without control sequences and invisible characters in any text, keys included.
  fileprivate var sanitised: JSONValue {
    switch self {
    case .string(let text): .string(Sanitiser.clean(text))
    case .array(let values): .array(values.map(\.sanitised))
    case .object(let fields):
      .object(
        Dictionary(
          fields.map { (Sanitiser.clean($0.key, keepingNewlines: false), $0.value.sanitised) },
          uniquingKeysWith: { first, _ in first }))
    case .null, .bool, .int, .double: self
    }
  }
}
