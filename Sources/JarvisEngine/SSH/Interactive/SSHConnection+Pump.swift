import CSSH2
import Foundation

extension SSHConnection {
  /// Held at once in each direction. Bytes.
  private static let pieceSize = 32 << 10
  /// For waits that only an event ends.
  private static let veryLong = Duration.seconds(86_400 * 365)

  /// Carries bytes both ways between descriptors and a channel. Ends when the channel does, when either descriptor is
  /// closed, or with the task's cancellation.
  func pump(_ channel: SSHChannel, input: Int32, output: Int32) async throws(SSHError) {
    let incoming = Task { await pumpIn(channel, to: output) }
    let outgoing = Task {
      let result = await pumpOut(channel, from: input)
      incoming.cancel()
      return result
    }
    let (arrived, sent) = await withTaskCancellationHandler {
      let arrived = await incoming.value
      outgoing.cancel()
      return (arrived, await outgoing.value)
    } onCancel: {
      incoming.cancel()
    }
    // The direction that was merely stopped says "cancelled"; the other one has the reason.
    for case .failure(let error) in [arrived, sent] {
      if case .cancelled = error { continue }
      throw error
    }
  }

  private func pumpOut(_ channel: SSHChannel, from input: Int32) async -> Result<Void, SSHError> {
    var piece = [UInt8](repeating: 0, count: Self.pieceSize)
    do throws(SSHError) {
      while true {
        try await ready(input, POLLIN)
        let count = piece.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
        if count < 0 && (errno == EAGAIN || errno == EINTR) { continue }
        guard count > 0 else { return .success(()) }
        var sent = 0
        while sent < count {
          let code = try await settle(until: .now + Self.veryLong, cancellable: true) {
            piece[sent..<count].withUnsafeBytes {
              let bytes = $0.baseAddress?.assumingMemoryBound(to: CChar.self)
              return libssh2_channel_write_ex(channel.pointer, 0, bytes, $0.count)
            }
          }
          if code == Int(LIBSSH2_ERROR_CHANNEL_CLOSED) || code == Int(LIBSSH2_ERROR_CHANNEL_EOF_SENT) {
            return .success(())
          }
          try check(code)
          sent += code
        }
      }
    } catch { return .failure(error) }
  }

  private func pumpIn(_ channel: SSHChannel, to output: Int32) async -> Result<Void, SSHError> {
    var piece = [UInt8](repeating: 0, count: Self.pieceSize)
    do throws(SSHError) {
      while true {
        let count = try await settle(until: .now + Self.veryLong, cancellable: true) {
          let count = piece.withUnsafeMutableBytes {
            let bytes = $0.baseAddress?.assumingMemoryBound(to: CChar.self)
            return libssh2_channel_read_ex(channel.pointer, 0, bytes, $0.count)
          }
          // Nothing and no end is what libssh2 says between two packets of other channels.
          return count == 0 && libssh2_channel_eof(channel.pointer) == 0 ? Int(LIBSSH2_ERROR_EAGAIN) : count
        }
        try check(count)
        guard count > 0 else { return .success(()) }
        var written = 0
        while written < count {
          let more = piece[written..<count].withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
          if more > 0 {
            written += more
          } else if errno == EAGAIN {
            try await ready(output, POLLOUT)
          } else if errno != EINTR {
            return .success(())
          }
        }
        await Task.yield()
      }
    } catch { return .failure(error) }
  }

  private func ready(_ descriptor: Int32, _ events: Int32) async throws(SSHError) {
    let outcome = await loop.wait(
      loop.reserve(), descriptor: descriptor, events: events, until: .now + Self.veryLong, cancellable: true)
    if outcome == .cancelled || Task.isCancelled { throw .cancelled(ended: true) }
    if let failure { throw failure }
  }
}
