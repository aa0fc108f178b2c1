import Foundation
import JarvisAPI
import JarvisEngine

/// One question to an engine of its own, from its start to its stop; cancelling it stops the turn and the engine.
struct AskRun: Sendable {
  let session: CommandSession
  let question: String
  /// True where nothing is printed but the result.
  let quiet: Bool

  struct Outcome: Sendable {
    var answer: ChatMessage
    /// How the models were at the end.
    var providers: [ProviderHealth]
  }

  /// - Throws: `CancellationError` where it was stopped; `UserFacingError`.
  func run() async throws -> Outcome {
    let engine = try await Engine.start(session.options) { _ in }
    let result: Result<Outcome, any Error>
    do {
      result = .success(try await ask(engine))
    } catch {
      result = .failure(error)
    }
    // A task of its own: whoever is stopped still stops the turn and closes the database in order.
    await Task { await engine.stop(reason: "ask ended") }.value
    return try result.get()
  }

  private func ask(_ engine: Engine) async throws -> Outcome {
    // Without the approval key: whatever needs consent is refused.
    let attachment = try await engine.attach(wantsApprovalKey: false)
    guard case .conversation(let info, _) = try await engine.perform(.newConversation, from: attachment.id) else {
      throw UserFacingError(.fault, attempted: "ask", reason: "no conversation was made")
    }
    // A first look, so that names are known; where the cluster is out, the answer says so.
    if session.options.configuration.cluster != nil { _ = try? await engine.status() }
    try Task.checkCancellation()
    _ = try await engine.perform(.send(text: question, conversation: info.id), from: attachment.id)
    return try await listen(attachment, conversation: info.id)
  }

  private func listen(_ attachment: Attachment, conversation: ConversationID) async throws -> Outcome {
    var printer = quiet ? nil : AnswerPrinter(width: Output.width, ascii: !Output.isUTF8) { Output.text($0) }
    var answer: ChatMessage?
    var providers = attachment.snapshot.providers
    for await event in attachment.events {
      switch event {
      case .chat(.message(let message)) where message.conversation == conversation:
        if message.role == .notice, !quiet { Output.errorLine("[\(message.text)]") }
        guard message.role == .assistant else { continue }
        printer?.put(message.text)
        answer = message
      case .chat(.delta(_, conversation, let text)): printer?.add(text)
      case .system(.provider(let health)):
        providers.removeAll { $0.route == health.route }
        providers.append(health)
      case .chat(.running(conversation, false)):
        guard let answer else { continue }
        printer?.finish()
        if !quiet { epilogue(answer, simulated: attachment.snapshot.cluster.simulated) }
        return Outcome(answer: answer, providers: providers)
      default: break
      }
    }
    printer?.finish()
    try Task.checkCancellation()
    throw UserFacingError(.fault, attempted: "ask", reason: "the engine stopped before it answered")
  }

  /// What was refused, and the badge.
  private func epilogue(_ message: ChatMessage, simulated: Bool) {
    for tool in message.tools {
      if case .refused(let why) = tool.state {
        Output.errorLine("refused: \(tool.tool) \(tool.summary) (\(tool.tier.rawValue)): \(why)")
      }
    }
    guard let badge = message.badge else { return }
    let words = [
      simulated ? "DEMO" : nil,
      badge.decision.route.rawValue + (badge.decision.model.map { " " + $0 } ?? ""), badge.decision.reason,
      badge.price.text,
    ].compactMap { $0 }
    Output.errorLine("[\(words.joined(separator: " · "))]")
  }
}

extension AskRun.Outcome {
  /// 0 answered; 5 where something was refused; else why there is no answer: 3 no model is configured, 4 none of those that
  /// are can be reached, 1 anything else.
  var exitCode: Int32 {
    if answer.tools.contains(where: { if case .refused = $0.state { true } else { false } }) { return 5 }
    if answer.state == .complete { return 0 }
    let configured = providers.filter { if case .absent = $0.state { false } else { true } }
    if configured.isEmpty { return 3 }
    let isOut = configured.allSatisfy { if case .out = $0.state { !$0.isKeyRefused } else { false } }
    return isOut ? 4 : 1
  }
}
