import ArgumentParser
import Foundation
import JarvisAPI
import JarvisEngine

/// `ask`: one question, one answer. Nothing that needs consent runs here: there is nobody to ask.
struct AskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask", abstract: "One question, one answer.",
    discussion:
      "Reads the question from standard input where none is given. What needs approval is refused with exit code 5.")

  enum Target: String, ExpressibleByArgument, CaseIterable { case auto, claude, qwen }

  /// Bytes of a question on standard input.
  static let maximumInput = 200_000

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print one JSON object instead of streaming the text.") var json = false
  @Option(help: "Who answers: auto, claude or qwen.") var route: Target = .auto
  @Argument(help: "The question.") var text: [String] = []

  func run() throws {
    let question = try question()
    let (common, json, prefix) = (common, json, route == .auto ? "" : "@\(route.rawValue) ")
    let answer = try blockingRun {
      let session = try await CommandSession.open(common, environment: ProcessInfo.processInfo.environment)
      let result = await Task { try await Self.ask(prefix + question, session: session, stream: !json) }.result
      await session.close()
      return try result.get()
    }
    if json { try Output.json(AskReport(answer, simulated: common.demo), zone: .current) }
    if answer.tools.contains(where: { if case .refused = $0.state { true } else { false } }) { throw ExitCode(5) }
    if answer.state != .complete { throw ExitCode(1) }
  }

  private func question() throws -> String {
    var question = text.joined(separator: " ")
    if question.isEmpty {
      let input = try FileHandle.standardInput.read(upToCount: Self.maximumInput) ?? Data()
      question = String(decoding: input, as: UTF8.self)
    }
    guard !question.allSatisfy(\.isWhitespace) else {
      throw UserFacingError(
        .usage, attempted: "ask", reason: "the question is empty", advice: "jarvis-tui ask \"is everything ok?\"")
    }
    return question
  }

  private static func ask(_ question: String, session: CommandSession, stream: Bool) async throws -> ChatMessage {
    let engine = try await Engine.start(session.options) { _ in }
    let result = await Task { () async throws -> ChatMessage in
      // Without the approval key: whatever needs consent is refused.
      let attachment = try await engine.attach(wantsApprovalKey: false)
      guard case .conversation(let info, _) = try await engine.perform(.newConversation, from: attachment.id) else {
        throw UserFacingError(.fault, attempted: "ask", reason: "no conversation was made")
      }
      // A first look, so that names are known; where the cluster is out, the answer says so.
      if session.options.configuration.cluster != nil { _ = try? await engine.status() }
      _ = try await engine.perform(.send(text: question, conversation: info.id), from: attachment.id)
      return try await listen(attachment, conversation: info.id, stream: stream)
    }.result
    await engine.stop(reason: "ask ended")
    return try result.get()
  }

  private static func listen(_ attachment: Attachment, conversation: ConversationID, stream: Bool) async throws
    -> ChatMessage
  {
    var answer: ChatMessage?
    var shown = ""
    for await event in attachment.events {
      switch event {
      case .chat(.message(let message)) where message.conversation == conversation && message.role == .assistant:
        if stream, message.state != .streaming {
          finish(message, shown: shown, simulated: attachment.snapshot.cluster.simulated)
        }
        answer = message
      case .chat(.delta(_, conversation, let text)):
        shown += text
        if stream { Output.text(text) }
      case .chat(.running(conversation, false)):
        if let answer { return answer }
      default: break
      }
    }
    throw UserFacingError(.fault, attempted: "ask", reason: "the engine stopped before it answered")
  }

  private static func finish(_ message: ChatMessage, shown: String, simulated: Bool) {
    if !shown.hasSuffix("\n") { Output.line("") }
    for tool in message.tools {
      if case .refused(let why) = tool.state {
        Output.errorLine("refused: \(tool.tool) \(tool.summary) (\(tool.tier.rawValue)): \(why)")
      }
    }
    if let badge = message.badge {
      Output.errorLine(
        "[\(simulated ? "DEMO · " : "")\(badge.decision.route.rawValue)\(badge.decision.model.map { " " + $0 } ?? "") · \(badge.decision.reason) · \(badge.price.text)]"
      )
    }
  }
}

/// `ask --json`: stable keys, documented in `docs/commands.md`.
struct AskReport: Encodable {
  struct Tool: Encodable {
    let tool, summary, tier, state: String
    let detail: String?
  }
  let text, state: String
  let route, model, reason: String?
  let costMicroUsd: Int64?
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
