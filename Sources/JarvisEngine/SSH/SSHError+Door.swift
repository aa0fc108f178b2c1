import JarvisAPI

extension SSHError {
  /// The error for a person: what was tried on which node, why it failed, what to do.
  public func userFacing(_ attempted: String) -> UserFacingError {
    let (kind, reason, advice) = words
    return UserFacingError(
      kind, attempted: attempted, reason: Sanitiser.clean(reason, keepingNewlines: false),
      advice: Sanitiser.clean(advice, keepingNewlines: false))
  }

  private var words: (UserFacingError.Kind, reason: String, advice: String) {
    switch self {
    case .unknownNode(let known):
      (
        .usage, "no address is configured for SSH to it",
        known.isEmpty ? "Add the node under ssh in the configuration." : "Known are \(known.joined(separator: ", "))."
      )
    case .jump(let why): (.configuration, why, "Mend the jump host in the configuration.")
    case .nameNotFound(let host):
      (.unreachable, "no address is known for the name \(host)", "Check its spelling and the name server.")
    case .refused(let place):
      (.unreachable, "\(place) refuses connections", "Is sshd running there, and the port right?")
    case .unreachable(let place, let why): (.unreachable, "\(place): \(why)", "Is the node on, and the address right?")
    case .timeout(.connect):
      (.unreachable, "no SSH connection was made in time", "The node is down, or a firewall drops what is sent.")
    case .timeout(.response):
      (.unreachable, "the SSH server stopped answering", "The connection is made anew at the next try.")
    case .timeout(.command):
      (.negative, "it took longer than it was given", "Give it more time, or run less at once.")
    case .handshake(let why): (.unreachable, why, "Is the port that of an SSH server?")
    case .hostKeyUnknown, .hostKeyChanged, .hostKeyRevoked, .knownHosts: hostKeyWords
    case .permissionDenied, .noKey, .keyFile, .keyMode, .keyType, .passphraseNeeded, .passphraseWrong, .agent: keyWords
    case .dropped(let why, mayHaveRun: false): (.unreachable, "the SSH connection ended: \(why)", "Try again.")
    case .dropped(let why, mayHaveRun: true):
      (
        .unreachable, "the SSH connection ended before the command did: \(why)",
        "It may have run, wholly or in part: look before you repeat it."
      )
    case .channelRefused(let why):
      (
        .unreachable, "the SSH server starts nothing more: \(why)",
        "Look at MaxSessions in its sshd_config, and at the account's restrictions."
      )
    case .busy(let limit):
      (.unreachable, "\(limit) commands are already waiting for this node", "Try again when some are done.")
    case .cancelled(ended: true): (.negative, "cancelled; the command on the node was ended", "")
    case .cancelled(ended: false):
      (.negative, "cancelled; whether the command on the node has ended is not known", "Look at the node's processes.")
    case .outOfResources(let why): (.fault, why, "Close what is not needed, or raise the limit (ulimit -n).")
    }
  }

  private var hostKeyWords: (UserFacingError.Kind, reason: String, advice: String) {
    switch self {
    case .hostKeyUnknown(let offer):
      (
        .refused, "the host key of \(offer.host) is not known yet: \(offer.summary)",
        "Compare it on the node (\(offer.commandToCompare)), then agree to it."
      )
    case .hostKeyChanged(let offer):
      (
        .refused, "\(offer.host) shows another host key than the pinned one: \(offer.summary)",
        "Renewed, or somebody in between. Compare it on the node's own console (\(offer.commandToCompare)); "
          + "only then pin it anew."
      )
    case .hostKeyRevoked(let offer):
      (
        .refused, "the host key of \(offer.host) is marked as revoked: \(offer.summary)",
        "Make a new host key on the node."
      )
    case .knownHosts(let path, let why): (.configuration, "\(path): \(why)", "Mend it: chmod 600 \(path)")
    default: (.fault, "\(self)", "")
    }
  }

  private var keyWords: (UserFacingError.Kind, reason: String, advice: String) {
    switch self {
    case .permissionDenied(let user, let tried):
      (
        .refused, "permission denied for \(user) (tried: \(tried.joined(separator: ", ")))",
        "Put the public key into authorized_keys of \(user) on the node, and check the user's name."
      )
    case .noKey: (.configuration, "no SSH key is configured", "Name a key file, or start an ssh-agent that holds one.")
    case .keyFile(let path, let why): (.configuration, "key \(path): \(why)", "Check the path and the file.")
    case .keyMode(let path, let mode):
      (.configuration, "key \(path) has mode \(mode): others may read it", "chmod 600 \(path)")
    case .keyType(let path, .rsa):
      (
        .configuration, "key \(path) is an RSA key, which this libssh2 can offer with SHA-1 only; sshd refuses that",
        "Use ed25519: ssh-keygen -t ed25519"
      )
    case .keyType(let path, .unsupported(let name)):
      (.configuration, "key \(path) is of a kind that cannot be used (\(name))", "Use ed25519: ssh-keygen -t ed25519")
    case .passphraseNeeded(let path):
      (
        .configuration, "key \(path) is encrypted and no passphrase is known",
        "Give the passphrase, or use an ssh-agent."
      )
    case .passphraseWrong(let path):
      (.configuration, "the passphrase of key \(path) is wrong, or the file is damaged", "Give the right passphrase.")
    case .agent(let why): (.configuration, "ssh-agent: \(why)", "Check SSH_AUTH_SOCK and ssh-add -l.")
    default: (.fault, "\(self)", "")
    }
  }
}
