import JarvisAPI

/// Judges a shell command without running it. The engine wires the real one in; tools know only its verdicts.
public protocol CommandClassifier: Sendable {
  func classify(_ command: String) -> CommandVerdict
}

/// What a judge says of a command.
public struct CommandVerdict: Sendable, Hashable {
  public var tier: SafetyTier
  /// The rule that decided, in words.
  public var rule: String
  /// Why, part by part; a line each.
  public var reasons: [String]
  /// What would change the verdict, or what is allowed instead; may be empty.
  public var alternative: String
  public init(tier: SafetyTier, rule: String, reasons: [String] = [], alternative: String = "") {
    self.tier = tier
    self.rule = rule
    self.reasons = reasons
    self.alternative = alternative
  }
}
