import CSSH2
import Foundation

extension SSHConnection {
  /// Shows the key file first, then the agent's keys.
  /// - Throws: `SSHError.permissionDenied` with what was tried; what is wrong with the key or the agent.
  func authenticate(with keys: AuthenticationKeys, until deadline: SSHLoop.Instant) async throws(SSHError) {
    var tried: [String] = []
    if let file = keys.file {
      if try await authenticate(with: file, until: deadline) { return }
      tried.append("key \(file.path)")
    }
    if let socket = keys.agentSocket {
      let agent = try await AgentClient(path: socket, loop: loop, deadline: deadline)
      let identities = try await agent.identities()
      for identity in identities {
        if try await authenticate(with: identity, of: agent, until: deadline) { return }
      }
      tried.append("\(identities.count) of the agent's keys")
    }
    throw .permissionDenied(user: node.user, tried: tried)
  }

  /// False where the server does not take the key.
  private func authenticate(
    with file: AuthenticationKeys.File, until deadline: SSHLoop.Instant
  ) async throws(SSHError) -> Bool {
    let text = file.key.text
    let user = node.user
    let code = try await settle(until: deadline) {
      text.withUnsafeBytes {
        let key = $0.baseAddress?.assumingMemoryBound(to: CChar.self)
        // Never without a passphrase: OpenSSL would ask for it on the terminal. A plain key does not look at it.
        return Int(
          libssh2_userauth_publickey_frommemory(
            session.handle, user, user.utf8.count, nil, 0, key, text.count, file.passphrase ?? ""))
      }
    }
    switch Int32(clamping: code) {
    case 0: return true
    case LIBSSH2_ERROR_AUTHENTICATION_FAILED: return false
    case LIBSSH2_ERROR_SOCKET_DISCONNECT, LIBSSH2_ERROR_SOCKET_RECV, LIBSSH2_ERROR_SOCKET_SEND:
      throw .dropped(reason: session.lastMessage, mayHaveRun: false)
    default:
      // What is left are ways not to read the key: with a passphrase that is what is wrong.
      if file.key.isEncrypted { throw .passphraseWrong(path: file.path) }
      throw .keyFile(path: file.path, reason: session.lastMessage)
    }
  }

  private func authenticate(
    with identity: AgentIdentity, of agent: borrowing AgentClient, until deadline: SSHLoop.Instant
  ) async throws(SSHError) -> Bool {
    defer { jarvis_ssh_signing_clear(&signing) }
    var signature: [UInt8]?
    let user = node.user
    while true {
      let code = try await settle(until: deadline) {
        let code = identity.blob.withUnsafeBufferPointer { blob in
          (signature ?? []).withUnsafeBufferPointer { known in
            signing.signature = signature == nil ? nil : known.baseAddress
            signing.signature_length = known.count
            return jarvis_ssh_agent_auth(session.handle, user, blob.baseAddress, blob.count, &signing)
          }
        }
        // Not the network is waited for but the agent: out of here, to ask it.
        let wantsSignature = code == LIBSSH2_ERROR_EAGAIN && signing.data != nil && signature == nil
        return wantsSignature ? 1 : Int(code)
      }
      switch Int32(clamping: code) {
      case 0: return true
      case 1:
        let data = Array(UnsafeRawBufferPointer(start: signing.data, count: signing.data_length))
        signature = try await agent.sign(data, with: identity)
      case LIBSSH2_ERROR_AUTHENTICATION_FAILED, LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED: return false
      default: throw .dropped(reason: session.lastMessage, mayHaveRun: false)
      }
    }
  }
}
