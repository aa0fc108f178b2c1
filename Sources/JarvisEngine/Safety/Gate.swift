import JarvisAPI

/// What a tool says about a call before it is made, from data read just now. Written by code, never by a model.
public struct CallAssessment: Sendable, Hashable {
  public var tier: SafetyTier
  /// The rule that set the tier, in words.
  public var rule: String
  /// "pihole (102) on agent".
  public var target: String
  /// The target's state as read just now; read again before running, and a difference voids the approval.
  public var targetState: String
  public var plan: [String]
  public var impact: [String]
  public var undo: String
  /// The word to type where power is cut or state discarded; nil where a key is enough.
  public var typedWord: String?
  public init(
    tier: SafetyTier, rule: String, target: String = "", targetState: String = "", plan: [String] = [],
    impact: [String] = [], undo: String = "", typedWord: String? = nil
  ) {
    self.tier = tier
    self.rule = rule
    self.target = target
    self.targetState = targetState
    self.plan = plan
    self.impact = impact
    self.undo = undo
    self.typedWord = typedWord
  }
}

/// One call on its way to the gate.
public struct GatedCall: Sendable, Hashable {
  public var tool: String
  public var arguments: JSONValue
  public var caller: Caller
  public var why: String
  public var conversation: ConversationID?
  public init(tool: String, arguments: JSONValue, caller: Caller, why: String, conversation: ConversationID? = nil) {
    self.tool = tool
    self.arguments = arguments
    self.caller = caller
    self.why = why
    self.conversation = conversation
  }
}
