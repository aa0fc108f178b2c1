import ArgumentParser
import Foundation
import JarvisAPI
import JarvisSafety

/// `approvals`: what a person was asked, and what became of it. Reads the audit; decided is on a screen only.
struct ApprovalsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approvals", abstract: "What was asked for, and what became of it.",
    discussion: "An approval is decided on the screen that holds the approval key, never here.",
    subcommands: [ApprovalsListCommand.self, ApprovalsShowCommand.self], defaultSubcommand: ApprovalsListCommand.self)
}

struct ApprovalsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "The latest, newest first.")
  /// Questions that are listed.
  static let listed = 50

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let questions = try SafetyFiles.with(common, environment: ProcessInfo.processInfo.environment) { files in
      try await files.reading { try await AuditLog(store: $0).questions(Self.listed) }
    }
    let reports = questions.map { ApprovalReport($0, now: Date()) }
    if json { return try Output.json(Items(items: reports), zone: .current) }
    if reports.isEmpty { Output.line("Nobody was asked for anything yet.") }
    for report in reports { Output.line(report.line) }
  }

  private struct Items: Encodable { let items: [ApprovalReport] }
}

struct ApprovalsShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "One of them in full.")

  @OptionGroup var common: CommonOptions
  @Argument(help: "Its number in the list.") var id: Int
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let wanted = id
    let found = try SafetyFiles.with(common, environment: ProcessInfo.processInfo.environment) { files in
      try await files.reading { try await AuditLog(store: $0).question(wanted) }
    }
    guard let question = found else {
      throw UserFacingError(
        .negative, attempted: "show approval \(id)", reason: "nobody was asked under that number",
        advice: "see `jarvis-tui approvals list`")
    }
    let report = ApprovalReport(question, now: Date())
    if json { return try Output.json(report, zone: .current) }
    Output.line(report.line)
    let details = [
      ("arguments", report.arguments), ("rule", report.rule), ("why", report.why), ("state then", report.targetState),
      ("plan", report.plan.joined(separator: "; ")), ("impact", report.impact.joined(separator: "; ")),
      ("undo", report.undo), ("result", report.detail ?? ""),
    ]
    for (name, text) in details where !text.isEmpty {
      Output.line("  \(name): \(Sanitiser.clean(text, keepingNewlines: false))")
    }
  }
}

/// `approvals --json`.
struct ApprovalReport: Encodable {
  let id: Int
  let tool, target, targetState, tier, caller, rule, why, arguments, undo: String
  let plan, impact: [String]
  let at, expires: Date
  /// waiting, expired, refused, cancelled, running, succeeded, failed, unknown.
  let state: String
  @NullWhereUnknown var detail: String?

  init(_ question: AuditLog.Question, now: Date) {
    // What is missing was not written by this version; an empty field says so.
    let body = question.row.body.flatMap { try? JSONValue(parsing: $0) } ?? .null
    func words(_ key: String) -> [String] { (body[key]?.array ?? []).compactMap(\.string) }
    let call = question.call
    id = question.row.number
    (tool, target, tier, caller) = (call.tool, call.target, call.tier.rawValue, call.caller.rawValue)
    (rule, why, arguments) = (call.rule, call.why, call.arguments)
    targetState = body["target_state"]?.string ?? ""
    undo = body["undo"]?.string ?? ""
    plan = words("plan")
    impact = words("impact")
    at = question.row.date
    expires = body["expires_at"]?.int.map { Date(timeIntervalSince1970: Double($0) / 1_000) } ?? at
    state = question.outcome?.result.rawValue ?? (expires > now ? "waiting" : "expired")
    detail = question.outcome?.detail
  }

  var line: String {
    let when = RFC3339.text(at, zone: .current)
    let text = "\(id)  \(when)  \(tier)  \(tool)  \(target)  by \(caller): \(state)"
    return Sanitiser.clean(text, keepingNewlines: false)
  }
}
