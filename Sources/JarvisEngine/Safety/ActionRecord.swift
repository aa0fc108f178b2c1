import Foundation
import JarvisAPI

/// One row of the safety record: who asked what, on which authority, and how it ended.
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

  public var id: Int64
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
  public var startedAt: Date
  public var endedAt: Date?
  public var result: Result
  /// A few words: what was read back, why it was refused.
  public var detail: String

  public init(
    id: Int64 = 0, tool: String, arguments: String, callHash: String, caller: Caller, why: String,
    conversation: ConversationID?, tier: SafetyTier, rule: String, target: String, approval: ApprovalID? = nil,
    startedAt: Date, endedAt: Date? = nil, result: Result, detail: String = ""
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
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.result = result
    self.detail = detail
  }
}
