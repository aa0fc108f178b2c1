import JarvisAPI

extension ProxmoxError {
  /// The same in the words of the door: what was tried, why it failed, and what the person can do next.
  public var userFacing: UserFacingError {
    UserFacingError(faultKind, attempted: attempted, reason: reason, advice: advice)
  }

  private var faultKind: UserFacingError.Kind {
    switch kind {
    case .badParameters: .usage
    case .unauthenticated, .forbidden, .untrusted, .fingerprintChanged: .configuration
    case .notFound, .failed, .notImplemented, .noQuorum, .cancelled: .negative
    case .badContentType: .fault
    case .nodeUnreachable, .nodeBroken, .timeout, .refused, .unreachable, .malformed, .other: .unreachable
    }
  }

  /// What the person can do next; empty where nothing helps.
  public var advice: String {
    switch kind {
    case .badParameters(let parameters): Self.parameterAdvice(parameters)
    case .unauthenticated: Self.tokenAdvice(reason)
    case .forbidden(let path, let privilege): Self.rightAdvice(path: path, privilege: privilege)
    case .notFound:
      "check the name or number: it may have been removed or renamed since the last look (/guests lists all)"
    case .failed: Self.failureAdvice(reason)
    case .notImplemented:
      "this version of Proxmox VE does not know the call, or the address is not that of its API: check version and port (8006)"
    case .badContentType: "this is a defect of Jarvis or of a proxy in between: the API saw neither a form nor JSON"
    case .nodeUnreachable(let node):
      "\(Self.named(node)) is down, or its peers cannot reach it on port 8006: look at /nodes and at the cluster network"
    case .nodeBroken(let node):
      "its peers reach \(Self.named(node)), but TLS or the answer fails: `pvecm updatecerts` there mends outdated "
        + "certificates, `systemctl restart pveproxy` a stuck proxy"
    case .untrusted:
      "run `jarvis-tui init` to see the certificate and trust the cluster's own CA; the token was not sent"
    case .fingerprintChanged:
      "if the certificate was renewed on purpose, pin the new fingerprint (`jarvis-tui init`); if not, somebody may be in "
        + "between. This node is not asked until then, and the token was not sent"
    case .timeout: "the node is busy or hangs: other nodes are asked meanwhile; look at its load and storage"
    case .refused:
      "pveproxy does not run there, or a firewall refuses: `systemctl status pveproxy` on the node, port 8006"
    case .unreachable: "check address, network and firewall (port 8006), and that the node is up"
    case .malformed:
      "the address answers, but not as the Proxmox API does: check address and port (8006), and any proxy in between"
    case .other(let status): Self.statusAdvice(status)
    case .noQuorum:
      "bring back enough nodes for a majority (`pvecm status` on a node shows the votes); until then the cluster takes no changes"
    case .cancelled: ""
    }
  }

  private static func named(_ node: String?) -> String { node.map { "node " + $0 } ?? "the node" }

  private static func parameterAdvice(_ parameters: [String: String]) -> String {
    let text = parameters.values.joined(separator: " ")
    if text.contains("no such task") || text.contains("worker upid") {
      return "the task is unknown on that node: its log may have been rotated away, or the UPID belongs to another node"
    }
    if parameters.isEmpty { return "check the values that were given" }
    return "check \(parameters.keys.sorted().joined(separator: ", ")) and try again"
  }

  private static func tokenAdvice(_ reason: String) -> String {
    let form = "the token has the form USER@REALM!ID=UUID"
    let words = reason.lowercased()
    if words.contains("no ticket") {
      return "no token arrived: \(form); a proxy in between may drop the Authorization header"
    }
    if words.contains("csrf") { return "the API took the request for a browser's: \(form)" }
    return
      "the token is wrong, expired, removed, or its user is disabled: \(form); `pveum user token list USER@REALM` lists "
      + "tokens, `jarvis-tui init` takes a new one (the secret is shown only once)"
  }

  /// The command that would grant what is missing, as Proxmox's own tool takes it.
  static func rightAdvice(path: String?, privilege: String?) -> String {
    guard let privilege, let wanted = privilege.split(separator: "|").first.map(String.init) else {
      return "this is kept for root@pam itself; a token cannot be given it"
    }
    let place = path ?? "/"
    let command =
      wanted.hasSuffix(".Audit")
      ? "pveum acl modify \(place) --tokens 'USER@REALM!ID' --roles PVEAuditor"
      : "pveum role add JarvisExtra --privs \(wanted) && pveum acl modify \(place) --tokens 'USER@REALM!ID' --roles JarvisExtra"
    return "the token lacks \(wanted) on \(path ?? "it"); on a node, root grants it with: \(command) – with privilege "
      + "separation its user needs the right too (--users)"
  }

  private static func failureAdvice(_ reason: String) -> String {
    let words = reason.lowercased()
    func says(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
    if says("no quorum", "not quorate", "cluster not ready") {
      return "the cluster has no quorum: bring back enough nodes for a majority (`pvecm status`)"
    }
    if says("is locked", "can't lock", "got lock timeout") {
      return
        "a task holds it (backup, migration, snapshot): wait for that task to end (/tasks); `qm unlock` only if none runs"
    }
    if says("checksum mismatch") { return "somebody changed the configuration meanwhile: read it again and repeat" }
    if says("protection mode") { return "the guest is protected: that is somebody's wish, and Jarvis does not lift it" }
    // Before "not running": it is the agent that does not run, and "agent" alone may be a node's name.
    if says("agent error", "guest agent", "guest-agent") {
      return "the guest agent does not answer or lacks this command: check that it is enabled and runs inside the guest"
    }
    if says("already running") { return "nothing to do: it runs already" }
    if says("not running") { return "nothing to do: it does not run" }
    if says("hostname lookup") { return "the node's name is unknown to the cluster: /nodes lists the nodes" }
    if says("does not exist", "not found", "no such", "not defined") {
      return "it is gone or was never there: it may have moved to another node or been removed (/guests lists all)"
    }
    if says("not installed", "not available") {
      return "the node lacks this software or feature; nothing is wrong with Jarvis"
    }
    if says("timeout", "timed out") { return "the node or a storage is slow: look at its load, then try again" }
    if says("permission", "only root") { return "this is kept for root@pam itself; a token cannot be given it" }
    return "the node's own log says more: `journalctl -u pvedaemon -u pveproxy` on the node, or the task's log"
  }

  private static func statusAdvice(_ status: Int) -> String {
    switch status {
    case 300..<400: "the port was asked without TLS, or a proxy redirects: use https:// and port 8006 in the address"
    case 429: "a proxy in between limits the number of requests: wait, or ask the node directly"
    case 502...504: "a proxy in between cannot reach the node: check that pveproxy runs"
    default: "the answer is none that Proxmox gives: check address and port (8006), and any proxy in between"
    }
  }
}
