/// One program that a text runs above GREEN, and the machine it acts on: for whoever knows what those machines are.
///
/// `ssh` stands here whatever it runs, since the text goes to another machine.
public struct ShellAct: Sendable, Hashable {
  /// Where a program runs, as far as the text alone tells.
  public enum Place: Sendable, Hashable {
    /// On the machine that gets the text.
    case here
    /// Behind `ssh`, on the machine of this name or address.
    case host(String)
    /// Inside the guest that this word names.
    case guest(String?)
    /// On a machine that is only known when it runs.
    case unknown
  }

  /// Its name, without its folder; empty where something runs there that was not read: the text's words tell more.
  public var program: String
  /// Its words; nil for one that is only known when it runs.
  public var words: [String?]
  public var place: Place

  /// Acts that are noted, at most; beyond them `ShellVerdict.acts` is nil and nothing is known of any.
  public static let limit = 256

  public init(program: String, words: [String?], place: Place = .here) {
    self.program = program
    self.words = words
    self.place = place
  }
}
