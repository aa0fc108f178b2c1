import CSSH2
import Foundation

extension SSHConnection {
  /// Handshake, host key, authentication, in this order: nothing of the user is sent to a host that is not trusted.
  func establish(
    knownHosts file: KnownHostsFile, keys: AuthenticationKeys, until deadline: SSHLoop.Instant
  ) async throws(SSHError) {
    do throws(SSHError) {
      let known = try file.read()
      try await shakeHands(preferring: known.keys(of: node.host), until: deadline)
      try judgeHostKey(by: known)
      try await authenticate(with: keys, until: deadline)
    } catch {
      drop("it was not established")
      if case .timeout = error { throw .timeout(.connect) }
      throw error
    }
    keep()
  }

  private func shakeHands(preferring pinned: [HostKey], until deadline: SSHLoop.Instant) async throws(SSHError) {
    for (method, names) in SSHMethods.preferred(pinned: pinned) {
      // Names that this libssh2 does not know are passed over; where it knows none its own list stays.
      libssh2_session_method_pref(session.handle, method, names)
    }
    let code = try await settle(until: deadline) { Int(libssh2_session_handshake(session.handle, session.descriptor)) }
    guard code == 0 else { throw .handshake("\(node.host): \(session.lastMessage)") }
  }

  private func judgeHostKey(by known: KnownHosts) throws(SSHError) {
    guard let key = session.hostKey else { throw .handshake("\(node.host) showed no host key") }
    let offer = HostKeyOffer(node: node.name, host: node.host, key: key, known: known.keys(of: node.host))
    switch known.verdict(on: key, of: node.host) {
    case .pinned: return
    case .unknown: throw .hostKeyUnknown(offer)
    case .changed: throw .hostKeyChanged(offer)
    case .revoked: throw .hostKeyRevoked(offer)
    }
  }
}

/// The algorithms offered, best first: no SHA-1 and no CBC.
enum SSHMethods {
  private static let hostKeys = [
    "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "rsa-sha2-512", "rsa-sha2-256",
  ]

  /// - Parameter pinned: their types come first, so that a host with several keys shows the one that is known.
  static func preferred(pinned: [HostKey]) -> [(Int32, String)] {
    let types = pinned.flatMap { $0.type == "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256"] : [$0.type] }
    let first = hostKeys.filter(types.contains)
    let ciphers = "aes256-gcm@openssh.com,aes128-gcm@openssh.com,aes256-ctr,aes192-ctr,aes128-ctr"
    let macs =
      "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512"
    let exchanges = [
      "curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256", "ecdh-sha2-nistp384",
      "ecdh-sha2-nistp521", "diffie-hellman-group16-sha512", "diffie-hellman-group18-sha512",
      "diffie-hellman-group14-sha256", "diffie-hellman-group-exchange-sha256",
    ]
    return [
      (LIBSSH2_METHOD_KEX, exchanges.joined(separator: ",")),
      (LIBSSH2_METHOD_HOSTKEY, (first + hostKeys.filter { !first.contains($0) }).joined(separator: ",")),
      (LIBSSH2_METHOD_CRYPT_CS, ciphers), (LIBSSH2_METHOD_CRYPT_SC, ciphers),
      (LIBSSH2_METHOD_MAC_CS, macs), (LIBSSH2_METHOD_MAC_SC, macs),
    ]
  }
}
