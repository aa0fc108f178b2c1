import JarvisAPI

/// What the classifier says of one shell command (`docs/shell-classifier.md`).
public struct ShellVerdict: Codable, Sendable, Hashable {
  /// The highest tier of any part.
  public var tier: SafetyTier
  /// The stable name of the rule that decided.
  public var rule: String
  /// Why, for a person.
  public var reason: String
  /// What was judged, in the order of the text; at most `partLimit`.
  public var parts: [ShellPart]
  /// What would make the command milder; empty where it is GREEN.
  public var wouldChange: String
  /// Control characters, look-alike letters, invisible characters: what a person does not see.
  public var warnings: [String]
  /// What runs above GREEN, and where; nil where the text could not be read to its end. No part of the verdict's JSON.
  public var acts: [ShellAct]? = []

  private enum CodingKeys: CodingKey { case tier, rule, reason, parts, wouldChange, warnings }

  /// More parts than these are judged, but not listed.
  public static let partLimit = 64

  public init(
    tier: SafetyTier, rule: String, reason: String, parts: [ShellPart] = [], wouldChange: String = "",
    warnings: [String] = [], acts: [ShellAct]? = []
  ) {
    self.tier = tier
    self.rule = rule
    self.reason = reason
    self.parts = parts
    self.wouldChange = wouldChange
    self.warnings = warnings
    self.acts = acts
  }
}

/// One judged part of a command: a simple command, a redirection, an assignment.
public struct ShellPart: Codable, Sendable, Hashable {
  public var text: String
  public var tier: SafetyTier
  public var rule: String
  public var reason: String

  public init(text: String, tier: SafetyTier, rule: String, reason: String) {
    self.text = text
    self.tier = tier
    self.rule = rule
    self.reason = reason
  }
}

/// What the classifier must know of the place a command runs in. All of it can only make a verdict stricter.
public struct ShellContext: Sendable, Hashable {
  /// Files and folders of Jarvis itself: configuration, database, audit.
  public var protectedPaths: [String]
  /// Guests that Jarvis lives on or the policy protects, by vmid.
  public var protectedGuests: Set<String>
  /// Services that keep Jarvis alive.
  public var protectedServices: Set<String>

  public init(
    protectedPaths: [String] = ShellContext.usualPaths, protectedGuests: Set<String> = [],
    protectedServices: Set<String> = []
  ) {
    self.protectedPaths = protectedPaths
    self.protectedGuests = protectedGuests
    self.protectedServices = protectedServices
  }

  /// Where Jarvis keeps its files unless told otherwise (`docs/configuration.md`), as root.
  public static let usualPaths = [
    "/root/.config/jarvis", "/root/.local/share/jarvis", "/home/*/.config/jarvis", "/home/*/.local/share/jarvis",
    "/var/lib/jarvis", "/etc/jarvis",
  ]
}
