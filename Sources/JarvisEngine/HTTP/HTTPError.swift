/// Why a transfer failed before or during its body. A status such as 500 is an answer, not an error.
///
/// The texts hold host, port and cause, never a header, a body, a query or a password. Parts of them come from
/// outside; clean them as any such text before they are drawn.
public enum HTTPError: Error, Sendable, Hashable {
  public enum Phase: String, Sendable { case connect, firstByte, idle, total }
  /// Not an URL that can be asked, or not with this trust; the text says why.
  case badURL(String)
  case nameNotFound(host: String)
  /// Nothing answers there; "host:port: cause".
  case refused(String)
  case timeout(Phase)
  /// The chain or the name could not be verified; the text says why.
  case untrusted(String)
  /// The leaf is not the pinned one; its actual fingerprint as "AA:BB:…".
  case fingerprintChanged(actual: String)
  /// The handshake failed for another reason than trust.
  case tls(String)
  /// The connection ended before the response did. A request that changes something may have been carried out.
  case cut(String)
  case tooLarge(limit: Int)
  /// The answer is not HTTP as it should be, or the request's method or headers are not.
  case malformed(String)
  case cancelled
}

extension HTTPError: CustomStringConvertible {
  /// One sentence or two for a person: what failed, why, and what could help.
  public var description: String {
    switch self {
    case .badURL(let why): "This URL cannot be asked: \(why)"
    case .nameNotFound(let host): "No address is known for the name \(host): check its spelling and the name server."
    case .refused(let where_): "No connection to \(where_). Is the service running there, and the port right?"
    case .timeout(.connect): "No connection was made in time: host down, or a firewall drops what is sent."
    case .timeout(.firstByte): "The server took the request but did not answer in time."
    case .timeout(.idle): "The server stopped sending in the middle of its answer."
    case .timeout(.total): "The answer was not complete in the time it was given."
    case .untrusted(let why): "The server's certificate is not trusted: \(why)"
    case .fingerprintChanged(let actual):
      "The server shows another certificate than the pinned one: \(actual). Renewed, or somebody in between; "
        + "compare it on the server before pinning it."
    case .tls(let why): "The encrypted connection failed: \(why)"
    case .cut(let why): "The connection ended before the answer did: \(why)"
    case .tooLarge(let limit): "The answer is longer than the \(limit) bytes allowed for it."
    case .malformed(let why): "Not valid HTTP: \(why)"
    case .cancelled: "The request was cancelled."
    }
  }
}
