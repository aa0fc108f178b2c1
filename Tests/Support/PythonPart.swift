import Foundation

/// Real counterparts that run in the tests' Python environment: `Tests/Support/scripts/venv.sh` makes it.
public enum PythonPart {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static var python: String {
    let set = ProcessInfo.processInfo.environment["JARVIS_TEST_VENV"]
    return (set.map { URL(filePath: $0) } ?? root.appending(path: ".build/test-venv")).appending(path: "bin/python")
      .path
  }

  public static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: python) }
  public static let missing = "needs the Python environment that Tests/Support/scripts/venv.sh makes"

  /// A script of `Tests/Support/scripts`, started; its standard output can be read line by line.
  public static func start(_ script: String, _ arguments: [String] = []) throws -> RunningScript {
    let input = Pipe()
    let output = Pipe()
    let process = process(script, arguments)
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    return RunningScript(process: process, input: input.fileHandleForWriting, output: output.fileHandleForReading)
  }

  /// What a script left that ran to its end.
  public struct Output: Sendable {
    public var status: Int32
    public var text: String
    public var errors: String
  }

  /// Runs a script to its end, with its input from a file and its output into files.
  public static func run(_ script: String, _ arguments: [String] = [], input: String = "") async throws -> Output {
    let folder = FileManager.default.temporaryDirectory.appending(path: "jarvis-python-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // Leaving a temporary folder behind is no failure of the test.
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["in", "out", "err"].map { folder.appending(path: $0) }
    try Data(input.utf8).write(to: files[0])
    for file in files.dropFirst() { try Data().write(to: file) }
    let process = process(script, arguments)
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    let status: Int32 = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    return Output(
      status: status, text: try String(contentsOf: files[1], encoding: .utf8),
      errors: try String(contentsOf: files[2], encoding: .utf8))
  }

  private static func process(_ script: String, _ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = [root.appending(path: "Tests/Support/scripts/\(script)").path] + arguments
    return process
  }
}

/// A started script. Ends when its input is closed.
public struct RunningScript {
  let process: Process
  let input: FileHandle
  let output: FileHandle

  /// The next line; nil at the end of the output.
  public func line() throws -> String? {
    var bytes: [UInt8] = []
    while let byte = try output.read(upToCount: 1)?.first {
      if byte == 0x0A { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }

  /// Gives it a line.
  public func write(_ line: String) throws { try input.write(contentsOf: Data((line + "\n").utf8)) }

  /// Closes its input and waits until it is gone.
  public func stop() throws {
    try input.close()
    process.waitUntilExit()
  }
}
