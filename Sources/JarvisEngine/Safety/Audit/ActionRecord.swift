import Foundation
import JarvisAPI

/// One call in the audit: who asked what, on which authority, and how it ended.
///
/// On disk it is one row for a read or a refusal, and two for a mutation: one before it runs, one after.
public struct ActionRecord: Sendable, Hashable, Identifiable {
  /// How a call ended.
  public enum Result: String, Sendable, Hashable, CaseIterable {
    /// Still running; or its engine died, until the next start says so.
    case running
    case succeeded
    case failed
    case refused
    case cancelled
    /// The engine stopped while it ran: nobody knows.
    case unknown
  }

  /// The number of its first row; 0 before it is written.
  public var id: Int
  public var tool: String
  /// Redacted, canonical JSON.
  public var arguments: String
  /// The real call's hash; also of the approval.
  public var callHash: String
  public var caller: Caller
  /// Redacted and bounded.
  public var why: String
  public var conversation: ConversationID?
  public var tier: SafetyTier
  public var rule: String
  public var target: String
  /// The approval's number in the engine's run that made it.
  public var approval: ApprovalID?
  /// What stood for a person's consent to this very call: "allowance 2", "runbook wake-dead-node"; empty otherwise.
  public var authority: String
  public var startedAt: Date
  public var endedAt: Date?
  public var result: Result
  /// A few words: what was read back, why it was refused.
  public var detail: String

  public init(
    id: Int = 0, tool: String, arguments: String, callHash: String, caller: Caller, why: String,
    conversation: ConversationID?, tier: SafetyTier, rule: String, target: String, approval: ApprovalID? = nil,
    authority: String = "", startedAt: Date, endedAt: Date? = nil, result: Result, detail: String = ""
  ) {
    self.id = id
    self.tool = tool
    self.arguments = arguments
    self.callHash = callHash
    self.caller = caller
    self.why = why
    self.conversation = conversation
    self.tier = tier
    self.rule = rule
    self.target = target
    self.approval = approval
    self.authority = authority
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.result = result
    self.detail = detail
  }
}

// MARK: As rows

extension ActionRecord {
  /// The rows that tell of this call; the first gets the number `refersTo`.
  func steps(refersTo first: Int) -> [AuditStep] {
    let start = AuditRow.milliseconds(startedAt)
    switch result {
    case .running: return [AuditStep(.begin, body: call, at: start)]
    case .refused, .cancelled: return [AuditStep(.refusal, body: whole, at: start)]
    case .succeeded where tier == .green, .failed where tier == .green:
      return [AuditStep(.read, body: whole, at: start)]
    case .succeeded, .failed, .unknown:
      return [
        AuditStep(.begin, body: call, at: start),
        Self.end(of: first, result, detail: detail, at: AuditRow.milliseconds(endedAt ?? startedAt)),
      ]
    }
  }

  /// The row that ends the call of row `number`.
  static func end(of number: Int, _ result: Result, detail: String, at: Int64) -> AuditStep {
    AuditStep(
      .end, refersTo: number, body: ["result": .string(result.rawValue), "detail": .string(detail)], at: at)
  }

  private var whole: JSONValue {
    var fields = call.object ?? [:]
    fields["result"] = .string(result.rawValue)
    fields["detail"] = .string(detail)
    if let endedAt { fields["ended_at"] = .int(Int(AuditRow.milliseconds(endedAt))) }
    return .object(fields)
  }

  private var call: JSONValue {
    var fields: [String: JSONValue] = [
      "tool": .string(tool), "arguments": .string(arguments), "call_hash": .string(callHash),
      "caller": .string(caller.rawValue), "why": .string(why), "tier": .string(tier.rawValue), "rule": .string(rule),
      "target": .string(target),
    ]
    if let conversation { fields["conversation"] = .string(conversation.rawValue) }
    if let approval { fields["approval"] = .int(approval.rawValue) }
    if !authority.isEmpty { fields["authority"] = .string(authority) }
    return .object(fields)
  }

  /// The call that a row began, and the row that ended it; nil where the row tells of no call.
  init?(_ row: AuditRow, end: AuditRow?) {
    guard let body = row.body.flatMap({ try? JSONValue(parsing: $0) }),  // A body that is no JSON tells of no call.
      let tool = body["tool"]?.string, let caller = body["caller"]?.string.flatMap(Caller.init(rawValue:)),
      let tier = body["tier"]?.string.flatMap(SafetyTier.init(rawValue:))
    else { return nil }
    let ending = end.flatMap { row in row.body.flatMap { try? JSONValue(parsing: $0) } } ?? body
    let word = ending["result"]?.string ?? Result.running.rawValue
    self.init(
      id: row.number, tool: tool, arguments: body["arguments"]?.string ?? "",
      callHash: body["call_hash"]?.string ?? "", caller: caller, why: body["why"]?.string ?? "",
      conversation: body["conversation"]?.string.map(ConversationID.init(rawValue:)), tier: tier,
      rule: body["rule"]?.string ?? "", target: body["target"]?.string ?? "",
      approval: body["approval"]?.int.map(ApprovalID.init(rawValue:)), authority: body["authority"]?.string ?? "",
      startedAt: row.date,
      endedAt: end?.date ?? body["ended_at"]?.int.map { Date(timeIntervalSince1970: Double($0) / 1_000) },
      result: Result(rawValue: word) ?? .unknown, detail: ending["detail"]?.string ?? "")
  }
}
