import JarvisCluster

extension ProxmoxError {
  /// True where the call may have reached the cluster although its answer did not come back.
  var leavesOutcomeOpen: Bool {
    switch kind {
    case .timeout, .malformed, .unreachable, .nodeBroken, .cancelled, .badContentType: true
    case .other(let status): status >= 500
    case .badParameters, .unauthenticated, .forbidden, .notFound, .failed, .notImplemented, .nodeUnreachable, .noQuorum,
      .untrusted, .fingerprintChanged, .refused:
      false
    }
  }
}
