import Foundation
import JarvisAPI
import JarvisCost
import JarvisModels
import JarvisRouting
import JarvisTools

/// A turn of the local model: talk, or facts that code fetched put into words. Escalates to Claude where it must.
struct LocalTurn: Sendable {
  let turn: Turn
  let routing: Routing
  let picture: ClusterSnapshot
  let context: RoutingContext

  private enum End {
    case answered
    /// Somebody with tools had better answer.
    case escalate(LocalFault)
    case interrupted
  }

  func run(_ answer: Answer, history: [ModelMessage]) async -> ChatMessage.State {
    guard let provider = turn.around.providers.qwen else { return .failed }
    let inventory = context.inventory
    let facts =
      routing.needsTools ? await FactsTurn(turn: turn, routing: routing, inventory: inventory).fetch(answer) : []
    let window = provider.capabilities.window
    let given = facts.isEmpty ? nil : facts.map(\.content).joined(separator: "\n")
    let note = await turn.recall(
      routing.text, before: answer,
      budget: LocalPrompt.memoryBudget(question: routing.text, facts: given, window: window))
    let request = await LocalPrompt.fitted(
      window: window, count: { await provider.countTokens($0).tokens },
      make: {
        LocalPrompt.request(history: history, question: routing.text, facts: given, memory: note.text, window: $0)
      })
    do {
      switch try await stream(provider, request, answer, mayEscalate: facts.isEmpty) {
      case .answered:
        await turn.around.providers.report(.qwen, nil)
        if let offer = TypedOffer.command(for: routing.text, inventory: inventory), routing.needsTools {
          answer.append("\n\nI may not act without Claude. To do it yourself, type `\(offer)`.")
          FactsTurn(turn: turn, routing: routing, inventory: inventory)
            .tellUndone(offer, on: answer, why: "the local model may not act")
        }
        await turn.remember([
          .user(results: [], text: routing.text), .assistant(text: answer.message.text, calls: [], raw: nil),
        ])
        return .complete
      case .escalate(let why):
        if why.isMisroute { await turn.around.routing.misrouted(.escalated, answer.message.id, .qwen) }
        return await escalate(answer, history, why)
      case .interrupted:
        await turn.remember([
          .user(results: [], text: routing.text),
          .assistant(text: answer.message.text + " (interrupted)", calls: [], raw: nil),
        ])
        return .interrupted
      }
    } catch {
      return await failed(answer, history, error)
    }
  }

  private func stream(
    _ provider: any LLMProvider, _ request: ModelRequest, _ answer: Answer, mayEscalate: Bool
  ) async throws(ProviderError) -> End {
    var holdback: Holdback? = mayEscalate ? Holdback() : nil
    var usage = TokenUsage()
    var length = false
    do {
      for try await delta in provider.stream(request) {
        switch delta {
        case .text(let text):
          switch holdback?.feed(text) ?? .show(text) {
          case .hold: break
          case .show(let shown): answer.append(shown)
          case .escalate:
            await bookBroken(usage, request, text: Holdback.word, answers: false, on: answer, provider)
            return .escalate(.needsTools)
          }
        case .usage(let newest): usage = newest
        case .finished(let finish):
          usage = finish.usage
          length = finish.reason == .maximumTokens
        case .thinking, .toolCall: break
        }
      }
    } catch let error as ProviderError {
      await turn.book(error.usage, estimated: true, on: answer, route: .qwen, model: provider.model)
      if error.kind == .cancelled { return .interrupted }
      throw error
    } catch {
      throw ProviderError(.malformed, reason: "\(error)")
    }
    if Task.isCancelled {
      await bookBroken(usage, request, text: answer.message.text, on: answer, provider)
      return .interrupted
    }
    switch holdback?.finish() ?? .hold {
    case .escalate:
      await bookBroken(usage, request, text: Holdback.word, answers: false, on: answer, provider)
      return .escalate(.needsTools)
    case .show(let rest): answer.append(rest)
    case .hold: break
    }
    let fault = fault(in: answer.message.text, isCut: length)
    if length, fault == .tooLong { answer.append("\n\n(cut at \(LocalPrompt.reply) tokens)") }
    // Silence never stands; another fault does where Claude may not mend it.
    let escalated = fault.flatMap { $0 == .empty || mayAskClaude($0) ? $0 : nil }
    await turn.book(
      usage, estimated: false, answers: escalated == nil, on: answer, route: .qwen, model: provider.model)
    return escalated.map(End.escalate) ?? .answered
  }

  /// What is wrong with a whole answer; nil where nothing is.
  private func fault(in text: String, isCut: Bool) -> LocalFault? {
    if text.isEmpty { return .empty }
    return LocalCheck.fault(in: text, question: routing.text, inventory: context.inventory) ?? (isCut ? .tooLong : nil)
  }

  /// Claude may be asked instead: its gate is open, and where the operator named Qwen, Qwen could not answer at all.
  private func mayAskClaude(_ fault: LocalFault) -> Bool {
    guard case .open = context.claude, turn.around.providers.claude != nil else { return false }
    return routing.choice?.route != .qwen || fault.isSilence
  }

  /// Books a call that gave no whole answer: what its server counted, else what went out and what came.
  private func bookBroken(
    _ usage: TokenUsage, _ request: ModelRequest, text: String, answers: Bool = true, on answer: Answer,
    _ provider: any LLMProvider
  ) async {
    let counted = usage != TokenUsage()
    let estimate = TokenUsage(input: TokenEstimate.tokens(of: request), output: TokenEstimate.tokens(text))
    await turn.book(
      counted ? usage : estimate, estimated: true, answers: answers, on: answer, route: .qwen, model: provider.model)
  }

  /// To Claude where its gate is open; else once more with facts that code fetched; else the facts alone.
  private func escalate(_ answer: Answer, _ history: [ModelMessage], _ fault: LocalFault) async -> ChatMessage.State {
    let why = fault.reason
    var routing = routing
    if fault.mayNeedTools { routing.workClass = .strong }
    if mayAskClaude(fault), let claude = turn.around.providers.claude(for: routing) {
      routing.decision = RouteDecision(
        route: .claude, model: claude.model, reason: why, confidence: 1, evidence: routing.decision.evidence)
      answer.restart(routing.decision)
      await turn.tellOverruled(routing, by: .claude, why)
      return await ClaudeTurn(turn: turn, routing: routing, picture: picture, context: context).run(
        answer, history: history)
    }
    if !routing.needsTools {
      routing.needsTools = true
      answer.restart(
        RouteDecision(
          route: .qwen, model: routing.decision.model,
          reason: "needs live data; \(routing.choice?.route == .qwen ? "you asked for Qwen" : "Claude out")",
          confidence: 1, evidence: routing.decision.evidence))
      return await LocalTurn(turn: turn, routing: routing, picture: picture, context: context).run(
        answer, history: history)
    }
    return await factsAlone(answer, why)
  }

  private func failed(_ answer: Answer, _ history: [ModelMessage], _ error: ProviderError) async -> ChatMessage.State {
    await turn.around.providers.report(.qwen, error.kind == .contextOverflow ? nil : error)
    if answer.message.text.isEmpty {
      let why = error.kind == .contextOverflow ? LocalFault.tooLong : .out("Qwen out: \(error.brief)")
      if mayAskClaude(why) { return await escalate(answer, history, why) }
      if error.kind != .contextOverflow { return await factsAlone(answer, why.reason) }
    }
    await turn.remember([
      .user(results: [], text: routing.text),
      .assistant(text: answer.message.text + " (interrupted)", calls: [], raw: nil),
    ])
    answer.append(
      (answer.message.text.isEmpty ? "" : "\n\n") + "(Qwen failed: \(error.brief) – \(error.reason).)")
    return .failed
  }

  private func factsAlone(_ answer: Answer, _ why: String) async -> ChatMessage.State {
    var routing = routing
    routing.fallback = why
    answer.restart(
      RouteDecision(route: .live, reason: why, confidence: 1, evidence: routing.decision.evidence))
    return await FactsTurn(turn: turn, routing: routing, inventory: context.inventory).run(answer)
  }
}
