import Foundation
import Synchronization

/// Runs a program to its end.
enum Command {
  struct Failure: Error {
    var program: String
    var status: Int32
    var output: String
  }

  @discardableResult
  static func run(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let output = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(program: program, status: process.terminationStatus, output: text)
    }
    return text
  }
}

/// A program that runs beside the test; its output is kept line by line.
final class ChildProcess: Sendable {
  struct Ended: Error { var lines: [String] }

  private struct State {
    var lines: [String] = []
    var hasEnded = false
  }

  let processID: Int32
  private let state = Mutex(State())

  init(_ program: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let output = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    processID = process.processIdentifier
    let reader = output.fileHandleForReading
    let thread = Thread { [state = Unowned(self)] in
      var rest = Data()
      while true {
        let piece = reader.availableData
        guard !piece.isEmpty else { break }
        rest += piece
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          let line = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
          state.value?.add(line.trimmingCharacters(in: .whitespacesAndNewlines))
          rest = Data(rest[(end + 1)...])
        }
      }
      process.waitUntilExit()
      state.value?.end()
    }
    thread.start()
  }

  private struct Unowned: Sendable {
    weak let value: ChildProcess?
    init(_ value: ChildProcess) { self.value = value }
  }

  private func add(_ line: String) { state.withLock { $0.lines.append(line) } }
  private func end() { state.withLock { $0.hasEnded = true } }

  var lines: [String] { state.withLock { $0.lines } }

  /// Waits for a line; throws when the program ends without it.
  func line(where isWanted: (String) -> Bool) async throws {
    while true {
      let (lines, hasEnded) = state.withLock { ($0.lines, $0.hasEnded) }
      if lines.contains(where: isWanted) { return }
      if hasEnded { throw Ended(lines: lines) }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// Ends it and the processes it has started.
  func killTree() {
    let children = ProcessTable.descendants(of: processID)
    for process in [processID] + children { kill(process, SIGKILL) }
  }
}
