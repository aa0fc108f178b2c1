import JarvisAPI

/// Why a model did not answer. Decides between waiting, another model, and telling the person.
public struct ProviderError: Error, Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// No key configured.
    case noKey
    /// 401 or 403: told to the person, not hidden behind a fallback.
    case unauthorised
    /// 402, or the own spend limit.
    case billing
    case rateLimited(retryAfter: Duration?)
    case overloaded
    case server(status: Int)
    case unreachable
    case timeout
    /// The stream broke after it began.
    case cut
    /// The prompt does not fit the window: an escalation, not an error, for a local model.
    case contextOverflow
    case modelMissing
    /// 400 and what else a retry cannot mend.
    case invalidRequest
    case malformed
    case cancelled
  }
  public var kind: Kind
  /// In the server's words, sanitised.
  public var reason: String
  /// True once a delta was given out: then no blind retry.
  public var afterFirstDelta: Bool
  /// What was consumed until it broke, as far as known; booked as an estimate.
  public var usage: TokenUsage
  /// How long the server asked to wait, where it did (`retry-after`).
  public var retryAfter: Duration?
  /// What the server said about asking again (`x-should-retry`), or what the way of failing says; nil leaves it to the
  /// kind.
  public var shouldRetry: Bool?
  public init(
    _ kind: Kind, reason: String, afterFirstDelta: Bool = false, usage: TokenUsage = .init(),
    retryAfter: Duration? = nil,
    shouldRetry: Bool? = nil
  ) {
    self.kind = kind
    self.reason = reason
    self.afterFirstDelta = afterFirstDelta
    self.usage = usage
    if case .rateLimited(let wait) = kind { self.retryAfter = retryAfter ?? wait } else { self.retryAfter = retryAfter }
    self.shouldRetry = shouldRetry
  }
}

extension ProviderError {
  /// A few words for a badge or a notice.
  public var brief: String {
    switch kind {
    case .noKey: "no key"
    case .unauthorised: "the key was refused"
    case .billing: "spend limit reached"
    case .rateLimited: "rate-limited"
    case .overloaded: "overloaded"
    case .server(let status): "server error \(status)"
    case .unreachable: "unreachable"
    case .timeout: "timed out"
    case .cut: "the stream was cut"
    case .contextOverflow: "window too small"
    case .modelMissing: "no such model"
    case .invalidRequest: "request refused"
    case .malformed: "an answer nobody can read"
    case .cancelled: "cancelled"
    }
  }
}
