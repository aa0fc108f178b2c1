import Foundation
import JarvisAPI
import JarvisHTTP
import JarvisTestSupport
import Testing

@testable import JarvisModels

@Suite struct RetryTests {
  private let question = ModelRequest(system: "s", messages: [.user(results: [], text: "hi")])
  private let good = ScriptedTransport.Answer.text(MessagesScript.answer("end_turn"))
  private let overloaded = ScriptedTransport.Answer.text("{}", status: 529)

  private func provider(
    _ transport: ScriptedTransport, _ clock: SteppingClock, random: Double = 0
  ) -> RetryingProvider {
    RetryingProvider(
      AnthropicProvider(model: "claude-haiku-5-5", key: APIKey("k"), transport: transport, now: { Date.distantPast }),
      clock: clock,
      random: { random })
  }

  @Test("ROUTE-02 Which errors are tried again, and which never")
  func kinds() {
    let policy = RetryPolicy()
    let again: [ProviderError.Kind] = [
      .rateLimited(retryAfter: nil), .overloaded, .server(status: 500), .server(status: 409), .unreachable, .timeout,
      .cut,
    ]
    let never: [ProviderError.Kind] = [
      .noKey, .unauthorised, .billing, .contextOverflow, .modelMissing, .invalidRequest, .malformed, .cancelled,
    ]
    for kind in again {
      #expect(policy.delay(after: ProviderError(kind, reason: ""), retries: 0, random: 0) == .milliseconds(500))
      #expect(policy.delay(after: ProviderError(kind, reason: "", afterFirstDelta: true), retries: 0, random: 0) == nil)
      #expect(policy.delay(after: ProviderError(kind, reason: ""), retries: 2, random: 0) == nil)
      #expect(policy.delay(after: ProviderError(kind, reason: "", shouldRetry: false), retries: 0, random: 0) == nil)
    }
    for kind in never { #expect(policy.delay(after: ProviderError(kind, reason: ""), retries: 0, random: 0) == nil) }
  }

  @Test(
    "ROUTE-02 The wait doubles to 8 s, is shortened by up to a quarter, and the server's own wish wins if it is short")
  func delays() {
    var policy = RetryPolicy()
    policy.maximumRetries = 9
    let error = ProviderError(.overloaded, reason: "")
    #expect(
      (0..<6).map { policy.delay(after: error, retries: $0, random: 0) } == [0.5, 1, 2, 4, 8, 8].map { .seconds($0) })
    #expect(policy.delay(after: error, retries: 4, random: 0.999_999)! >= .seconds(6))
    #expect(policy.delay(after: error, retries: 0, random: 0.4) == .milliseconds(450))
    let soon = ProviderError(.rateLimited(retryAfter: .seconds(3)), reason: "")
    #expect(policy.delay(after: soon, retries: 0, random: 0.9) == .seconds(3))
    let late = ProviderError(.rateLimited(retryAfter: .seconds(60)), reason: "")
    #expect(policy.delay(after: late, retries: 0, random: 0) == nil)
  }

  @Test("ROUTE-02 Two failures, then the answer; the clock was waited for")
  func recovers() async {
    let clock = SteppingClock()
    let transport = ScriptedTransport([overloaded, .failing(.refused("x")), good])
    let outcome = await Outcome(provider(transport, clock).stream(question))
    #expect(outcome.text == "done" && outcome.error == nil)
    #expect(clock.now.offset == .milliseconds(1_500), "0.5 s, then 1 s")
    #expect(transport.requests.count == 3)
    #expect(Set(transport.requests.map(\.text)).count == 1, "the same request each time")
  }

  @Test("ROUTE-02 After two retries the error stands; wrong keys are not tried twice")
  func gives() async {
    let clock = SteppingClock()
    let transport = ScriptedTransport([overloaded, overloaded, overloaded, .text("{}", status: 401)])
    let provider = provider(transport, clock)
    #expect(await Outcome(provider.stream(question)).error?.kind == .overloaded)
    #expect(transport.requests.count == 3)
    #expect(await Outcome(provider.stream(question)).error?.kind == .unauthorised)
    #expect(transport.requests.count == 4)
  }

  @Test("ROUTE-02 Nothing is tried again once a word was shown; before it, what a failed attempt used is added")
  func firstDelta() async {
    let clock = SteppingClock()
    let error = MessagesScript.event("error", #"{"type":"error","error":{"type":"overloaded_error","message":"x"}}"#)
    let shown = ScriptedTransport([.text(MessagesScript.start + MessagesScript.text(0, ["Hm"]) + error), good])
    let partial = await Outcome(provider(shown, clock).stream(question))
    #expect(partial.error?.afterFirstDelta == true)
    #expect(shown.requests.count == 1 && clock.now.offset == .zero)
    let early = ScriptedTransport([.text(MessagesScript.start + error), good])
    let outcome = await Outcome(provider(early, clock).stream(question))
    #expect(
      outcome.finish?.usage
        == TokenUsage(input: 50, cacheWrite5m: 600, cacheWrite1h: 1_200, cacheRead: 8_000, output: 8))
  }

  @Test("ROUTE-02 The breaker refuses without asking, says why, and lets one probe through later")
  func breaker() async throws {
    let clock = SteppingClock()
    let transport = ScriptedTransport(Array(repeating: overloaded, count: 9) + [good])
    let provider = provider(transport, clock)
    for _ in 0..<3 { #expect(await Outcome(provider.stream(question)).error?.kind == .overloaded) }
    #expect(transport.requests.count == 9)
    let refused = await Outcome(provider.stream(question)).error
    #expect(refused?.kind == .overloaded)
    #expect(refused?.retryAfter == .seconds(5))
    #expect(transport.requests.count == 9)
    try await clock.sleep(for: .seconds(5))
    #expect(await Outcome(provider.stream(question)).text == "done")
    #expect(provider.breaker == .closed(failures: 0))
  }

  @Test("FOUND-04 Stopping while it waits ends it, and the breaker does not count it")
  func cancelledWhileWaiting() async {
    let clock = ControlledClock()
    let transport = ScriptedTransport([overloaded, good])
    let provider = RetryingProvider(
      AnthropicProvider(model: "claude-haiku-5-5", key: APIKey("k"), transport: transport, now: { Date.distantPast }),
      clock: clock,
      random: { 0 })
    let task = Task { await Outcome(provider.stream(question)) }
    while clock.sleepers == 0 { await Task.yield() }
    task.cancel()
    let outcome = await task.value
    #expect(outcome.finish == nil)
    #expect(transport.requests.count == 1)
    #expect(provider.breaker == .closed(failures: 0))
  }
}
