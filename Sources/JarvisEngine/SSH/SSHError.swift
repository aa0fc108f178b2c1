/// Why something over SSH failed. The texts hold no secret; parts of them come from outside and are cleaned at the door.
public enum SSHError: Error, Sendable, Hashable {
  /// No `SSHNode` of that name; the names there are.
  case unknownNode(known: [String])
  /// The jump host of that name is not among the nodes, or jumps lead in a circle or too far.
  case jump(String)
  case nameNotFound(String)
  /// Nothing listens there.
  case refused(place: String)
  /// The network says no: "No route to host".
  case unreachable(place: String, reason: String)
  case timeout(SSHPhase)
  /// It is no SSH server, or one that shares no method with us.
  case handshake(String)
  /// First contact: to be shown, and trusted by a person only.
  case hostKeyUnknown(HostKeyOffer)
  /// Another key than the pinned one: renewed, or somebody in between.
  case hostKeyChanged(HostKeyOffer)
  /// The key stands in `known_hosts` as revoked.
  case hostKeyRevoked(HostKeyOffer)
  /// `known_hosts` cannot be read, written, or is writable for others.
  case knownHosts(path: String, reason: String)
  case permissionDenied(user: String, tried: [String])
  /// Neither key file nor agent.
  case noKey
  case keyFile(path: String, reason: String)
  /// Others may read it.
  case keyMode(path: String, mode: String)
  case keyType(path: String, SSHKeyProblem)
  case passphraseNeeded(path: String)
  case passphraseWrong(path: String)
  case agent(String)
  /// The connection ended. With `mayHaveRun` the command had been sent.
  case dropped(reason: String, mayHaveRun: Bool)
  /// The server opens no further channel, or starts no command.
  case channelRefused(String)
  /// More wait than `SSHBounds` allows.
  case busy(limit: Int)
  /// `ended` tells whether the remote process is known to be gone.
  case cancelled(ended: Bool)
  case outOfResources(String)
}

/// What was waited for in vain.
public enum SSHPhase: String, Sendable, Hashable { case connect, response, command }

/// Why a kind of key cannot be used.
public enum SSHKeyProblem: Sendable, Hashable {
  /// This libssh2 cannot sign RSA with SHA-2, and OpenSSH since 8.8 accepts nothing less.
  case rsa
  /// DSA, keys in hardware, or unknown: its name.
  case unsupported(String)
}
