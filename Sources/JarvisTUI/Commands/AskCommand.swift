import ArgumentParser
import Foundation
import JarvisAPI

/// `ask`: one question, one answer. Nothing that needs consent runs here: there is nobody to ask.
struct AskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask", abstract: "One question, one answer.",
    discussion:
      """
      Reads the question from standard input where none is given. On a terminal the answer is plain text, block by block as it \
      comes; into a pipe or a file it is Markdown, written when it is whole. What needs approval is refused with exit code 5.
      """)

  enum Target: String, ExpressibleByArgument, CaseIterable { case auto, claude, qwen }

  /// Bytes of a question, from arguments or standard input: about 65,000 tokens.
  static let maximumInput = 200_000

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print one JSON object instead of streaming the text.") var json = false
  @Option(help: "Who answers: auto, claude or qwen.") var route: Target = .auto
  @Argument(help: "The question.") var text: [String] = []

  func run() throws {
    // First of all: a question that waits on standard input is interrupted like any other program.
    let question = try question()
    let signals = StopSignals()
    let (common, json, prefix) = (common, json, route == .auto ? "" : "@\(route.rawValue) ")
    let result = try blockingRun {
      let session = try await CommandSession.open(common, environment: ProcessInfo.processInfo.environment)
      // Before an engine makes its data directory for nothing.
      try session.requireAnything(for: "answer")
      let run = AskRun(session: session, question: prefix + question, quiet: json)
      let work = Task { try await run.run() }
      signals.onSignal { _ in work.cancel() }
      let result = await work.result
      await session.close()
      return result
    }
    if let code = signals.exitCode {
      Output.errorLine("jarvis-tui: interrupted; the turn was stopped")
      throw ExitCode(code)
    }
    let outcome = try result.get()
    if json { try Output.json(AskReport(outcome.answer, simulated: common.demo), zone: .current) }
    if outcome.exitCode != 0 { throw ExitCode(outcome.exitCode) }
  }

  private func question() throws -> String {
    let typed = text.joined(separator: " ")
    // Whoever forgot the question sees a cursor and nothing else.
    if typed.isEmpty, isatty(STDIN_FILENO) == 1 {
      Output.errorLine("Type the question, then Ctrl-D in a line of its own:")
    }
    // One byte more than is taken is enough to know that it is too long.
    let bytes =
      typed.isEmpty
      ? try FileHandle.standardInput.read(upToCount: Self.maximumInput + 1) ?? Data() : Data(typed.utf8)
    return try Self.question(bytes)
  }

  /// The question in these bytes.
  /// - Throws: `UserFacingError` of kind `.usage` where they are too many, no text, or nothing.
  static func question(_ bytes: Data) throws(UserFacingError) -> String {
    guard bytes.count <= maximumInput else {
      throw UserFacingError(
        .usage, attempted: "ask", reason: "the question is longer than \(maximumInput) bytes",
        advice: "give the part that matters, e.g. by `tail -n 200 FILE | jarvis-tui ask`")
    }
    guard !bytes.contains(0), let question = String(data: bytes, encoding: .utf8) else {
      throw UserFacingError(
        .usage, attempted: "ask", reason: "the question is no text: it holds bytes that are not UTF-8",
        advice: "give text, e.g. what `strings FILE` or `journalctl` prints")
    }
    guard !question.allSatisfy(\.isWhitespace) else {
      throw UserFacingError(
        .usage, attempted: "ask", reason: "the question is empty", advice: "jarvis-tui ask \"is everything ok?\"")
    }
    return question
  }
}

/// `ask --json`: stable keys, documented in `docs/commands.md`.
struct AskReport: Encodable {
  struct Tool: Encodable {
    let tool, summary, tier, state: String
    @NullWhereUnknown var detail: String?
  }
  let text, state: String
  @NullWhereUnknown var route: String?
  @NullWhereUnknown var model: String?
  @NullWhereUnknown var reason: String?
  @NullWhereUnknown var costMicroUsd: Int64?
  let estimated, simulated: Bool
  let tokensIn, tokensOut: Int
  let tools: [Tool]
  let at: Date

  init(_ message: ChatMessage, simulated: Bool) {
    self.simulated = simulated
    text = message.text
    state = message.state.rawValue
    route = message.badge?.decision.route.rawValue
    model = message.badge?.decision.model
    reason = message.badge?.decision.reason
    costMicroUsd = message.badge?.price.amount?.amount
    estimated = message.badge?.estimated ?? false
    tokensIn = message.badge?.usage.prompt ?? 0
    tokensOut = message.badge?.usage.output ?? 0
    at = message.at
    tools = message.tools.map { activity in
      let (state, detail): (String, String?) =
        switch activity.state {
        case .waitingForApproval: ("waiting", nil)
        case .running: ("running", nil)
        case .done(let text): ("done", text)
        case .verified(let text): ("verified", text)
        case .failed(let text): ("failed", text)
        case .refused(let text): ("refused", text)
        case .cancelled: ("cancelled", nil)
        }
      return Tool(
        tool: activity.tool, summary: activity.summary, tier: activity.tier.rawValue, state: state, detail: detail)
    }
  }
}
