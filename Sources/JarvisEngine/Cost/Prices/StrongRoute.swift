import Foundation
import JarvisAPI

/// What a turn would have cost had the strong Claude model answered it, with prompt caching: the counterfactual behind the
/// savings figure (`models.md`, money).
public struct StrongRoute: Sendable, Hashable {
  /// How long the API keeps the fixed prefix and, from a conversation's second turn on, the rest (`llm.md`, 1.5).
  public static let cacheLifetime: TimeInterval = 3_600

  /// The strong model's id.
  public var model: String
  /// Tokens of its system text and tool schemas, which each of its calls carries.
  public var prefixTokens: Int
  public init(model: String, prefixTokens: Int) {
    self.model = model
    self.prefixTokens = prefixTokens
  }

  /// The usage that the strong model would have had for what another route answered.
  ///
  /// A Claude call carries the same tokens in the same classes. Anything else would have carried the prefix, the history
  /// and the new text: read from the cache where the turn before is recent enough, written to it otherwise.
  /// - Parameters:
  ///   - route: who answered.
  ///   - usage: what that used; zero for an answer by code.
  ///   - newTokens: the length of the person's new text.
  ///   - answerTokens: the length of the answer, where no model counted it.
  ///   - sinceLastTurn: seconds since the conversation's last turn, whoever answered; nil for the first.
  public func usage(
    insteadOf route: Route, usage: TokenUsage, newTokens: Int, answerTokens: Int, sinceLastTurn: TimeInterval?
  ) -> TokenUsage {
    if route == .claude { return usage }
    let history = max(0, usage.prompt - newTokens)
    var result = TokenUsage(cacheWrite1h: newTokens, output: max(usage.output, answerTokens))
    if let pause = sinceLastTurn, pause <= Self.cacheLifetime {
      result.cacheRead += prefixTokens + history
    } else {
      result.cacheWrite1h += prefixTokens + history
    }
    return result
  }
}
