import Foundation
import JarvisAPI
import JarvisModels
import JarvisRouting
import JarvisSafety
import JarvisTools
import Synchronization

/// A turn of Claude with tools; falls back to the local model while nothing was shown and nothing was changed (ROUTE-02).
struct ClaudeTurn: Sendable {
  let turn: Turn
  let routing: Routing
  let picture: ClusterSnapshot
  let context: RoutingContext

  func run(_ answer: Answer, history before: [ModelMessage]) async -> ChatMessage.State {
    guard let provider = turn.around.providers.claude else { return .failed }
    let digest = ClusterDigest.text(picture, now: turn.around.now(), zone: turn.around.zone)
    var history = before + [.user(results: [], text: routing.text + "\n\n" + digest)]
    let schemas = turn.around.tools.schemas
    let reading = Set(schemas.filter(\.readsOnly).map(\.name))
    let changed = Mutex(false)
    let stored = Mutex(before.count)
    @Sendable func keep(_ history: [ModelMessage]) async {
      let new = stored.withLock { count in
        defer { count = history.count }
        return Array(history[count...])
      }
      await turn.remember(new)
    }
    let loop = AgentLoop(
      provider: provider, system: SystemPrompt.claude,
      tools: schemas.map { ToolSchema(name: $0.name, description: $0.summary, inputSchema: $0.inputSchema) },
      limits: turn.around.limits,
      readsOnly: { reading.contains($0) },
      call: { request in
        if !reading.contains(request.name) { changed.withLock { $0 = true } }
        return await call(request, answer)
      },
      onText: { answer.append($0) },
      onUsage: { await turn.book($0, estimated: $1, on: answer, route: .claude, model: provider.model) },
      keep: {
        await keep($0)
        await turn.save(answer)
      })
    do {
      let end = try await loop.run(history: &history)
      if end != .interrupted { await turn.around.providers.report(.claude, nil) }
      await keep(history)
      return finish(end, answer)
    } catch let error as ProviderError {
      await turn.around.providers.report(.claude, error)
      let untouched = answer.message.text.isEmpty && !changed.withLock { $0 } && stored.withLock { $0 } == before.count
      if untouched, case .open = context.qwen, Self.mayFallBack(error) {
        return await fallBack(answer, history: before, error)
      }
      await keep(history)
      answer.append((answer.message.text.isEmpty ? "" : "\n\n") + Self.words(for: error))
      return .failed
    } catch {
      answer.append("Claude failed: \(error)")
      return .failed
    }
  }

  private func call(_ request: ToolCallRequest, _ answer: Answer) async -> ToolResult {
    let outcome = await turn.around.tools.call(
      tool: request.name, arguments: request.arguments, caller: .model, why: turn.question.text,
      conversation: turn.question.conversation, id: request.id
    ) { answer.update($0) }
    return ToolResult(id: request.id, content: outcome.content, isError: outcome.isError)
  }

  private func finish(_ end: LoopEnd, _ answer: Answer) -> ChatMessage.State {
    switch end {
    case .answered:
      if answer.message.text.isEmpty { answer.append("(Claude gave no text.)") }
      return .complete
    case .stopped(let why):
      answer.append((answer.message.text.isEmpty ? "" : "\n\n") + "(\(why))")
      return .complete
    case .refused(let category):
      answer.append("\n\n(Claude declined to answer\(category.map { ": \($0)" } ?? ""). Rephrase, or ask @qwen.)")
      return .complete
    case .interrupted: return .interrupted
    }
  }

  private func fallBack(_ answer: Answer, history: [ModelMessage], _ error: ProviderError) async -> ChatMessage.State {
    var local = routing
    local.fallback = "Claude out: \(Self.short(error))"
    local.decision = RouteDecision(
      route: .qwen, model: turn.around.providers.qwen?.model,
      reason: "\(routing.decision.reason); \(local.fallback ?? "")",
      confidence: routing.decision.confidence)
    answer.restart(local.decision)
    var context = context
    context.claude = .closed(Self.short(error))
    return await LocalTurn(turn: turn, routing: local, picture: picture, context: context).run(answer, history: history)
  }

  /// A wrong key is told, not hidden behind the fallback; a request that is wrong would be wrong elsewhere.
  static func mayFallBack(_ error: ProviderError) -> Bool {
    switch error.kind {
    case .unauthorised, .invalidRequest, .cancelled: false
    default: true
    }
  }

  /// A few words for a badge or a notice.
  static func short(_ error: ProviderError) -> String {
    switch error.kind {
    case .noKey: "no key"
    case .unauthorised: "the key was refused"
    case .billing: "spend limit reached"
    case .rateLimited: "rate-limited"
    case .overloaded: "overloaded"
    case .server(let status): "server error \(status)"
    case .unreachable: "unreachable"
    case .timeout: "timed out"
    case .cut: "the stream was cut"
    case .contextOverflow: "window too small"
    case .modelMissing: "no such model"
    case .invalidRequest: "request refused"
    case .malformed: "an answer nobody can read"
    case .cancelled: "cancelled"
    }
  }

  static func words(for error: ProviderError) -> String {
    let advice: String
    switch error.kind {
    case .unauthorised, .noKey: advice = " Check claude.api_key; `jarvis-tui doctor` tests it."
    case .cut: advice = " What is above stays; ask again to go on."
    case .billing: advice = " Raise the limit with the provider, or use @qwen."
    default: advice = " Ask again, or use @qwen or a typed command."
    }
    return "(Claude failed: \(short(error)) – \(error.reason).\(advice))"
  }
}
