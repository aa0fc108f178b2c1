import Foundation

/// Runs one test of this very test binary in a process of its own, to be killed in the middle of its work.
///
/// The child's test is enabled only where `environmentKey` is set; its value is the test's argument.
public final class ChildTest {
  public static let environmentKey = "JARVIS_TEST_CHILD"

  /// The argument where this process is a child; nil in the test run itself.
  public static var argument: String? { ProcessInfo.processInfo.environment[environmentKey] }

  private let process = Process()
  private let output = Pipe()
  private var buffer = Data()

  /// - Parameter filter: the child test's name, as `swift test --filter` takes it.
  public init(filter: String, argument: String) throws {
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = ["--testing-library", "swift-testing", "--filter", filter]
    process.environment = ProcessInfo.processInfo.environment.merging([Self.environmentKey: argument]) { $1 }
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  public var processID: Int32 { process.processIdentifier }

  /// The child's next line of output; nil at its end.
  public func nextLine() -> String? {
    while true {
      if let end = buffer.firstIndex(of: 0x0A) {
        let line = String(decoding: buffer[..<end], as: UTF8.self)
        buffer = Data(buffer[(end + 1)...])
        return line
      }
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { return nil }
      buffer += more
    }
  }

  /// `kill -9`, and waits until it is gone.
  public func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// What a child says to its parent: one line, at once.
  public static func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }
}
