import CSSH2
import Foundation
import JarvisTestSupport

/// The same exchange as one command's – open, exec, end of input, read, close – by libssh2's blocking calls and nothing
/// else: what the protocol and sshd cost by themselves.
final class RawSession {
  struct Failure: Error { var step: String }

  private let session: OpaquePointer
  private let file: Int32
  private let traffic = UnsafeMutablePointer<jarvis_ssh_traffic>.allocate(capacity: 1)

  init(port: Int, user: String, keyPath: String) throws {
    traffic.initialize(to: jarvis_ssh_traffic())
    file = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let file = file
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    var on: Int32 = 1
    setsockopt(file, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    guard isConnected, let session = jarvis_ssh_session(traffic) else { throw Failure(step: "connect") }
    self.session = session
    libssh2_session_set_blocking(session, 1)
    guard libssh2_session_handshake(session, file) == 0 else { throw Failure(step: "handshake") }
    guard
      libssh2_userauth_publickey_fromfile_ex(session, user, UInt32(user.utf8.count), nil, keyPath, "") == 0
    else { throw Failure(step: "authentication") }
  }

  deinit {
    libssh2_session_free(session)
    close(file)
    traffic.deallocate()
  }

  func exchange(_ command: String) throws {
    guard let channel = jarvis_ssh_open(session, 1 << 20) else { throw Failure(step: "open") }
    defer { libssh2_channel_free(channel) }
    guard libssh2_channel_process_startup(channel, "exec", 4, command, UInt32(command.utf8.count)) == 0,
      libssh2_channel_send_eof(channel) == 0
    else { throw Failure(step: "exec") }
    var buffer = [CChar](repeating: 0, count: 64 << 10)
    for stream in [0, SSH_EXTENDED_DATA_STDERR] {
      while libssh2_channel_read_ex(channel, stream, &buffer, buffer.count) > 0 {}
    }
    guard libssh2_channel_wait_closed(channel) == 0, libssh2_channel_get_exit_status(channel) == 0 else {
      throw Failure(step: "close")
    }
  }
}
