/// How many tokens memory may take of a model's window (MEM-04, MEM-07).
public struct MemoryBudget: Sendable, Hashable {
  /// The opening memory in the system prompt, in all.
  public var opening: Int
  public var facts: Int
  public var events: Int
  public var preferences: Int

  public init(opening: Int, facts: Int, events: Int, preferences: Int) {
    self.opening = opening
    self.facts = facts
    self.events = events
    self.preferences = preferences
  }

  /// For Claude.
  public static let standard = MemoryBudget(opening: 600, facts: 500, events: 300, preferences: 200)

  /// For a small window: at most `tokens` a turn in all, split as the standard is; nothing in the system prompt.
  public static func small(_ tokens: Int) -> MemoryBudget {
    let tokens = min(max(tokens, 0), 600)
    return MemoryBudget(
      opening: 0, facts: tokens * 5 / 10, events: tokens * 3 / 10, preferences: tokens * 2 / 10)
  }
}
