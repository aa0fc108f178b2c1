import CSSH2
import Foundation

extension SSHConnection {
  /// Runs one command in a channel of its own.
  /// - Throws: `SSHError`; a `.dropped` says whether the command may have run.
  func run(_ command: String, limits: ShellLimits, nonce: String) async throws(SSHError) -> ShellResult {
    try await enter(.command, cancellable: true)
    defer { leave(.command) }
    if Task.isCancelled { throw .cancelled(ended: true) }
    let channel = try await openChannel()
    do throws(SSHError) {
      let result = try await exchange(command, in: channel, limits, ProcessNote(nonce: nonce))
      await close(channel)
      return result
    } catch {
      await close(channel)
      if case .dropped(let reason, _) = error { throw .dropped(reason: reason, mayHaveRun: true) }
      throw error
    }
  }

  private func exchange(
    _ command: String, in channel: SSHChannel, _ limits: ShellLimits, _ note: ProcessNote
  ) async throws(SSHError) -> ShellResult {
    let deadline = ContinuousClock.now + limits.time
    let output = CommandOutput(limit: limits.bytes, note: note)
    try await start(note.announcing(command), in: channel)
    try await sendEnd(in: channel)
    do throws(SSHError) {
      try await receive(output, from: channel, until: deadline, cancellable: true)
      return output.result(exit: exit(of: channel))
    } catch .timeout {
      let hasEnded = await end(output, in: channel)
      return output.result(exit: .unknown, timedOut: true, mayStillRun: !hasEnded)
    } catch .cancelled {
      throw .cancelled(ended: await end(output, in: channel))
    }
  }

  /// Reads both streams until the server has closed the channel.
  func receive(
    _ output: CommandOutput, from channel: SSHChannel, until deadline: SSHLoop.Instant, cancellable: Bool
  ) async throws(SSHError) {
    while true {
      let code = try await settle(until: deadline, cancellable: cancellable) { output.read(channel) }
      try check(code)
      if code == 0 { break }
      if cancellable && Task.isCancelled { throw .cancelled(ended: false) }
      if deadline <= .now { throw .timeout(.command) }
      // Output without end must not keep the other tasks from the loop.
      await Task.yield()
    }
    try check(
      try await settle(until: deadline, cancellable: cancellable) {
        Int(libssh2_channel_wait_closed(channel.pointer))
      })
  }

  func exit(of channel: SSHChannel) -> CommandExit {
    var name: UnsafeMutablePointer<CChar>?
    libssh2_channel_get_exit_signal(channel.pointer, &name, nil, nil, nil, nil, nil)
    guard let name else { return .code(libssh2_channel_get_exit_status(channel.pointer)) }
    defer { libssh2_free(session.handle, name) }
    return .signal(String(cString: name))
  }

  // MARK: The end of a remote process

  /// Ends the process group of a running command, and takes in its last words.
  ///
  /// To close the channel would not do: sshd then lets the process run on. What has left the group (`setsid`) or runs
  /// for another user (`sudo`) is out of reach.
  /// - Returns: whether it is known to be gone.
  private func end(_ output: CommandOutput, in channel: SSHChannel) async -> Bool {
    let deadline = ContinuousClock.now + times.end
    do throws(SSHError) {
      // On a busy node the shell may not even have said its number yet.
      while output.processGroup == nil {
        let code = try await settle(until: deadline) { output.read(channel) }
        try check(code)
        if code == 0 { break }
      }
      guard let group = output.processGroup, group > 1 else { return false }
      try await helper(ProcessNote.ending(group), until: deadline)
      try await receive(output, from: channel, until: deadline, cancellable: false)
      return true
    } catch {
      return false
    }
  }

  private func helper(_ command: String, until deadline: SSHLoop.Instant) async throws(SSHError) {
    try await enter(.helper, cancellable: false)
    defer { leave(.helper) }
    let channel = try await openChannel()
    do throws(SSHError) {
      try await start(command, in: channel)
      let nothing = CommandOutput(limit: 0, note: nil)
      try await receive(nothing, from: channel, until: deadline, cancellable: false)
    } catch {
      await close(channel)
      throw error
    }
    await close(channel)
  }

  /// Asks for a channel of a kind that no server knows: the refusal is the least that makes it answer, and on the way
  /// what it said unasked is read and answered.
  /// - Returns: whether the connection is idle.
  func lookAfter(hasWord: Bool) async -> Bool {
    guard isUsable, let idle = idleTime else { return false }
    var byte: UInt8 = 0
    if recv(session.descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) == 0 {
      drop("the server closed it")
      return false
    }
    guard hasWord || idle >= times.keepAlive else { return true }
    do throws(SSHError) {
      try await enter(.helper, cancellable: false)
      defer { leave(.helper) }
      await close(try await openUnknown())
    } catch {
      // A server that refuses is alive; one that does not answer has been given up.
    }
    return true
  }
}
