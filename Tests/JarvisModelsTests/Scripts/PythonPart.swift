import Foundation
import Testing

/// Real counterparts that run in the tests' Python environment: `Tests/Support/scripts/venv.sh` makes it.
enum PythonPart {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static var python: String {
    let set = ProcessInfo.processInfo.environment["JARVIS_TEST_VENV"]
    return (set.map { URL(filePath: $0) } ?? root.appending(path: ".build/test-venv")).appending(path: "bin/python")
      .path
  }

  static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: python) }
  static let missing: Comment = "needs the Python environment that Tests/Support/scripts/venv.sh makes"

  /// A script of `Tests/Support/scripts`, started; its standard output can be read line by line.
  static func start(_ script: String, _ arguments: [String] = []) throws -> RunningScript {
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = [root.appending(path: "Tests/Support/scripts/\(script)").path] + arguments
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    return RunningScript(process: process, input: input.fileHandleForWriting, output: output.fileHandleForReading)
  }
}

/// A started script. Ends when its input is closed.
struct RunningScript {
  let process: Process
  let input: FileHandle
  let output: FileHandle

  /// The next line; nil at the end of the output.
  func line() throws -> String? {
    var bytes: [UInt8] = []
    while let byte = try output.read(upToCount: 1)?.first {
      if byte == 0x0A { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }

  func stop() throws {
    try input.close()
    process.waitUntilExit()
  }
}
