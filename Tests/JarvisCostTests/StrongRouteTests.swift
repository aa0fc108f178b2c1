import Foundation
import JarvisAPI
import Testing

@testable import JarvisCost

@Suite struct StrongRouteTests {
  private let strong = StrongRoute(model: "claude-sonnet-5-5", prefixTokens: 5_000)
  private let start = Date(timeIntervalSince1970: 1_795_000_000)

  @Test(
    "ROUTE-05 The same turn on the strong route: prefix and history from the cache while it is warm, written when not")
  func classes() {
    let local = TokenUsage(input: 300, cacheRead: 200, output: 80)
    func usage(first: Bool = false, prefix: Bool, history: Bool) -> TokenUsage {
      strong.usage(
        insteadOf: .qwen, usage: local, newTokens: 40, answerTokens: 0,
        cached: .init(isFirst: first, hasPrefix: prefix, hasHistory: history))
    }
    #expect(usage(prefix: true, history: true) == TokenUsage(cacheWrite1h: 40, cacheRead: 5_460, output: 80))
    #expect(usage(prefix: true, history: false) == TokenUsage(cacheWrite1h: 500, cacheRead: 5_000, output: 80))
    #expect(usage(prefix: false, history: false) == TokenUsage(cacheWrite1h: 5_500, output: 80))
    // A first turn is written for five minutes, what all conversations share for an hour.
    #expect(
      usage(first: true, prefix: true, history: false)
        == TokenUsage(cacheWrite5m: 500, cacheRead: 5_000, output: 80))
    #expect(
      usage(first: true, prefix: false, history: false)
        == TokenUsage(cacheWrite5m: 500, cacheWrite1h: 5_000, output: 80))
    let cold = StrongCache.Standing(isFirst: true, hasPrefix: false, hasHistory: false)
    let claude = TokenUsage(input: 1, cacheWrite5m: 2, cacheWrite1h: 3, cacheRead: 4, output: 5)
    #expect(strong.usage(insteadOf: .claude, usage: claude, newTokens: 9, answerTokens: 9, cached: cold) == claude)
    let code = strong.usage(
      insteadOf: .live, usage: .init(), newTokens: 10, answerTokens: 30,
      cached: .init(isFirst: false, hasPrefix: true, hasHistory: true))
    #expect(code == TokenUsage(cacheWrite1h: 10, cacheRead: 5_000, output: 30))
  }

  @Test("ROUTE-05 The prefix is one for all conversations; a first turn is kept five minutes, later ones an hour")
  func cache() {
    var cache = StrongCache()
    let (one, two) = (ConversationID(rawValue: "1"), ConversationID(rawValue: "2"))
    func standing(_ conversation: ConversationID, _ message: String, _ after: TimeInterval) -> StrongCache.Standing {
      cache.standing(of: conversation, message: MessageID(rawValue: message), at: start + after)
    }
    func use(_ message: String, _ after: TimeInterval) {
      cache.use(one, message: MessageID(rawValue: message), at: start + after)
    }
    #expect(standing(one, "a", 0) == .init(isFirst: true, hasPrefix: false, hasHistory: false))
    use("a", 0)
    #expect(standing(one, "a", 1).isFirst)
    #expect(standing(one, "b", 300) == .init(isFirst: false, hasPrefix: true, hasHistory: true))
    #expect(standing(one, "b", 301) == .init(isFirst: false, hasPrefix: true, hasHistory: false))
    #expect(standing(two, "c", 3_600) == .init(isFirst: true, hasPrefix: true, hasHistory: false))
    use("b", 400)
    #expect(standing(one, "d", 4_000) == .init(isFirst: false, hasPrefix: true, hasHistory: true))
    #expect(standing(one, "d", 4_001) == .init(isFirst: false, hasPrefix: false, hasHistory: false))
  }

  @Test("ROUTE-05 What a first message will cost is reckoned with a history that is kept five minutes")
  func estimate() throws {
    func cost(_ isFirst: Bool) throws -> MicroDollars {
      let estimates = RouteEstimates(
        prices: try PriceTable.embedded(), fast: "claude-haiku-5-5", strong: "claude-sonnet-5-5", prefixTokens: 0,
        historyTokens: 0, cached: .init(isFirst: isFirst, hasPrefix: true, hasHistory: false), at: start)
      return try #require(
        estimates.estimate(bytes: 0, shape: TurnShape(calls: 1, newTokens: 1_000, output: 0)).strong)
    }
    // $2 a million of input; 1.25 times that for five minutes, twice for an hour.
    #expect(try cost(true) == MicroDollars(2_500))
    #expect(try cost(false) == MicroDollars(4_000))
  }
}
