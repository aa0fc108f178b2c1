/// Looks at a server's certificates before anybody trusts it: a TLS handshake and nothing after it – no request, no
/// credentials. For `init`, which shows the result and asks whom to trust.
public struct CertificateProbe: Sendable {
  private let transport: CurlTransport

  public init(_ transport: CurlTransport) { self.transport = transport }

  /// What `url`'s host presents on its port; path and query do not matter.
  /// - Parameter connect: for name, TCP and TLS.
  /// - Throws: `HTTPError`: no https URL, name not found, refused, timeout of the phase `connect`, TLS, cancelled.
  public func chain(of url: String, connect: Duration = .seconds(5)) async throws(HTTPError) -> PresentedChain {
    let target = try RequestTarget(url)
    guard target.isEncrypted else { throw .badURL("plain http has no certificate to look at") }
    return try await transport.probe(target, connect: connect)
  }
}
