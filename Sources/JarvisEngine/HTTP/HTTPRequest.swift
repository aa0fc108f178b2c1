/// One request. Values only; an `HTTPTransport` carries it out.
///
/// Redirects are answers, not followed: the caller decides whether a token may go elsewhere.
public struct HTTPRequest: Sendable {
  /// `GET`, `POST`, …; a token as RFC 9110 defines it.
  public var method: String
  /// Absolute, `https` or `http`, already percent-encoded, without user and password.
  public var url: String
  /// Sent as they are. Of its own accord the transport adds only `Host`, `Accept`, `Accept-Encoding`,
  /// `Content-Length`, and `Content-Type: application/x-www-form-urlencoded` to a body that has no type.
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
