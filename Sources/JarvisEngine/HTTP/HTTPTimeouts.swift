/// How long each phase of a transfer may take; the one that runs out is named by `HTTPError.timeout`.
public struct HTTPTimeouts: Sendable, Hashable {
  /// Name, TCP and TLS, and waiting for a free connection where too many are open.
  public var connect: Duration
  /// From the request's last byte to the response's first.
  public var firstByte: Duration
  /// Between two pieces of head or body. Stands still while the reader is slower than the server.
  public var idle: Duration
  /// The whole transfer, including the time the reader takes for the body.
  public var total: Duration

  public init(
    connect: Duration = .seconds(5), firstByte: Duration = .seconds(15), idle: Duration = .seconds(30),
    total: Duration = .seconds(60)
  ) {
    self.connect = connect
    self.firstByte = firstByte
    self.idle = idle
    self.total = total
  }
}
