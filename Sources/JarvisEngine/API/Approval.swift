import Foundation

/// An approval's identity: small numbers, so that a person can type `:approve 1`.
public struct ApprovalID: Codable, Sendable, Hashable, RawRepresentable, Comparable {
  public var rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Who asks for a call. Every caller passes the same gate.
public enum Caller: String, Codable, Sendable, Hashable, CaseIterable {
  case model, runbook, mcp, human
}

/// One target of a card, as read just now.
public struct ApprovalTarget: Codable, Sendable, Hashable {
  /// "pihole (102) on agent".
  public var name: String
  /// "running, up 3 d".
  public var state: String
  public init(name: String, state: String) {
    self.name = name
    self.state = state
  }
}

/// A question to a person, made by the engine and by nobody else: exact call, exact consequences, single use.
public struct Approval: Codable, Sendable, Hashable, Identifiable {
  /// What the person must do to consent.
  public enum Consent: Codable, Sendable, Hashable {
    /// Press `y`.
    case yes
    /// Press `Y`.
    case capitalYes
    /// Press `Y` after typing this word (the target's id or name).
    case typed(String)
  }

  public enum State: Codable, Sendable, Hashable {
    case pending
    /// Consent was given; the call runs.
    case running
    /// The call ended and its effect was read back: the card is now the receipt.
    case done(String)
    case failed(String)
    case refused(reason: String)
    case expired
    /// The target was no longer as shown.
    case void(String)
  }

  public var id: ApprovalID
  public var tool: String
  public var arguments: JSONValue
  /// SHA-256 over tool and arguments, hexadecimal; consent binds to it.
  public var callHash: String
  public var tier: SafetyTier
  /// The rule that set the tier, in words.
  public var rule: String
  public var caller: Caller
  /// Why it is asked, e.g. the person's own message.
  public var why: String
  /// "pihole (102) on agent".
  public var target: String
  /// The target's state as read just now: "running, up 3 d".
  public var targetState: String
  /// What will be called, in order.
  public var plan: [String]
  /// Guests and services that will notice.
  public var impact: [String]
  /// What would bring it back.
  public var undo: String
  /// Every target of a batch; empty where `target` is the only one.
  public var targets: [ApprovalTarget]
  /// What the agent read before it asked, a line each.
  public var evidence: [String]
  /// What this conversation or incident has cost so far; nil where nothing is known.
  public var moneySpent: MicroDollars?
  /// "a snapshot of pihole (102) first": consent may ask for it (`approveWithSnapshot`); nil where none is offered.
  public var snapshotOffer: String?
  /// True where `approveAndAllow` is open: YELLOW, one target, and the turn has read no untrusted text.
  public var allowable: Bool
  /// What `approveAndAllow` would let through from then on, in words; nil where it is not open.
  public var allowanceScope: String?
  /// True where the turn that asks has read free text from outside, so that allowances are suspended.
  public var untrustedRead: Bool
  public var consent: Consent
  public var createdAt: Date
  /// Five minutes after `createdAt`.
  public var expiresAt: Date
  public var state: State
  public var conversation: ConversationID?

  public init(
    id: ApprovalID, tool: String, arguments: JSONValue, callHash: String, tier: SafetyTier, rule: String,
    caller: Caller,
    why: String, target: String, targetState: String, plan: [String], impact: [String], undo: String, consent: Consent,
    createdAt: Date, expiresAt: Date, state: State = .pending, conversation: ConversationID? = nil,
    targets: [ApprovalTarget] = [], evidence: [String] = [], moneySpent: MicroDollars? = nil,
    snapshotOffer: String? = nil, allowable: Bool = false, allowanceScope: String? = nil,
    untrustedRead: Bool = false
  ) {
    self.id = id
    self.tool = tool
    self.arguments = arguments
    self.callHash = callHash
    self.tier = tier
    self.rule = rule
    self.caller = caller
    self.why = why
    self.target = target
    self.targetState = targetState
    self.plan = plan
    self.impact = impact
    self.undo = undo
    self.consent = consent
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.state = state
    self.conversation = conversation
    self.targets = targets
    self.evidence = evidence
    self.moneySpent = moneySpent
    self.snapshotOffer = snapshotOffer
    self.allowable = allowable
    self.allowanceScope = allowanceScope
    self.untrustedRead = untrustedRead
  }

  /// True where one key makes the same proposal afresh, on the state of that moment (`Command.proposeAgain`).
  public var canBeProposedAgain: Bool {
    switch state {
    case .expired, .void: true
    case .pending, .running, .done, .failed, .refused: false
    }
  }
}

/// A person's answer to an approval.
public enum ApprovalDecision: Codable, Sendable, Hashable {
  /// `hash` is the `callHash` that the card showed; `typed` the word where one was asked for.
  case approve(hash: String, typed: String?)
  /// Consent, and the same tool on the same target needs none again while this screen is attached: `allowable` cards only.
  case approveAndAllow(hash: String)
  /// Consent, with the snapshot that the card offers taken first; where that fails, nothing else runs.
  case approveWithSnapshot(hash: String, typed: String?)
  case refuse(reason: String)
}
