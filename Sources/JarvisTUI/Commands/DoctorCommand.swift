import ArgumentParser
import Foundation
import JarvisAPI
import JarvisEngine

/// `doctor`: one line a check, with the cure. Exit 1 where something is wrong.
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
      try Output.json(["items": checks], zone: .current)
    } else {
      for check in checks { Output.line(check.line) }
    }
    if checks.contains(where: { $0.verdict == .bad }) { throw ExitCode(1) }
  }
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

  init(_ name: String, _ verdict: Verdict, _ text: String, cure: String = "") {
    self.name = name
    self.verdict = verdict
    self.text = Sanitiser.clean(text, keepingNewlines: false)
    self.cure = Sanitiser.clean(cure, keepingNewlines: false)
  }

  init(_ name: String, _ error: UserFacingError) { self.init(name, .bad, error.reason, cure: error.advice) }

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
