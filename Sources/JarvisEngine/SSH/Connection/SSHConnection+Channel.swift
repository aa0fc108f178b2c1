import CSSH2
import Foundation

/// A channel of a session. Sendable: only `SSHConnection` looks at what it points to, on the loop's thread.
struct SSHChannel: @unchecked Sendable {
  /// Received bytes that may wait unread in a channel: what one stuck reader can hold. Bytes.
  static let window: UInt32 = 1 << 20

  let pointer: OpaquePointer
}

extension SSHConnection {
  func openChannel() async throws(SSHError) -> SSHChannel {
    try await open { jarvis_ssh_open($0, SSHChannel.window) }
  }

  /// Throws `channelRefused` where the server is in its right mind.
  func openUnknown() async throws(SSHError) -> SSHChannel {
    try await open { jarvis_ssh_open_unknown($0) }
  }

  /// A channel to a port that the node reaches (RFC 4254, 7.2).
  func openTunnel(to host: String, port: Int) async throws(SSHError) -> SSHChannel {
    try await open { libssh2_channel_direct_tcpip_ex($0, host, Int32(port), "127.0.0.1", 0) }
  }

  private func open(_ step: (OpaquePointer) -> OpaquePointer?) async throws(SSHError) -> SSHChannel {
    try await enter(.opening, cancellable: false)
    defer { leave(.opening) }
    var channel: SSHChannel?
    try check(
      try await complete {
        channel = step(session.handle).map { SSHChannel(pointer: $0) }
        return channel == nil ? session.lastCode : 0
      })
    guard let channel else { throw .channelRefused("no channel") }
    return channel
  }

  /// Has the server run a command, or its shell where there is none.
  func start(_ command: String?, in channel: SSHChannel) async throws(SSHError) {
    let request = command == nil ? "shell" : "exec"
    let bytes = Array((command ?? "").utf8)
    try check(
      try await complete {
        bytes.withUnsafeBytes {
          let text = command == nil ? nil : $0.baseAddress?.assumingMemoryBound(to: CChar.self)
          return Int(
            libssh2_channel_process_startup(
              channel.pointer, request, UInt32(request.utf8.count), text, UInt32(bytes.count)))
        }
      })
  }

  func sendEnd(in channel: SSHChannel) async throws(SSHError) {
    try check(try await complete { Int(libssh2_channel_send_eof(channel.pointer)) })
  }

  /// Closes and forgets a channel. After a failure of the connection there is nothing to close: the session's end frees
  /// what is left.
  func close(_ channel: SSHChannel) async {
    guard isUsable else { return }
    // The failure of a close is the connection's, which has noted it.
    _ = try? await complete { Int(libssh2_channel_free(channel.pointer)) }
  }
}
