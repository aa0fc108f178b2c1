import Foundation
import JarvisAPI
import Testing

@testable import JarvisCost

@Suite struct StrongRouteTests {
  private let strong = StrongRoute(model: "claude-sonnet-5-5", prefixTokens: 5_000)

  @Test(
    "ROUTE-05 The same turn on the strong route: prefix and history from the cache while it is warm, written when not")
  func classes() {
    let local = TokenUsage(input: 300, cacheRead: 200, output: 80)
    func usage(_ pause: TimeInterval?) -> TokenUsage {
      strong.usage(insteadOf: .qwen, usage: local, newTokens: 40, answerTokens: 0, sinceLastTurn: pause)
    }
    #expect(usage(60) == TokenUsage(cacheWrite1h: 40, cacheRead: 5_460, output: 80))
    #expect(usage(3_600) == usage(60))
    #expect(usage(4_000) == TokenUsage(cacheWrite1h: 5_500, output: 80))
    #expect(usage(nil) == usage(4_000))
    let claude = TokenUsage(input: 1, cacheWrite5m: 2, cacheWrite1h: 3, cacheRead: 4, output: 5)
    #expect(
      strong.usage(insteadOf: .claude, usage: claude, newTokens: 9, answerTokens: 9, sinceLastTurn: nil) == claude)
    let code = strong.usage(insteadOf: .live, usage: .init(), newTokens: 10, answerTokens: 30, sinceLastTurn: 10)
    #expect(code == TokenUsage(cacheWrite1h: 10, cacheRead: 5_000, output: 30))
  }
}
