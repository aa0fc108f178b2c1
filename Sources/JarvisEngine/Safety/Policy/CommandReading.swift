import JarvisAPI

/// A shell command as its classifier reads it: how dangerous, and what runs where.
public struct CommandReading: Sendable, Hashable {
  /// One program that runs above GREEN; `ssh` whatever it runs.
  public struct Act: Sendable, Hashable {
    public enum Place: Sendable, Hashable {
      /// The node that gets the command.
      case here
      /// Behind `ssh`: a name or an address.
      case host(String)
      /// Inside a guest; nil where its number is only known when it runs.
      case guest(String?)
      case unknown
    }
    /// Empty where something runs there that was not read: then the words of the whole text count there, too.
    public var program: String
    /// nil for a word that is only known when it runs.
    public var words: [String?]
    public var place: Place
    public init(_ program: String, _ words: [String?], at place: Place = .here) {
      self.program = program
      self.words = words
      self.place = place
    }
  }

  public var tier: SafetyTier
  /// The rule that decided, in words.
  public var rule: String
  /// nil where the text could not be read to its end: then its words alone are judged.
  public var acts: [Act]?
  public init(tier: SafetyTier, rule: String, acts: [Act]? = nil) {
    self.tier = tier
    self.rule = rule
    self.acts = acts
  }
}
