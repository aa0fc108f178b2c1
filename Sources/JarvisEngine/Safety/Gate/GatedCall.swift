import JarvisAPI

/// One call on its way to the gate.
public struct GatedCall: Sendable, Hashable, Codable {
  /// What a runbook's call stands on.
  public struct RunbookAuthority: Sendable, Hashable, Codable {
    public var runbook: String
    public var autonomy: RunbookAutonomy
    /// True once the operator has enabled it after seeing its replay.
    public var enabled: Bool
    public init(runbook: String, autonomy: RunbookAutonomy, enabled: Bool) {
      self.runbook = runbook
      self.autonomy = autonomy
      self.enabled = enabled
    }
  }

  public var tool: String
  public var arguments: JSONValue
  public var caller: Caller
  /// Why it is asked, e.g. the person's own message.
  public var why: String
  public var conversation: ConversationID?
  /// For `Caller.runbook`; without it a runbook may only ask.
  public var runbook: RunbookAuthority?
  /// True where no person waits for it: runbooks, and rounds that the engine began by itself.
  public var isAutonomous: Bool
  /// True once the turn that asks has read free text from outside: allowances do not count then.
  public var untrustedRead: Bool
  /// What the agent read before it asked, a line each.
  public var evidence: [String]
  /// What the conversation or incident has cost so far.
  public var moneySpent: MicroDollars?

  public init(
    tool: String, arguments: JSONValue, caller: Caller, why: String, conversation: ConversationID? = nil,
    runbook: RunbookAuthority? = nil, isAutonomous: Bool? = nil, untrustedRead: Bool = false, evidence: [String] = [],
    moneySpent: MicroDollars? = nil
  ) {
    self.tool = tool
    self.arguments = arguments
    self.caller = caller
    self.why = why
    self.conversation = conversation
    self.runbook = runbook
    self.isAutonomous = isAutonomous ?? (caller == .runbook)
    self.untrustedRead = untrustedRead
    self.evidence = evidence
    self.moneySpent = moneySpent
  }

  /// SHA-256 over tool and arguments in their one canonical text, hexadecimal: what consent binds to.
  public var hash: String {
    SHA256.hexadecimal(JSONValue.object(["tool": .string(tool), "arguments": arguments]).text)
  }
}
