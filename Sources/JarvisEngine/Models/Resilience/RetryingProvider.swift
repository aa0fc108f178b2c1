import JarvisAPI
import JarvisLock

/// A provider with retries and a circuit breaker before it.
///
/// Tools never run inside of one call, so a retry here can never repeat a mutation; the loop that runs tools does not
/// retry.
public final class RetryingProvider: LLMProvider {
  private struct Guarding {
    var breaker = CircuitBreaker()
    /// Why it opened, for those who are refused.
    var lastError: ProviderError?

    /// The last error again, for a call that is not made.
    func refusal(wait: Duration) -> ProviderError {
      var error = lastError ?? ProviderError(.unreachable, reason: "no answer")
      error.retryAfter = wait
      error.afterFirstDelta = false
      error.usage = .init()
      return error
    }
  }

  private let provider: any LLMProvider
  private let policy: RetryPolicy
  private let sleep: @Sendable (Duration) async throws -> Void
  private let elapsed: @Sendable () -> Duration
  private let random: @Sendable () -> Double
  private let guarding = Guarded(Guarding())

  /// - Parameters:
  ///   - clock: waits between attempts and measures the breaker's pauses.
  ///   - random: 0..<1, for the jitter.
  public init(
    _ provider: any LLMProvider, policy: RetryPolicy = .init(), clock: any Clock<Duration>,
    random: @escaping @Sendable () -> Double
  ) {
    self.provider = provider
    self.policy = policy
    self.random = random
    sleep = { try await clock.sleep(for: $0) }
    elapsed = Self.stopwatch(clock)
  }

  public var route: Route { provider.route }
  public var model: String { provider.model }
  public var capabilities: ProviderCapabilities { provider.capabilities }
  public var breaker: CircuitBreaker.State { guarding.withLock { $0.breaker.state } }

  /// For the router: an open breaker is a reason to choose another model before asking.
  public var blocked: ProviderError? {
    guarding.withLock { guarding in guarding.breaker.wait(at: elapsed()).map { guarding.refusal(wait: $0) } }
  }

  public func countTokens(_ request: ModelRequest) async -> TokenCount { await provider.countTokens(request) }
  public func checkHealth() async -> ProviderHealth { await provider.checkHealth() }

  public func stream(_ request: ModelRequest) -> AsyncThrowingStream<ModelDelta, any Error> {
    AsyncThrowingStream { continuation in
      let task = Task {
        do throws(ProviderError) {
          try await run(request, into: continuation)
          continuation.finish()
        } catch {
          continuation.finish(throwing: error)
        }
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  private func run(
    _ request: ModelRequest, into continuation: AsyncThrowingStream<ModelDelta, any Error>.Continuation
  ) async throws(ProviderError) {
    try enter()
    var spent = TokenUsage()
    var retries = 0
    while true {
      let error: ProviderError
      do throws(ProviderError) {
        try await attempt(request, spent: spent, into: continuation)
        guarding.withLock { $0.breaker.succeeded() }
        return
      } catch let failure {
        error = failure
      }
      // What a failed attempt consumed is paid for too.
      spent = spent + error.usage
      if let delay = policy.delay(after: error, retries: retries, random: random()) {
        retries += 1
        do {
          try await sleep(delay)
          continue
        } catch {
          leave(ProviderError(.cancelled, reason: "stopped"))
          throw ProviderError(.cancelled, reason: "stopped", usage: spent)
        }
      }
      leave(error)
      var whole = error
      whole.usage = spent
      throw whole
    }
  }

  private func attempt(
    _ request: ModelRequest, spent: TokenUsage,
    into continuation: AsyncThrowingStream<ModelDelta, any Error>.Continuation
  ) async throws(ProviderError) {
    var finished = false
    do {
      for try await delta in provider.stream(request) {
        switch delta {
        case .usage(let usage): continuation.yield(.usage(spent + usage))
        case .finished(var finish):
          finish.usage = spent + finish.usage
          finished = true
          continuation.yield(.finished(finish))
        default: continuation.yield(delta)
        }
      }
    } catch let error as ProviderError {
      throw error
    } catch {
      throw ProviderError(.cancelled, reason: "stopped")
    }
    // A stream that ends without its last delta was cancelled together with this task.
    if !finished { throw ProviderError(.cancelled, reason: "stopped") }
  }

  /// - Throws: the last error again while the breaker is open.
  private func enter() throws(ProviderError) {
    let refusal = guarding.withLock { guarding -> ProviderError? in
      guard case .refused(let wait) = guarding.breaker.ask(at: elapsed()) else { return nil }
      return guarding.refusal(wait: wait)
    }
    if let refusal { throw refusal }
  }

  private func leave(_ error: ProviderError) {
    guarding.withLock { guarding in
      switch error.kind {
      case .rateLimited, .overloaded, .server, .unreachable, .timeout, .cut, .malformed:
        guarding.lastError = error
        guarding.breaker.failed(at: elapsed())
      case .unauthorised, .billing, .contextOverflow, .modelMissing, .invalidRequest:
        // It answered: the way to it works.
        guarding.breaker.succeeded()
      case .noKey, .cancelled:
        guarding.breaker.abandoned(at: elapsed())
      }
    }
  }

  private static func stopwatch<C: Clock<Duration>>(_ clock: C) -> @Sendable () -> Duration {
    let start = clock.now
    return { start.duration(to: clock.now) }
  }
}
