import JarvisCluster

extension ProxmoxError {
  /// True where a mutation may have reached the cluster although its answer did not come back: then nobody knows, and
  /// asking again could do it twice.
  var leavesOutcomeOpen: Bool {
    switch kind {
    case .timeout, .malformed, .unreachable, .nodeBroken, .cancelled, .badContentType: true
    case .other(let status): status >= 500
    case .badParameters, .unauthenticated, .forbidden, .notFound, .failed, .notImplemented, .nodeUnreachable,
      .untrusted,
      .fingerprintChanged, .refused, .noQuorum:
      false
    }
  }
}
