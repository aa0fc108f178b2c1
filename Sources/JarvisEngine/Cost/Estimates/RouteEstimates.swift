import Foundation
import JarvisAPI

/// What is needed to say beforehand what a message would cost: prices of today and the length of what is sent anyway.
public struct RouteEstimates: Sendable, Hashable {
  public var fast: ModelPrice.Entry?
  public var strong: ModelPrice.Entry?
  public var local: ModelPrice.Entry?
  /// Tokens of Claude's system text and tool schemas.
  public var prefixTokens: Int
  /// Tokens of the conversation until now.
  public var historyTokens: Int
  /// What of prefix and history stands in the cache still.
  public var cached: StrongCache.Standing

  public init(
    prices: PriceTable, fast: String, strong: String, prefixTokens: Int, historyTokens: Int,
    cached: StrongCache.Standing, at date: Date
  ) {
    let prompt = prefixTokens + historyTokens
    self.fast = prices[fast]?.entry(at: date, prompt: prompt)
    self.strong = prices[strong]?.entry(at: date, prompt: prompt)
    local = ModelPrice.Entry(input: .zero, output: .zero, cacheWrite5m: .zero, cacheWrite1h: .zero, cacheRead: .zero)
    self.prefixTokens = prefixTokens
    self.historyTokens = historyTokens
    self.cached = cached
  }

  /// Bytes of text to a token, where nobody counted (`models.md`).
  public static let bytesPerToken = 3

  /// - Parameters:
  ///   - bytes: of the message.
  ///   - shape: how large such a turn usually is.
  public func estimate(bytes: Int, shape: TurnShape) -> RouteEstimate {
    var usage = TokenUsage()
    var context = prefixTokens + historyTokens
    for call in 0..<max(1, shape.calls) {
      let fresh = shape.newTokens + (call == 0 ? bytes / Self.bytesPerToken : 0)
      usage =
        usage
        + (call == 0 ? cached.sending(prefix: prefixTokens, history: historyTokens) : TokenUsage(cacheRead: context))
        + cached.writing(fresh) + TokenUsage(output: shape.output)
      context += fresh + shape.output
    }
    return RouteEstimate(
      fast: fast?.cost(of: usage), strong: strong?.cost(of: usage), local: local?.cost(of: usage))
  }
}
