import CSSH2
import Foundation

extension SSHConnection {
  /// The user's login shell on a terminal of the node, until it ends.
  /// - Returns: its exit code; nil when the terminal went first or a signal ended it.
  func shell(_ terminal: RemoteTerminal) async throws(SSHError) -> Int32? {
    try await enter(.command, cancellable: true)
    defer { leave(.command) }
    let input = try OwnDescriptor(terminal.input, O_RDONLY)
    let output = try OwnDescriptor(terminal.output, O_WRONLY)
    let channel = try await openChannel()
    let code: Int32?
    do throws(SSHError) {
      try await requestTerminal(terminal, in: channel)
      try await start(nil, in: channel)
      let resizing = Task { await resize(channel, to: terminal.sizes) }
      defer { resizing.cancel() }
      try await pump(channel, input: input.file, output: output.file)
      resizing.cancel()
      await resizing.value
      code = try await endOfShell(channel)
    } catch {
      await close(channel)
      if case .dropped(let reason, _) = error { throw .dropped(reason: reason, mayHaveRun: true) }
      throw error
    }
    await close(channel)
    return code
  }

  private func requestTerminal(_ terminal: RemoteTerminal, in channel: SSHChannel) async throws(SSHError) {
    try check(
      try await complete {
        Int(
          libssh2_channel_request_pty_ex(
            channel.pointer, terminal.type, UInt32(terminal.type.utf8.count), nil, 0,
            Int32(clamping: terminal.size.columns), Int32(clamping: terminal.size.rows), 0, 0))
      })
  }

  /// A size that cannot be told does not end a shell: the connection's failure is the pump's to report.
  private func resize(_ channel: SSHChannel, to sizes: AsyncStream<RemoteTerminal.Size>) async {
    for await size in sizes {
      guard !Task.isCancelled, isUsable else { return }
      _ = try? await complete {
        Int(
          libssh2_channel_request_pty_size_ex(
            channel.pointer, Int32(clamping: size.columns), Int32(clamping: size.rows), 0, 0))
      }
    }
  }

  /// Without the channel's end the terminal went first; closing the channel then hangs up on the shell.
  private func endOfShell(_ channel: SSHChannel) async throws(SSHError) -> Int32? {
    guard libssh2_channel_eof(channel.pointer) == 1 else { return nil }
    try check(
      try await settle(until: .now + times.response) { Int(libssh2_channel_wait_closed(channel.pointer)) })
    guard case .code(let code) = exit(of: channel) else { return nil }
    return code
  }
}
