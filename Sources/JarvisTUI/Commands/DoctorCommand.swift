import ArgumentParser
import Foundation
import JarvisAPI
import JarvisEngine

/// `doctor`: one line a check, with the cure. Where something is wrong, the first such check decides the exit code.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check configuration, cluster, rights, models, prices, database and clock.")

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let common = common
    let checks = try blockingRun {
      await Examination(common: common, environment: ProcessInfo.processInfo.environment).run()
    }
    if json {
      try Output.json(DoctorReport(items: checks, simulated: common.demo), zone: .current)
    } else {
      for check in checks { Output.line(check.line) }
    }
    if let bad = checks.first(where: { $0.verdict == .bad }) { throw ExitCode(bad.exitCode) }
  }
}

/// `doctor --json`: stable keys, documented in `docs/commands.md`.
struct DoctorReport: Encodable {
  let items: [Check]
  let simulated: Bool
}

/// One finding of `doctor`.
struct Check: Encodable, Sendable {
  enum Verdict: String, Encodable, Sendable {
    case good = "ok"
    /// Works, with less than it could.
    case less = "warning"
    case bad = "error"
  }
  let name: String
  let verdict: Verdict
  let text: String
  /// What to do; empty where nothing is to be done.
  let cure: String
  /// What the command ends with where this is the first bad finding.
  let exitCode: Int32

  private enum CodingKeys: CodingKey { case name, verdict, text, cure }

  /// - Parameter kind: where the fault lies, of a bad finding.
  init(
    _ name: String, _ verdict: Verdict, _ text: String, cure: String = "", kind: UserFacingError.Kind = .negative
  ) {
    exitCode = verdict == .bad ? UserFacingError(kind, attempted: "", reason: "").exitCode : 0
    self.name = name
    self.verdict = verdict
    self.text = Sanitiser.clean(text, keepingNewlines: false)
    self.cure = Sanitiser.clean(cure, keepingNewlines: false)
  }

  init(_ name: String, _ error: UserFacingError) {
    self.init(name, .bad, error.reason, cure: error.advice, kind: error.kind)
  }

  var line: String {
    let mark =
      switch verdict {
      case .good: "✓"
      case .less: "!"
      case .bad: "✗"
      }
    return "\(mark) \(name.padding(toLength: 14, withPad: " ", startingAt: 0)) \(text)"
      + (cure.isEmpty ? "" : "\n                 → \(cure)")
  }
}
