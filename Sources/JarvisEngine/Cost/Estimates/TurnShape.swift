/// How large a turn of a kind usually is: what an estimate and the replayed workload reckon with.
///
/// From the cost model of the reference (`llm.md`, 3.2): a simple turn is one call, a turn with tools four; a read from the
/// live tools takes half of those.
public struct TurnShape: Sendable, Hashable {
  /// Calls to a model in one turn: each tool step is one more.
  public var calls: Int
  /// Tokens that each call adds to the prompt.
  public var newTokens: Int
  /// Tokens that each call writes.
  public var output: Int
  public init(calls: Int, newTokens: Int, output: Int) {
    self.calls = calls
    self.newTokens = newTokens
    self.output = output
  }

  public static let talk = TurnShape(calls: 1, newTokens: 300, output: 350)
  public static let read = TurnShape(calls: 2, newTokens: 900, output: 250)
  public static let strong = TurnShape(calls: 4, newTokens: 900, output: 250)
}
