import CSSH2

/// How a remote command ended.
enum CommandExit {
  case code(Int32)
  case signal(String)
  case unknown
}

/// What a running command has written so far. Used by one task on the loop's thread.
final class CommandOutput {
  /// Read at once from libssh2. Bytes.
  private static let pieceSize = 64 << 10
  /// Pieces between two looks at the clock and at other tasks.
  private static let piecesAtOnce = 16

  private var output: BoundedOutput
  private var errors: BoundedOutput
  private var note: ProcessNote?
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: CommandOutput.pieceSize, alignment: 1)

  /// - Parameter note: looked for on standard error.
  init(limit: Int, note: ProcessNote?) {
    output = BoundedOutput(limit: limit)
    errors = BoundedOutput(limit: limit)
    self.note = note
  }

  deinit { buffer.deallocate() }

  var processGroup: Int32? { note?.processGroup }

  /// One step: 1 when something was read, 0 at the end of both streams, else libssh2's code.
  func read(_ channel: SSHChannel) -> Int {
    var code = 0
    for piece in 0..<Self.piecesAtOnce {
      code = readPiece(channel)
      if code != 1 { return piece > 0 && code == Int(LIBSSH2_ERROR_EAGAIN) ? 1 : code }
    }
    return code
  }

  private func readPiece(_ channel: SSHChannel) -> Int {
    let first = read(channel, stream: 0) { output.append($0) }
    let second = read(channel, stream: SSH_EXTENDED_DATA_STDERR) { bytes in
      errors.append(note?.strip(bytes) ?? Array(bytes))
    }
    if first > 0 || second > 0 { return 1 }
    if libssh2_channel_eof(channel.pointer) == 1 { return 0 }
    let blocks = Int(LIBSSH2_ERROR_EAGAIN)
    if first < 0 && first != blocks { return first }
    if second < 0 && second != blocks { return second }
    return blocks
  }

  private func read(_ channel: SSHChannel, stream: Int32, _ take: (UnsafeRawBufferPointer) -> Void) -> Int {
    let pointer = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
    let count = libssh2_channel_read_ex(channel.pointer, stream, pointer, buffer.count)
    if count > 0 { take(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
    return count
  }

  /// Nothing more will come.
  private func finish() {
    if let rest = note?.stop() { errors.append(rest) }
  }

  func result(exit: CommandExit, timedOut: Bool = false, mayStillRun: Bool = false) -> ShellResult {
    finish()
    var result = ShellResult(
      standardOutput: output.bytes, standardError: errors.bytes, exitCode: nil,
      truncated: output.isCut || errors.isCut, timedOut: timedOut, mayStillRun: mayStillRun)
    switch exit {
    case .code(let code): result.exitCode = code
    case .signal(let name): result.signal = name
    case .unknown: break
    }
    return result
  }
}
