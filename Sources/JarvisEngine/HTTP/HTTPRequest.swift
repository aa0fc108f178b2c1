/// One request. Values only; a `HTTPTransport` carries it out.
public struct HTTPRequest: Sendable {
  public var method: String
  /// Absolute, `https` or `http`; already percent-encoded.
  public var url: String
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]?
  public var timeouts: HTTPTimeouts
  public var trust: TLSTrust
  /// A longer body ends the transfer with `HTTPError.tooLarge`; bytes after decompression.
  public var maximumBodyBytes: Int

  public init(
    _ method: String = "GET", _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil,
    timeouts: HTTPTimeouts = .init(), trust: TLSTrust = .system, maximumBodyBytes: Int = 32 << 20
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeouts = timeouts
    self.trust = trust
    self.maximumBodyBytes = maximumBodyBytes
  }
}

/// How long each phase may take.
public struct HTTPTimeouts: Sendable, Hashable {
  /// Name, TCP and TLS.
  public var connect: Duration
  /// From the request's last byte to the response's first.
  public var firstByte: Duration
  /// Between two pieces of the body.
  public var idle: Duration
  /// The whole transfer.
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

/// Whom to believe. There is no case that turns verification off.
public enum TLSTrust: Sendable, Hashable {
  /// The system's certificate authorities; the name must match.
  case system
  /// These authorities (PEM) instead of the system's; the name must match.
  case authority(pem: String)
  /// This very leaf certificate (SHA-256 over its DER, 32 bytes), whatever its name and issuer.
  case pinned(sha256: [UInt8])
}
