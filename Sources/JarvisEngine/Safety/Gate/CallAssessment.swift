import JarvisAPI

/// What a tool says about a call before it is made, from data read just now. Written by code, never by a model.
public struct CallAssessment: Sendable, Hashable {
  /// One target of a batch.
  public struct Target: Sendable, Hashable {
    /// "pihole (102) on agent".
    public var name: String
    /// "running, up 3 d".
    public var state: String
    /// What must not change between card and run.
    public var stateKey: String
    /// - Parameter stateKey: nil where `state` itself holds still.
    public init(name: String, state: String, stateKey: String? = nil) {
      self.name = name
      self.state = state
      self.stateKey = stateKey ?? state
    }
  }

  /// A snapshot that may be taken first, by a call of its own.
  public struct SnapshotOffer: Sendable, Hashable {
    /// "a snapshot of pihole (102) first".
    public var words: String
    public var tool: String
    public var arguments: JSONValue
    public init(words: String, tool: String = "create_snapshot", arguments: JSONValue) {
      self.words = words
      self.tool = tool
      self.arguments = arguments
    }
  }

  public var tier: SafetyTier
  /// The rule that set the tier, in words.
  public var rule: String
  /// The nearest thing that is allowed, where `tier` is BLACK.
  public var alternative: String
  /// "pihole (102) on agent"; for a batch "3 guests".
  public var target: String
  /// The target's state as read just now, for a person: "running, up 3 d".
  public var targetState: String
  /// What of the target's state must not change between card and run: no figure that moves by itself, such as an uptime.
  public var stateKey: String
  /// The same without what the offered snapshot itself changes, such as a configuration's digest; nil where that is
  /// nothing.
  public var keyBesideSnapshot: String?
  /// Every target of a batch; empty where there is one only.
  public var targets: [Target]
  public var plan: [String]
  public var impact: [String]
  public var undo: String
  /// The word to type where power is cut or state discarded; nil where a key is enough.
  public var typedWord: String?
  /// What is taken for `typedWord` too: the vmid beside the name.
  public var typedAlternatives: [String]
  /// What the call may cut off beside what its arguments say: the storage that a guest's disks lie on, …
  public var cuts: Set<Asset>
  public var snapshotOffer: SnapshotOffer?

  /// - Parameter stateKey: nil where `targetState` itself holds still.
  public init(
    tier: SafetyTier, rule: String, target: String = "", targetState: String = "", stateKey: String? = nil,
    plan: [String] = [], impact: [String] = [], undo: String = "", typedWord: String? = nil,
    typedAlternatives: [String] = [], targets: [Target] = [], cuts: Set<Asset> = [],
    snapshotOffer: SnapshotOffer? = nil, alternative: String = ""
  ) {
    self.tier = tier
    self.rule = rule
    self.alternative = alternative
    self.target = target
    self.targetState = targetState
    self.stateKey = stateKey ?? targetState
    self.targets = targets
    self.plan = plan
    self.impact = impact
    self.undo = undo
    self.typedWord = typedWord
    self.typedAlternatives = typedAlternatives
    self.cuts = cuts
    self.snapshotOffer = snapshotOffer
  }

  /// Why consent to `self` is no consent to `now`; nil where nothing that matters has changed.
  /// - Parameter afterSnapshot: the offered snapshot was taken in between, and changed what it must.
  public func difference(from now: CallAssessment, afterSnapshot: Bool = false) -> String? {
    if now.target != target { return "the target is now \(now.target), not \(target)" }
    if now.tier != tier { return "the call is now \(now.tier.rawValue), not \(tier.rawValue)" }
    if let difference = difference(of: targets, from: now.targets) { return difference }
    let key: (CallAssessment) -> String = { afterSnapshot ? $0.keyBesideSnapshot ?? $0.stateKey : $0.stateKey }
    if key(now) != key(self) {
      return now.targetState == targetState
        ? "\(target) has changed since: it is still \(now.targetState), but not as it was shown"
        : "\(target) is now \(now.targetState), not \(targetState)"
    }
    if now.plan != plan || now.typedWord != typedWord { return "what would be called has changed" }
    return nil
  }

  private func difference(of shown: [Target], from now: [Target]) -> String? {
    if shown.map(\.name) != now.map(\.name) { return "the targets are no longer the ones that were shown" }
    for (before, after) in zip(shown, now) where before.stateKey != after.stateKey {
      return after.state == before.state
        ? "\(before.name) has changed since: it is still \(after.state), but not as it was shown"
        : "\(before.name) is now \(after.state), not \(before.state)"
    }
    return nil
  }
}
