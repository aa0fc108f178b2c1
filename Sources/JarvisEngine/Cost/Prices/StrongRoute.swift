import Foundation
import JarvisAPI

/// What a turn would have cost had the strong Claude model answered it, with prompt caching: the counterfactual behind the
/// savings figure (`models.md`, money).
public struct StrongRoute: Sendable, Hashable {
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
  /// and the new text: read from the cache where it holds them, written to it otherwise.
  /// - Parameters:
  ///   - route: who answered.
  ///   - usage: what that used; zero for an answer by code.
  ///   - newTokens: the length of the person's new text.
  ///   - answerTokens: the length of the answer, where no model counted it.
  ///   - cached: what the strong model's cache would hold.
  public func usage(
    insteadOf route: Route, usage: TokenUsage, newTokens: Int, answerTokens: Int, cached: StrongCache.Standing
  ) -> TokenUsage {
    if route == .claude { return usage }
    let history = max(0, usage.prompt - newTokens)
    return cached.sending(prefix: prefixTokens, history: history) + cached.writing(newTokens)
      + TokenUsage(output: max(usage.output, answerTokens))
  }
}
