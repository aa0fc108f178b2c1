/// When and after how long a call is made again. Pure; whoever uses it waits.
///
/// Two retries, 0.5 s doubling to 8 s, shortened at random by up to a quarter so that many clients do not come back at
/// once (`llm.md`, 1.7). Never after the first delta: what a person saw cannot be taken back.
public struct RetryPolicy: Sendable, Hashable {
  public var maximumRetries = 2
  public var firstDelay = Duration.milliseconds(500)
  public var longestDelay = Duration.seconds(8)
  /// A server that asks for a longer wait is not waited for: another model answers.
  public var longestServerDelay = Duration.seconds(10)
  public init() {}

  /// How long to wait before asking again; nil when the error stands.
  /// - Parameters:
  ///   - retries: how many were made already.
  ///   - random: 0..<1.
  public func delay(after error: ProviderError, retries: Int, random: Double) -> Duration? {
    guard retries < maximumRetries, !error.afterFirstDelta, mayPass(error) else { return nil }
    if let asked = error.retryAfter { return asked <= longestServerDelay ? asked : nil }
    var delay = firstDelay
    for _ in 0..<retries where delay < longestDelay { delay *= 2 }
    return min(delay, longestDelay) * (1 - 0.25 * min(max(random, 0), 1))
  }

  /// Whether the same call may succeed later.
  private func mayPass(_ error: ProviderError) -> Bool {
    switch error.kind {
    case .cancelled, .noKey, .unauthorised, .billing, .contextOverflow, .modelMissing, .invalidRequest, .malformed:
      error.shouldRetry == true && error.kind != .cancelled && error.kind != .noKey
    case .rateLimited, .overloaded, .server, .unreachable, .timeout, .cut:
      error.shouldRetry ?? true
    }
  }
}
