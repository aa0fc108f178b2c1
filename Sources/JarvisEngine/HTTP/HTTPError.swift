/// Why a transfer failed before or during its body. A status such as 500 is an answer, not an error.
public enum HTTPError: Error, Sendable, Hashable {
  public enum Phase: String, Sendable { case connect, firstByte, idle, total }
  /// Not an URL that libcurl takes.
  case badURL(String)
  case nameNotFound(host: String)
  case refused(String)
  case timeout(Phase)
  /// The chain or the name could not be verified; the text says why.
  case untrusted(String)
  /// The leaf is not the pinned one; its actual fingerprint as "AA:BB:…".
  case fingerprintChanged(actual: String)
  case tls(String)
  /// The connection ended before the body did.
  case cut(String)
  case tooLarge(limit: Int)
  case malformed(String)
  case cancelled
}
