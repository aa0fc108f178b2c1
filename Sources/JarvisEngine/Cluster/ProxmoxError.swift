import JarvisAPI

/// Why a call to the Proxmox API failed, in words that help.
public struct ProxmoxError: Error, Sendable, Hashable {
  /// What kind of failure; each has its own advice.
  public enum Kind: Sendable, Hashable {
    /// 400, with the `errors` map parameter → text.
    case badParameters([String: String])
    /// 401.
    case unauthenticated
    /// 403; privilege and path where the reason names them.
    case forbidden(path: String?, privilege: String?)
    /// 404, or a guest or node that the live picture does not know.
    case notFound
    /// 500: a missing guest, a lock, a wrong digest, …
    case failed
    /// 501.
    case notImplemented
    /// 506.
    case badContentType
    /// 595: the node cannot be reached by its peer.
    case nodeUnreachable(node: String?)
    /// 596: TLS to the node or its answer failed.
    case nodeBroken(node: String?)
    case untrusted
    case fingerprintChanged(actual: String)
    case timeout
    case refused
    case unreachable
    /// An answer that is not what the API says.
    case malformed
    case other(status: Int)
    /// The cluster has no quorum: it takes no changes, and none was sent.
    case noQuorum
    case cancelled
  }
  /// What kind of failure it was.
  public var kind: Kind
  /// "start guest 102 on agent".
  public var attempted: String
  /// The server's own words, sanitised.
  public var reason: String
  public init(_ kind: Kind, attempted: String, reason: String) {
    self.kind = kind
    self.attempted = attempted
    self.reason = reason
  }
}
