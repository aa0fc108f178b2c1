import CSSH2
import Foundation

/// One libssh2 session with its socket. It has no lock: whoever holds it uses it from one place at a time, which is the
/// actor `SSHConnection`.
final class SSHSession {
  let handle: OpaquePointer
  let descriptor: Int32
  private let traffic: UnsafeMutablePointer<jarvis_ssh_traffic>

  /// Takes over the socket; nil, with the socket closed, when memory is out.
  init?(descriptor: Int32) {
    traffic = .allocate(capacity: 1)
    traffic.initialize(to: jarvis_ssh_traffic())
    guard let handle = jarvis_ssh_session(traffic) else {
      traffic.deallocate()
      close(descriptor)
      return nil
    }
    self.handle = handle
    self.descriptor = descriptor
  }

  deinit {
    // With the socket shut nothing can block: what libssh2 would still say fails at once.
    disconnect()
    var tries = 100
    while libssh2_session_free(handle) == LIBSSH2_ERROR_EAGAIN && tries > 0 { tries -= 1 }
    close(descriptor)
    traffic.deallocate()
  }

  /// Ends the conversation without a word; what is under way in it fails.
  func disconnect() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Bytes read from the socket so far.
  var received: UInt64 { traffic.pointee.received }

  /// Whether the step that would block has half a packet out, which has to be completed before anything else is sent.
  var isSending: Bool { libssh2_session_block_directions(handle) & LIBSSH2_SESSION_BLOCK_OUTBOUND != 0 }

  var lastCode: Int { Int(libssh2_session_last_errno(handle)) }

  /// libssh2's own words for its last error.
  var lastMessage: String {
    var text: UnsafeMutablePointer<CChar>?
    libssh2_session_last_error(handle, &text, nil, 0)
    return text.map { String(cString: $0) } ?? "no reason given"
  }

  /// The host key that the server proved to hold in the handshake.
  var hostKey: HostKey? {
    var length = 0
    var type: Int32 = 0
    guard let bytes = libssh2_session_hostkey(handle, &length, &type), length > 0 else { return nil }
    return HostKey(blob: Array(UnsafeRawBufferPointer(start: bytes, count: length)))
  }
}
