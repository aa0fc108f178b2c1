import JarvisAPI

/// The gate's own word on every tool: the mildest tier that a call of it can have.
///
/// A tool's assessment may raise a call above its floor, never lower it. What the table does not know is BLACK.
public struct TierTable: Sendable, Hashable {
  public struct Rule: Sendable, Hashable {
    public var tier: SafetyTier
    /// In words, for the card and the record.
    public var rule: String
    /// The nearest thing that is allowed, for what is BLACK.
    public var alternative: String
    /// How mild the policy file may make it at start; `tier` itself where it may not.
    public var mildest: SafetyTier

    public init(_ tier: SafetyTier, _ rule: String, alternative: String = "", mildest: SafetyTier? = nil) {
      self.tier = tier
      self.rule = rule
      self.alternative = alternative
      self.mildest = min(mildest ?? tier, tier)
    }
  }

  private(set) var rules: [String: Rule]

  public init(_ rules: [String: Rule]) {
    self.rules = rules
  }

  /// The rule for `tool`; BLACK for a name that is not in the table.
  public func rule(for tool: String) -> Rule {
    if let rule = rules[tool] { return rule }
    let allowed = rules.filter { $0.value.tier < .black }.map(\.key)
    let hint = Suggestion.phrase(for: tool, among: allowed) ?? "see the list of tools for what there is"
    return Rule(
      .black, "there is no tool \"\(Sanitiser.clean(String(tool.prefix(64)), keepingNewlines: false))\"",
      alternative: hint)
  }

  /// The names of all tools that some consent can run, sorted.
  public var allowedTools: [String] {
    rules.filter { $0.value.tier < .black }.map(\.key).sorted()
  }

  /// All names, those that are only named to be refused included, sorted.
  public var allTools: [String] { rules.keys.sorted() }

  /// Puts another tier under a tool that the table knows.
  mutating func set(_ tier: SafetyTier, for tool: String, because reason: String) {
    guard var rule = rules[tool], rule.tier != tier else { return }
    rule.rule = tier > rule.tier ? reason : rule.rule + "; " + reason
    if tier == .black, rule.alternative.isEmpty {
      rule.alternative = "change the policy file and start Jarvis again, if that was not meant"
    }
    rule.tier = tier
    rules[tool] = rule
  }

  /// Of all names, tiers and rules; eight hexadecimal digits that change with any of them.
  public var shortHash: String {
    let lines = rules.sorted { $0.key < $1.key }
      .map { "\($0.key)\t\($0.value.tier.rawValue)\t\($0.value.rule)\t\($0.value.mildest.rawValue)" }
    return String(SHA256.hexadecimal(lines.joined(separator: "\n")).prefix(8))
  }
}
