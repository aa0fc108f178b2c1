import ArgumentParser
import Foundation
import JarvisAPI
import JarvisSafety

/// `audit`: the record of all that was asked and done. Works beside a running engine.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "The record of everything that was asked, refused and done.",
    subcommands: [AuditVerifyCommand.self, AuditExportCommand.self])
}

struct AuditVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Look for any row that was changed, left out or cut off. Exit 1 where one is found.")

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let verdict = try SafetyFiles.with(common, environment: ProcessInfo.processInfo.environment) { files in
      try await files.reading { try await AuditLog(store: $0).verify() }
    }
    if json {
      try Output.json(AuditReport(verdict), zone: .current)
    } else if verdict.isSound {
      Output.line("The audit holds: \(verdict.head.rows) rows, head \(verdict.head.hash.prefix(8)).")
    } else {
      for fault in verdict.faults { Output.line(Sanitiser.clean(fault.words, keepingNewlines: false)) }
      let more = verdict.faultCount - verdict.faults.count
      if more > 0 { Output.line("and \(more) more") }
      Output.line("The audit does not hold: \(verdict.faultCount) faults in \(verdict.head.rows) rows.")
    }
    if !verdict.isSound { throw ExitCode(1) }
  }
}

struct AuditExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the audit as JSON lines, oldest first; the last line is its head.",
    discussion: "The head in an export kept elsewhere shows later that nothing before it was cut off or rewritten.")

  @OptionGroup var common: CommonOptions
  @Argument(help: "A new file, readable by you only; else standard output.") var file: String?

  func run() throws {
    let path = file
    try SafetyFiles.with(common, environment: ProcessInfo.processInfo.environment) { files in
      let sink = try path.map(Self.make) ?? FileHandle.standardOutput
      try await files.reading { store in
        try await AuditLog(store: store).export { try sink.write(contentsOf: Data(($0 + "\n").utf8)) }
      }
    }
  }

  private static func make(_ path: String) throws -> FileHandle {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw UserFacingError(
        .usage, attempted: "export the audit to \(path)", reason: String(cString: strerror(errno)),
        advice: "name a new file in a directory that you may write")
    }
    return FileHandle(fileDescriptor: file, closeOnDealloc: true)
  }
}

/// `audit verify --json`.
struct AuditReport: Encodable {
  struct Fault: Encodable {
    @NullWhereUnknown var row: Int?
    let problem: String
  }
  let sound: Bool
  let rows, checked, faultCount: Int
  let head: String
  let faults: [Fault]

  init(_ verdict: AuditVerdict) {
    sound = verdict.isSound
    rows = verdict.head.rows
    checked = verdict.checked
    faultCount = verdict.faultCount
    head = verdict.head.hash
    faults = verdict.faults.map { Fault(row: $0.row, problem: $0.problem) }
  }
}
