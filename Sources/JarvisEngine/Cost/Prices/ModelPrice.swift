import Foundation
import JarvisAPI

/// The prices of one model: dated, and by length of the prompt.
public struct ModelPrice: Sendable, Hashable {
  /// One entry: what a million tokens of each class cost, in millionths of a dollar, from a day on and above a prompt's
  /// length.
  public struct Entry: Sendable, Hashable {
    /// Midnight UTC of the first day; `distantPast` for "since ever".
    public var from: Date
    /// The entry is for prompts longer than this, in tokens.
    public var abovePrompt: Int
    public var input: MicroDollars
    public var output: MicroDollars
    public var cacheWrite5m: MicroDollars
    public var cacheWrite1h: MicroDollars
    public var cacheRead: MicroDollars
    public init(
      from: Date = .distantPast, abovePrompt: Int = 0, input: MicroDollars, output: MicroDollars,
      cacheWrite5m: MicroDollars,
      cacheWrite1h: MicroDollars, cacheRead: MicroDollars
    ) {
      self.from = from
      self.abovePrompt = abovePrompt
      self.input = input
      self.output = output
      self.cacheWrite5m = cacheWrite5m
      self.cacheWrite1h = cacheWrite1h
      self.cacheRead = cacheRead
    }

    /// What a call costs: the exact sum over all classes, rounded once to the nearest millionth of a dollar, halves up.
    /// Beyond what 64 bits hold, the largest amount.
    public func cost(of usage: TokenUsage) -> MicroDollars {
      let classes = [
        (usage.input, input), (usage.output, output), (usage.cacheWrite5m, cacheWrite5m),
        (usage.cacheWrite1h, cacheWrite1h),
        (usage.cacheRead, cacheRead),
      ]
      let sum = classes.reduce(Int128(0)) { $0 + Int128($1.0) * Int128($1.1.amount) }
      return MicroDollars(Int64(clamping: (sum + Self.million / 2) / Self.million))
    }

    private static let million = Int128(1_000_000)
  }

  public var entries: [Entry]
  public init(entries: [Entry]) { self.entries = entries }

  /// The entry in force on a day for a prompt; nil before the first dated one.
  public func entry(at date: Date, prompt: Int) -> Entry? {
    guard let day = entries.map(\.from).filter({ $0 <= date }).max() else { return nil }
    return entries.filter { $0.from == day && ($0.abovePrompt == 0 || prompt > $0.abovePrompt) }
      .max { $0.abovePrompt < $1.abovePrompt }
  }
}
