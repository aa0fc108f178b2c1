import Foundation
import JarvisAPI
import JarvisCost
import JarvisLock
import JarvisModels
import JarvisRouting
import JarvisSafety
import JarvisTools

/// A turn of Claude with tools; falls back to the local model while nothing was shown and nothing was changed (ROUTE-02).
struct ClaudeTurn: Sendable {
  let turn: Turn
  let routing: Routing
  let picture: ClusterSnapshot
  let context: RoutingContext

  /// What this turn has done so far.
  private struct Progress {
    /// Messages of the history that are stored.
    var stored: Int
    /// A tool that may change something was called.
    var changed = false
    /// Free text from outside was read: allowances are suspended from then on.
    var untrusted = false
    /// Calls to models.
    var steps = 0
    /// Calls for the strong model to decide on, which the fast one may not make.
    var undone: [ToolCallRequest] = []
  }

  func run(_ answer: Answer, history before: [ModelMessage]) async -> ChatMessage.State {
    guard let provider = turn.around.providers.claude(for: routing) else { return .failed }
    let digest = ClusterDigest.text(picture, now: turn.around.now(), zone: turn.around.zone)
    let note = await turn.recall(routing.text, before: answer)
    let opening = await turn.around.memory?.opening(of: turn.question.conversation) ?? ""
    var history = before + [.user(results: [], text: note.beside(routing.text) + "\n\n" + digest)]
    let progress = Progress(stored: before.count, untrusted: note.untrusted)
    let shared = Guarded(progress)
    @Sendable func keep(_ history: [ModelMessage]) async {
      let new = shared.withLock { progress in
        defer { progress.stored = history.count }
        return Array(history[progress.stored...])
      }
      await turn.remember(new)
    }
    func loop(_ provider: any LLMProvider, in relay: ClaudeRelay) -> AgentLoop {
      shared.withLock { $0.undone = [] }
      return self.loop(
        // Whoever has asked twice goes on at a person's pace; a single question writes what only its own steps read.
        provider, answer, opening: opening, historyLifetime: before.isEmpty ? .short : .long,
        handsOverReads: relay.hasStrong, onCall: { shared.withLock { $0.steps += 1 } },
        onChange: { shared.withLock { $0.changed = true } },
        onUndone: { request in shared.withLock { $0.undone.append(request) } },
        call: { request in
          let (result, untrusted) = await call(request, answer, untrusted: shared.withLock { $0.untrusted })
          if untrusted { shared.withLock { $0.untrusted = true } }
          return result
        }, keep: keep)
    }
    do {
      var relay = ClaudeRelay(provider, of: turn.around.providers, steps: turn.around.limits.steps)
      var end = try await loop(provider, in: relay).run(history: &history)
      var model = provider.model
      // What was read until then need not be read twice.
      while let next = relay.next(after: end, taken: shared.withLock { $0.steps }) {
        answer.goOn(with: next.model, why(end, model))
        model = next.model
        end = try await loop(next, in: relay).run(
          history: &history, taken: shared.withLock { $0.steps }, wroteText: !answer.message.text.isEmpty)
      }
      if end != .interrupted { await turn.around.providers.report(.claude, nil) }
      if case .refused = end {
        // A refused question in the history would have the next ones refused, too. It stays only where something was
        // changed on its way: a model must not forget that.
        if shared.withLock({ $0.stored }) > before.count {
          history.append(.assistant(text: "(declined to go on)", calls: [], raw: nil))
          await keep(history)
        }
      } else {
        if case .handedOver(let tool) = end {
          history.append(.assistant(text: Self.undone(tool), calls: [], raw: nil))
        }
        await keep(history)
      }
      return finish(end, answer, undone: shared.withLock { $0.undone })
    } catch let error as ProviderError {
      await turn.around.providers.report(.claude, error)
      let untouched =
        answer.message.text.isEmpty && shared.withLock { !$0.changed && $0.stored == before.count }
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

  /// Why another model goes on after `end` of `model`.
  private func why(_ end: LoopEnd, _ model: String) -> String {
    guard case .handedOver(let tool) = end else { return "\(model) declined" }
    return context.rules.contains { $0.kind == .tool && $0.pattern == tool }
      ? "your rule tool=\(tool)" : "\(tool) may change something"
  }

  private func loop(
    _ provider: any LLMProvider, _ answer: Answer, opening: String, historyLifetime: ModelRequest.CacheLifetime,
    handsOverReads: Bool, onCall: @escaping @Sendable () -> Void, onChange: @escaping @Sendable () -> Void,
    onUndone: @escaping @Sendable (ToolCallRequest) -> Void,
    call: @escaping @Sendable (ToolCallRequest) async -> ToolResult,
    keep: @escaping @Sendable ([ModelMessage]) async -> Void
  ) -> AgentLoop {
    let schemas = turn.around.tools.schemas
    let reading = Set(schemas.filter(\.readsOnly).map(\.name))
    // What may change the cluster is the strong model's, unless the operator named the fast one for this.
    let isReading = provider.model != turn.around.providers.claude?.model && routing.choice != .fast
    // A read is done by whoever asks for it; where the strong model has declined nobody else need look at it.
    let reserved = Set(
      context.rules.filter { handsOverReads && $0.kind == .tool && $0.choice == .strong }.map(\.pattern))
    return AgentLoop(
      provider: provider, system: SystemPrompt.claude + opening,
      tools: schemas.map { ToolSchema(name: $0.name, description: $0.summary, inputSchema: $0.inputSchema) },
      limits: turn.around.limits, historyLifetime: historyLifetime,
      readsOnly: { reading.contains($0) }, handsOver: { isReading && (reserved.contains($0) || !reading.contains($0)) },
      call: { request in
        if !reading.contains(request.name) {
          if isReading {
            onUndone(request)
            return ToolResult(
              id: request.id, content: "not run yet: decide on what was read whether it is right, and call it again",
              isError: true)
          }
          onChange()
        }
        return await call(request)
      },
      onText: { answer.append($0) },
      onCall: {
        onCall()
        answer.mark()
      }, onRetract: { answer.retract() },
      onUsage: { await turn.book($0, estimated: $1, on: answer, route: .claude, model: provider.model) },
      keep: {
        await keep($0)
        await turn.store(answer.message)
      })
  }

  private func call(
    _ request: ToolCallRequest, _ answer: Answer, untrusted: Bool
  ) async -> (ToolResult, untrusted: Bool) {
    let message = answer.message
    let outcome = await turn.around.tools.call(
      tool: request.name, arguments: request.arguments, caller: .model, why: turn.question.text,
      conversation: turn.question.conversation, untrustedRead: untrusted,
      evidence: message.tools.map { "\($0.tool) \($0.summary)" }, moneySpent: message.badge?.price.amount,
      id: request.id
    ) { answer.update($0) }
    return (ToolResult(id: request.id, content: outcome.content, isError: outcome.isError), outcome.untrusted)
  }

  /// What is said where nobody is left who may decide on a change.
  private static func undone(_ tool: String) -> String {
    "(\(tool) was not run: the model that may change something declined or could not be asked. "
      + "Rephrase, or type it as a command.)"
  }

  private func finish(_ end: LoopEnd, _ answer: Answer, undone: [ToolCallRequest]) -> ChatMessage.State {
    switch end {
    case .answered:
      if answer.message.text.isEmpty { answer.append("(Claude gave no text.)") }
      return .complete
    case .stopped(let why):
      answer.append((answer.message.text.isEmpty ? "" : "\n\n") + "(\(why))")
      return .complete
    case .handedOver(let tool):
      // There is no strong model to go on. An answer alone would look as if it were done.
      answer.append((answer.message.text.isEmpty ? "" : "\n\n") + Self.undone(tool))
      for request in undone {
        answer.update(
          turn.around.tools.refused(
            request.name, arguments: request.arguments, id: request.id, why: "no model that may decide on it goes on"))
      }
      return .complete
    case .refused(let category):
      answer.append(
        (answer.message.text.isEmpty ? "" : "\n\n")
          + "(Claude declined to answer\(category.map { ": \($0)" } ?? ""). Rephrase, or ask @qwen.)")
      return .complete
    case .interrupted: return .interrupted
    }
  }

  private func fallBack(_ answer: Answer, history: [ModelMessage], _ error: ProviderError) async -> ChatMessage.State {
    var local = routing
    local.fallback = "Claude out: \(error.brief)"
    local.decision = RouteDecision(
      route: .qwen, model: turn.around.providers.qwen?.model,
      reason: "\(routing.decision.reason); \(local.fallback ?? "")",
      confidence: routing.decision.confidence, evidence: routing.decision.evidence)
    answer.restart(local.decision)
    await turn.tellOverruled(routing, by: .qwen, error.brief)
    var context = context
    context.claude = .closed(error.brief)
    return await LocalTurn(turn: turn, routing: local, picture: picture, context: context).run(answer, history: history)
  }

  /// A wrong key is told, not hidden behind the fallback; a request that is wrong would be wrong elsewhere.
  static func mayFallBack(_ error: ProviderError) -> Bool {
    switch error.kind {
    case .unauthorised, .invalidRequest, .cancelled: false
    default: true
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
    return "(Claude failed: \(error.brief) – \(error.reason).\(advice))"
  }
}
