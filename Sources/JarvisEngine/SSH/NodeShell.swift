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
  public init(
    standardOutput: [UInt8], standardError: [UInt8], exitCode: Int32?, signal: String? = nil, truncated: Bool = false
  ) {
    self.standardOutput = standardOutput
    self.standardError = standardError
    self.exitCode = exitCode
    self.signal = signal
    self.truncated = truncated
  }
}

/// Bounds of one command.
public struct ShellLimits: Sendable, Hashable {
  public var bytes: Int
  public var time: Duration
  public init(bytes: Int = 1 << 20, time: Duration = .seconds(30)) {
    self.bytes = bytes
    self.time = time
  }
}

/// Runs commands on nodes: over SSH, or simulated in the demo.
public protocol NodeShell: Sendable {
  /// Runs `command` with the node's POSIX shell.
  /// - Throws: `UserFacingError` where the node cannot be reached or refuses.
  func execute(_ command: String, on node: String, limits: ShellLimits) async throws(UserFacingError) -> ShellResult
}
