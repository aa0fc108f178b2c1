import JarvisAPI

/// What a tool says about a call before it is made, from data read just now. Written by code, never by a model.
public struct CallAssessment: Sendable, Hashable {
  public var tier: SafetyTier
  /// The rule that set the tier, in words.
  public var rule: String
  /// "pihole (102) on agent".
  public var target: String
  /// The target's state as read just now, for a person: "running, up 3 d".
  public var targetState: String
  /// What of the target's state must not change between card and run: no figure that moves by itself, such as an uptime.
  public var stateKey: String
  public var plan: [String]
  public var impact: [String]
  public var undo: String
  /// The word to type where power is cut or state discarded; nil where a key is enough.
  public var typedWord: String?
  /// What is taken for `typedWord` too: the vmid beside the name.
  public var typedAlternatives: [String]
  /// Every target of a batch with its state; empty where `target` is the only one.
  public var targets: [ApprovalTarget] = []
  /// "a snapshot of pihole (102) first", where that helps and can be taken; nil where none is offered.
  public var snapshotOffer: String?

  /// - Parameter stateKey: nil where `targetState` itself holds still.
  public init(
    tier: SafetyTier, rule: String, target: String = "", targetState: String = "", stateKey: String? = nil,
    plan: [String] = [], impact: [String] = [], undo: String = "", typedWord: String? = nil,
    typedAlternatives: [String] = []
  ) {
    self.tier = tier
    self.rule = rule
    self.target = target
    self.targetState = targetState
    self.stateKey = stateKey ?? targetState
    self.plan = plan
    self.impact = impact
    self.undo = undo
    self.typedWord = typedWord
    self.typedAlternatives = typedAlternatives
  }

  /// Why consent to `self` is no consent to `now`; nil where nothing that matters has changed.
  func difference(from now: CallAssessment) -> String? {
    if now.target != target { return "the target is now \(now.target), not \(target)" }
    if now.tier != tier { return "the call is now \(now.tier.rawValue), not \(tier.rawValue)" }
    if now.stateKey != stateKey {
      return now.targetState == targetState
        ? "\(target) has changed since: it is still \(now.targetState), but not as it was shown"
        : "\(target) is now \(now.targetState), not \(targetState)"
    }
    if now.plan != plan || now.typedWord != typedWord { return "what would be called has changed" }
    return nil
  }
}
