import ArgumentParser
import Foundation
import JarvisAPI
import JarvisEngine
import JarvisTools

/// `exec`: one command on one node, through the same gate as everything else.
struct ExecCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exec", abstract: "Runs a command on a node over SSH, through the safety gate.",
    discussion: """
      What only reads runs at once; what may change something is asked about on this terminal, and refused (5) where there is \
      none. Several words are joined by spaces, as with ssh. The exit code is 0 where the command's was, else 1; `--json` tells it.
      """)

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print one JSON object instead of the output.") var json = false
  @Argument(help: "The node.") var node: String
  @Argument(parsing: .captureForPassthrough, help: "The command, for the node's shell.") var command: [String]

  func run() throws {
    try TypedText.requireUnrepaired([self.node] + self.command, attempted: "run a command on a node")
    let signals = StopSignals()
    let (common, json, node, command) = (common, json, node, command.joined(separator: " "))
    guard !command.allSatisfy(\.isWhitespace) else {
      throw UserFacingError(
        .usage, attempted: "exec", reason: "there is no command", advice: "jarvis-tui exec \(node) uptime")
    }
    let result = try blockingRun {
      let session = try await CommandSession.open(common, environment: ProcessInfo.processInfo.environment)
      try session.requireCluster(for: "run a command on node \(node)")
      let run = ExecRun(session: session, node: node, command: command)
      let work = Task { try await run.run() }
      signals.onSignal { _ in work.cancel() }
      let result = await work.result
      await session.close()
      return result
    }
    if let code = signals.exitCode {
      Output.errorLine("jarvis-tui: interrupted; the command on \(node) was told to end")
      throw ExitCode(code)
    }
    let outcome = try result.get()
    if json { try Output.json(outcome, zone: .current) } else { outcome.printPlain() }
    if outcome.exitCode != 0 { throw ExitCode(1) }
  }
}

/// `exec --json`: stable keys, documented in `docs/commands.md`.
struct ExecOutcome: Encodable {
  var node, command, output, errors: String
  /// The command's own; nil where a signal ended it.
  @NullWhereUnknown var exitCode: Int?
  @NullWhereUnknown var signal: String?
  /// True where the output was longer than what is kept.
  var truncated: Bool
  var tier: String
  var simulated: Bool

  /// Its output where output belongs, its errors where errors belong, and what neither says.
  func printPlain() {
    if !output.isEmpty { Output.text(output.hasSuffix("\n") ? output : output + "\n") }
    if !errors.isEmpty { Output.errorLine(errors.hasSuffix("\n") ? String(errors.dropLast()) : errors) }
    if truncated { Output.errorLine("[the output was longer; what is missing is not shown]") }
    if let signal { Output.errorLine("[ended by signal \(signal)]") }
    if let exitCode, exitCode != 0 { Output.errorLine("[exit code \(exitCode)]") }
    if simulated { Output.errorLine("[DEMO]") }
  }
}

/// One command to an engine of its own, from its start to its stop.
struct ExecRun: Sendable {
  let session: CommandSession
  let node: String
  let command: String

  /// Bytes of a result at most: the tool keeps less.
  static let maximumResult = 4 << 20

  func run() async throws -> ExecOutcome {
    let engine = try await Engine.start(session.options) { _ in }
    let result: Result<ExecOutcome, any Error>
    do {
      result = .success(try await exec(engine))
    } catch {
      result = .failure(error)
    }
    // A task of its own: whoever is stopped still closes the database in order.
    await Task { await engine.stop(reason: "exec ended") }.value
    return try result.get()
  }

  private func call(_ engine: Engine) async -> ToolOutcome {
    await engine.call(
      tool: "run_command", arguments: ["node": .string(node), "command": .string(command)],
      why: "typed on the command line", limit: Self.maximumResult)
  }

  /// A refusal with the tier of the command and the rule that set it: who is refused must see by what.
  private func judged(_ error: UserFacingError, by engine: Engine) async -> UserFacingError {
    guard error.kind == .refused else { return error }
    let verdict = await engine.call(
      tool: "explain_command", arguments: ["command": .string(command)], why: "typed on the command line",
      limit: Self.maximumResult)
    // Without a verdict the refusal stands as it was told.
    guard verdict.error == nil, let content = try? JSONValue(parsing: verdict.content),
      let tier = content["tier"]?.string, let rule = content["rule"]?.string
    else { return error }
    let alternative = content["alternative"]?.string ?? ""
    return UserFacingError(
      .refused, attempted: "run this command on \(node)", reason: "it is \(tier) (\(rule)): \(error.reason)",
      advice: [error.advice, alternative].filter { !$0.isEmpty }.joined(separator: "; "))
  }

  private func exec(_ engine: Engine) async throws -> ExecOutcome {
    let consent = TerminalConsent()
    let attachment = try await engine.attach(wantsApprovalKey: consent.isPossible && !session.options.readOnly)
    _ = try await engine.status()
    let asking = Task { await consent.answer(attachment, for: engine) }
    defer { asking.cancel() }
    var outcome = await call(engine)
    if outcome.error != nil, let question = await engine.hostKeys.first(where: { $0.node == node }),
      await consent.trusts(question)
    {
      _ = try await engine.perform(
        .trustHostKey(node: node, fingerprint: question.fingerprint), from: attachment.id)
      outcome = await call(engine)
    }
    if let error = outcome.error { throw await judged(error, by: engine) }
    let content = outcome.data
    return ExecOutcome(
      node: content["node"]?.string ?? node, command: command, output: content["untrusted_text"]?.string ?? "",
      errors: content["untrusted_errors"]?.string ?? "", exitCode: content["exit_code"]?.int,
      signal: content["signal"]?.string, truncated: content["truncated"]?.bool ?? false,
      tier: outcome.activity.tier.rawValue, simulated: session.options.simulated)
  }
}
