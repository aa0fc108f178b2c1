import Foundation
import JarvisLock

/// Runs a program to its end.
public enum Program {
  public struct Failure: Error {
    public var program: String
    public var status: Int32
    public var output: String
  }

  /// Returns what it wrote.
  @discardableResult
  public static func run(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws -> String
  {
    let child = try Spawn(program, arguments, environment: environment)
    let output = String(decoding: child.output.readDataToEndOfFile(), as: UTF8.self)
    let status = child.wait()
    guard status == 0 else { throw Failure(program: program, status: status, output: output) }
    return output
  }
}

/// A program that runs beside the test; its output is kept line by line.
public final class ChildProcess: Sendable {
  public struct Ended: Error { public var lines: [String] }

  /// The line that was waited for did not come in time; what came instead.
  public struct Silent: Error, CustomStringConvertible {
    public var seconds: Double
    public var lines: [String]
    public var description: String {
      "the line that was waited for did not come in \(seconds) s; the last of \(lines.count) lines:\n"
        + lines.suffix(10).joined(separator: "\n")
    }
  }

  /// How long a line is waited for.
  public static let patience: Duration = .seconds(60)

  private struct State {
    var lines: [String] = []
    var hasEnded = false
  }

  public let processID: Int32
  private let state: Shared

  private final class Shared: Sendable {
    let value = Guarded(State())
  }

  public init(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws {
    let child = try Spawn(program, arguments, environment: environment)
    processID = child.processID
    let state = Shared()
    self.state = state
    let thread = Thread {
      var rest = Data()
      while true {
        let piece = child.output.availableData
        guard !piece.isEmpty else { break }
        rest += piece
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          let line = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
          state.value.withLock { $0.lines.append(line.trimmingCharacters(in: .whitespacesAndNewlines)) }
          rest = Data(rest[(end + 1)...])
        }
      }
      child.wait()
      state.value.withLock { $0.hasEnded = true }
    }
    thread.start()
  }

  public var lines: [String] { state.value.withLock { $0.lines } }

  /// Waits for a line; throws when the program ends without it, or takes longer than `patience`.
  public func line(within patience: Duration = patience, where isWanted: (String) -> Bool) async throws {
    let deadline = ContinuousClock.now + patience
    while true {
      let (lines, hasEnded) = state.value.withLock { ($0.lines, $0.hasEnded) }
      if lines.contains(where: isWanted) { return }
      if hasEnded { throw Ended(lines: lines) }
      if .now >= deadline { throw Silent(seconds: patience / .seconds(1), lines: lines) }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Ends it and the processes it has started.
  public func killTree() {
    if state.value.withLock({ $0.hasEnded }) { return }
    for process in [processID] + ProcessTable.descendants(of: processID) { kill(process, SIGKILL) }
  }
}

/// A child of this process by `posix_spawn`. Foundation's `Process` takes a child that closes its inherited descriptors,
/// as sshd and ssh do, for one that has ended, and then blocks for all others.
private struct Spawn: Sendable {
  let processID: Int32
  /// What it writes, errors included.
  let output: FileHandle

  init(_ program: String, _ arguments: [String], environment: [String: String]) throws {
    var pipes: [Int32] = [0, 0]
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &pipes) == 0 else { throw POSIXError(.EMFILE) }
    defer { close(pipes[1]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, pipes[1], 1)
    posix_spawn_file_actions_adddup2(&actions, pipes[1], 2)
    let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }.map { "\($0)=\($1)" }
    let argv = ([program] + arguments).map { strdup($0) } + [nil]
    let envp = variables.map { strdup($0) } + [nil]
    defer { for text in argv + envp { free(text) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, program, &actions, nil, argv, envp)
    guard code == 0 else {
      close(pipes[0])
      throw POSIXError(POSIXErrorCode(rawValue: code) ?? .ENOENT)
    }
    processID = child
    output = FileHandle(fileDescriptor: pipes[0], closeOnDealloc: true)
  }

  /// Its exit code, or the negative number of the signal that ended it.
  @discardableResult
  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(processID, &status, 0) < 0 && errno == EINTR {}
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
  }
}
