import CSSH2
import Foundation

/// A private key's text and what its envelope tells without a passphrase.
struct PrivateKey: Sendable {
  enum Kind: Equatable, Sendable {
    case ed25519, ecdsa, rsa
    /// PKCS#8 does not say before it is decrypted.
    case unsaid
    case unsupported(String)
  }

  var text: [UInt8]
  var kind: Kind
  var isEncrypted: Bool

  /// Nil where the text is no private key.
  init?(_ text: [UInt8]) {
    self.text = text
    let lines = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline)
    guard let begin = lines.firstIndex(where: { $0.hasPrefix("-----BEGIN ") && $0.contains("PRIVATE KEY") }) else {
      return nil
    }
    let body = lines[(begin + 1)...].prefix { !$0.hasPrefix("-----END") }
    isEncrypted = body.contains { $0.hasPrefix("Proc-Type:") && $0.contains("ENCRYPTED") }
    switch lines[begin] {
    case "-----BEGIN OPENSSH PRIVATE KEY-----":
      guard let data = Data(base64Encoded: body.joined()), let head = Self.openSSHHead(Array(data)) else { return nil }
      (kind, isEncrypted) = head
    case "-----BEGIN RSA PRIVATE KEY-----": kind = .rsa
    case "-----BEGIN EC PRIVATE KEY-----": kind = .ecdsa
    case "-----BEGIN DSA PRIVATE KEY-----": kind = .unsupported("DSA")
    case "-----BEGIN PRIVATE KEY-----": kind = .unsaid
    case "-----BEGIN ENCRYPTED PRIVATE KEY-----":
      kind = .unsaid
      isEncrypted = true
    default: return nil
    }
  }

  /// OpenSSH's `PROTOCOL.key`: magic, cipher, KDF, its options, the number of keys, the public key – all in the clear.
  private static func openSSHHead(_ bytes: [UInt8]) -> (Kind, isEncrypted: Bool)? {
    var reader = WireReader(bytes)
    guard reader.skip(Array("openssh-key-v1\0".utf8)), let cipher = reader.string(), reader.string() != nil,
      reader.string() != nil, reader.number() == 1, let key = reader.string(), let type = WireReader(key).text()
    else { return nil }
    let kind: Kind
    switch type {
    case "ssh-ed25519": kind = .ed25519
    case "ssh-rsa": kind = .rsa
    case _ where type.hasPrefix("ecdsa-sha2-"): kind = .ecdsa
    default: kind = .unsupported(type)
    }
    return (kind, cipher != Array("none".utf8))
  }

  /// What keeps the linked libssh2 from using this kind.
  var problem: SSHKeyProblem? {
    switch kind {
    case .ed25519, .ecdsa, .unsaid: nil
    // RSA with SHA-2 came with 1.11.0.
    case .rsa: libssh2_version(0x010B00) == nil ? .rsa : nil
    case .unsupported(let name): .unsupported(name)
    }
  }
}
