import CSSH2
import Foundation

/// A server's public host key.
public struct HostKey: Sendable, Hashable, Codable {
  /// As on the wire: the type's name, then its numbers (RFC 4253, 6.6).
  public var blob: [UInt8]

  public init(blob: [UInt8]) { self.blob = blob }

  /// "ssh-ed25519"; "unknown" where the blob does not say.
  public var type: String { WireReader(blob).text() ?? "unknown" }

  public var base64: String { Data(blob).base64EncodedString() }

  /// "SHA256:…", as `ssh-keygen -l` and OpenSSH's own question show it.
  public var fingerprint: String {
    var digest = [UInt8](repeating: 0, count: 32)
    jarvis_ssh_sha256(blob, blob.count, &digest)
    let text = Data(digest).base64EncodedString()
    return "SHA256:" + text.prefix { $0 != "=" }
  }
}

/// A host key that a server showed and nobody has agreed to: what a person is asked about.
public struct HostKeyOffer: Sendable, Hashable, Codable {
  /// The node's name.
  public var node: String
  /// "10.0.0.1" or "[10.0.0.1]:2222": what is written to `known_hosts`.
  public var host: String
  public var key: HostKey
  /// The keys pinned until now; empty at first contact.
  public var known: [HostKey]

  public init(node: String, host: String, key: HostKey, known: [HostKey]) {
    self.node = node
    self.host = host
    self.key = key
    self.known = known
  }

  /// "ssh-ed25519 SHA256:… (pinned: SHA256:…)".
  public var summary: String {
    let pinned = known.isEmpty ? "" : " (pinned: \(known.map(\.fingerprint).joined(separator: ", ")))"
    return "\(key.type) \(key.fingerprint)\(pinned)"
  }

  /// What to run on the node to see the same fingerprint.
  public var commandToCompare: String { "for k in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -lf $k; done" }
}
