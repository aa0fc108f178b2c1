import JarvisAPI
import JarvisCluster

extension ProxmoxError {
  /// The error as a tool tells it: Proxmox's own words, and what the person can do.
  var forTools: UserFacingError {
    UserFacingError(facingKind, attempted: attempted, reason: reason, advice: toolAdvice)
  }

  /// True where the call may have reached the cluster although its answer did not come back.
  var leavesOutcomeOpen: Bool {
    switch kind {
    case .timeout, .malformed, .unreachable, .nodeBroken, .cancelled, .badContentType: true
    case .other(let status): status >= 500
    case .badParameters, .unauthenticated, .forbidden, .notFound, .failed, .notImplemented, .nodeUnreachable,
      .untrusted,
      .fingerprintChanged, .refused:
      false
    }
  }

  private var facingKind: UserFacingError.Kind {
    switch kind {
    case .badParameters, .notFound: .usage
    case .unauthenticated, .untrusted, .fingerprintChanged: .configuration
    case .nodeUnreachable, .nodeBroken, .timeout, .refused, .unreachable: .unreachable
    case .forbidden, .failed, .notImplemented, .badContentType, .malformed, .other, .cancelled: .negative
    }
  }

  private var toolAdvice: String {
    switch kind {
    case .badParameters: "correct the arguments"
    case .unauthenticated: "check the API token with `jarvis-tui doctor`"
    case .forbidden(let path, let privilege):
      if let path, let privilege {
        "give the token \(privilege) on \(path) if Jarvis is to do this"
      } else {
        "give the token the right if Jarvis is to do this"
      }
    case .notFound: "see list_guests or list_nodes for what there is"
    case .failed: "see the task log and the guest's state"
    case .nodeUnreachable, .nodeBroken: "the node or its API is down; see list_nodes"
    case .untrusted, .fingerprintChanged: "check the certificate with `jarvis-tui doctor`; it may have been renewed"
    case .timeout, .refused, .unreachable: "see whether the node is up; `jarvis-tui doctor` tries every way"
    case .notImplemented, .badContentType, .malformed, .other:
      "this Proxmox VE may be of a version Jarvis does not know"
    case .cancelled: ""
    }
  }
}
