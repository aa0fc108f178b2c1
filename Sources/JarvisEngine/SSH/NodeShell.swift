import JarvisAPI

/// What a command on a node gave back.
public struct ShellResult: Sendable, Hashable {
  /// At most `ShellLimits.bytes` each; cut ones say so in `truncated`.
  public var standardOutput: [UInt8]
  public var standardError: [UInt8]
  public var exitCode: Int32?
  /// The signal that ended it, e.g. "KILL".
  public var signal: String?
  public var truncated: Bool
  /// It took longer than `ShellLimits.time` and was ended; the output is what came until then.
  public var timedOut: Bool
  /// It was to be ended, and whether that succeeded is not known.
  public var mayStillRun: Bool
  public init(
    standardOutput: [UInt8], standardError: [UInt8], exitCode: Int32?, signal: String? = nil, truncated: Bool = false,
    timedOut: Bool = false, mayStillRun: Bool = false
  ) {
    self.standardOutput = standardOutput
    self.standardError = standardError
    self.exitCode = exitCode
    self.signal = signal
    self.truncated = truncated
    self.timedOut = timedOut
    self.mayStillRun = mayStillRun
  }
}

/// Bounds of one command.
public struct ShellLimits: Sendable, Hashable {
  /// Of each stream. What comes beyond is let go, and the command runs on: to end it there could do half of a change.
  public var bytes: Int
  /// From the command's start; then it is ended. To connect has a time limit of its own.
  public var time: Duration
  public init(bytes: Int = 1 << 20, time: Duration = .seconds(30)) {
    self.bytes = bytes
    self.time = time
  }
}

/// Runs commands on nodes: over SSH, or simulated in the demo.
public protocol NodeShell: Sendable {
  /// Runs `command` with the node's POSIX shell. Standard input is at its end. A cancelled task ends the command.
  /// - Throws: `UserFacingError` where the node cannot be reached or refuses.
  func execute(_ command: String, on node: String, limits: ShellLimits) async throws(UserFacingError) -> ShellResult
}
