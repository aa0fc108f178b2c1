/// What a simulated server has seen so far; tests assert on it.
public struct ServerCounts: Sendable, Hashable {
  /// Connections accepted since the start.
  public var connections = 0
  /// Connections open now.
  public var open = 0
  /// Requests read to their end.
  public var requests = 0
  /// Requests whose client left before the answer was complete.
  public var abandoned = 0
  /// TLS handshakes that failed, e.g. because the client did not trust the certificate.
  public var failedHandshakes = 0

  public init() {}
}
