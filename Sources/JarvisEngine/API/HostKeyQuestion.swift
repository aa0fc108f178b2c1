/// A host key that a node showed over SSH and nobody has agreed to; a person compares the fingerprint.
public struct HostKeyQuestion: Codable, Sendable, Hashable, Identifiable {
  /// The node's name.
  public var node: String
  /// "10.0.0.1" or "[10.0.0.1]:2222".
  public var host: String
  /// "ssh-ed25519".
  public var keyType: String
  /// "SHA256:…", as `ssh-keygen -l` shows it.
  public var fingerprint: String
  /// Fingerprints that were agreed to before; empty at first contact. Otherwise the key has changed.
  public var pinned: [String]
  /// What to run on the node's own console to see the same fingerprint.
  public var commandToCompare: String
  public var id: String { node }

  public init(
    node: String, host: String, keyType: String, fingerprint: String, pinned: [String], commandToCompare: String
  ) {
    self.node = node
    self.host = host
    self.keyType = keyType
    self.fingerprint = fingerprint
    self.pinned = pinned
    self.commandToCompare = commandToCompare
  }
}
