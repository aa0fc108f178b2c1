import JarvisModels
import JarvisRouting
import Testing

@testable import JarvisChat

/// Who goes on where one of Claude's models hands over or declines.
struct ClaudeRelayTests {
  private let strong = ScriptedProvider([], model: "strong")
  private let fast = ScriptedProvider([], model: "fast")
  private var providers: Providers {
    Providers(claude: strong, fast: fast, qwen: nil, gate: { _ in .open }, report: { _, _ in })
  }
  private let refused = LoopEnd.refused(category: nil)
  private let handed = LoopEnd.handedOver(tool: "start_guest")

  private func relay(_ first: ScriptedProvider) -> ClaudeRelay { ClaudeRelay(first, of: providers, steps: 25) }

  @Test("ROUTE-10 what was handed over and declined goes back to who handed over, and to nobody who declined")
  func afterHandOver() {
    var relay = relay(fast)
    #expect(relay.next(after: handed, taken: 2)?.model == "strong")
    #expect(relay.next(after: refused, taken: 3)?.model == "fast")
    #expect(!relay.hasStrong)
    #expect(relay.next(after: handed, taken: 4) == nil)
    #expect(relay.next(after: refused, taken: 5) == nil)
  }

  @Test("ROUTE-10 where both declined nobody goes on")
  func both() {
    var relay = relay(strong)
    #expect(relay.next(after: refused, taken: 1)?.model == "fast")
    #expect(relay.next(after: refused, taken: 2) == nil)
    #expect(relay.current.model == "fast")
  }

  @Test("FOUND-04 nobody goes on after the turn's last step, nor after an answer", arguments: [24, 25])
  func bound(taken: Int) {
    var relay = relay(fast)
    #expect(relay.next(after: .answered, taken: taken) == nil)
    #expect((relay.next(after: handed, taken: taken) == nil) == (taken == 25))
  }
}
