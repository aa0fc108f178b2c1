/// What a node may be shown to let us in, read before the connection is made so that a missing passphrase costs none.
struct AuthenticationKeys: Sendable {
  struct File: Sendable {
    var path: String
    var key: PrivateKey
    var passphrase: String?
  }

  var file: File?
  var agentSocket: String?

  /// - Throws: `SSHError` about the key's file, its kind, its passphrase; `noKey`.
  static func gather(for node: SSHNode, _ settings: SSHSettings) async throws(SSHError) -> AuthenticationKeys {
    var keys = AuthenticationKeys(agentSocket: settings.agentSocket)
    if let path = node.keyPath ?? settings.keyPath {
      let key = try PrivateKeyFile(path: path).read()
      var passphrase: String?
      if key.isEncrypted {
        passphrase = await settings.passphrase(path)
        guard passphrase?.isEmpty == false else { throw .passphraseNeeded(path: path) }
      }
      keys.file = File(path: path, key: key, passphrase: passphrase)
    }
    guard keys.file != nil || keys.agentSocket != nil else { throw .noKey }
    return keys
  }
}
