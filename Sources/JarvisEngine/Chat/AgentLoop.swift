import JarvisAPI
import JarvisModels

/// Bounds of one turn (`models.md`, "The loop").
public struct LoopLimits: Sendable, Hashable {
  /// Calls to the model in one turn; the last one forbids tools.
  public var steps: Int
  /// Reads of one step that run side by side.
  public var parallelReads: Int
  /// Tool calls of one step; more are answered with an error result.
  public var callsPerStep: Int
  /// The same call with the same result this often stops the loop.
  public var repetitions: Int
  /// Tokens of one answer.
  public var maximumOutput: Int
  public init(
    steps: Int = 25, parallelReads: Int = 8, callsPerStep: Int = 16, repetitions: Int = 3, maximumOutput: Int = 8_192
  ) {
    self.steps = steps
    self.parallelReads = parallelReads
    self.callsPerStep = callsPerStep
    self.repetitions = repetitions
    self.maximumOutput = maximumOutput
  }
}

/// How a turn ended.
enum LoopEnd: Sendable, Hashable {
  case answered
  /// Ended by a bound or by the model; the text says so to the person.
  case stopped(String)
  case refused(category: String?)
  case interrupted
  /// A tool was called whose turns another model carries on; its results are in the history.
  case handedOver(tool: String)
}

/// Claude working through a problem: model, tools, results, model, … until an answer (FOUND-04).
///
/// The history stays valid whatever happens: every tool call gets its result, also after cancel and failure.
struct AgentLoop: Sendable {
  let provider: any LLMProvider
  let system: String
  let tools: [ToolSchema]
  let limits: LoopLimits
  var historyLifetime: ModelRequest.CacheLifetime = .short
  /// True for tools that may run side by side.
  let readsOnly: @Sendable (String) -> Bool
  /// True for tools after which another model goes on: the operator's rule.
  var handsOver: @Sendable (String) -> Bool = { _ in false }
  /// Carries one call through the gate. Never throws: what fails is an error result.
  let call: @Sendable (ToolCallRequest) async -> ToolResult
  let onText: @Sendable (String) async -> Void
  /// Told before each call to the model, and that what came since is taken back: a model that declines in mid-answer has
  /// said nothing that counts.
  var onCall: @Sendable () async -> Void = {}
  var onRetract: @Sendable () async -> Void = {}
  /// Told after each call to the model, with what it used.
  let onUsage: @Sendable (TokenUsage, _ estimated: Bool) async -> Void
  /// Given the history before a call that may change something, and after each step from then on: a crash in between must
  /// not make the model forget what it did.
  var keep: @Sendable ([ModelMessage]) async -> Void = { _ in }

  /// Runs the turn whose user message stands last in `history`, appending to it. Where the model declines, nothing of that
  /// call is appended: the history ends with a user message, fit for another model.
  /// - Parameters:
  ///   - taken: steps of this turn that other models took; together they take no more than `limits.steps`.
  ///   - wroteText: true where the answer has text already.
  /// - Throws: `ProviderError` where the model failed; `history` is valid then, too.
  func run(
    history: inout [ModelMessage], taken: Int = 0, wroteText begun: Bool = false
  ) async throws -> LoopEnd {
    var repetition = RepetitionGuard(limit: limits.repetitions)
    var wroteText = begun
    var changes = false
    for step in min(taken, limits.steps)..<limits.steps {
      let last = step + 1 == limits.steps
      let finish: ModelFinish
      var separated = !wroteText
      var shown = ""
      var used = TokenUsage()
      await onCall()
      do {
        finish = try await oneCall(history, toolChoice: last ? .none : .auto, used: &used) { text in
          if !separated {
            separated = true
            await onText("\n\n")
          }
          shown += text
          wroteText = true
          await onText(text)
        }
      } catch let error as ProviderError {
        await onUsage(error.usage, true)
        closeInterrupted(&history, shown: shown)
        if error.kind == .cancelled { return .interrupted }
        throw error
      } catch is CancellationError {
        await onUsage(used, true)
        closeInterrupted(&history, shown: shown)
        return .interrupted
      }
      await onUsage(finish.usage, false)
      if case .refusal(let category) = finish.reason {
        await onRetract()
        return .refused(category: category)
      }
      history.append(finish.message)
      guard case .assistant(_, let calls, _) = finish.message else { return .answered }
      switch finish.reason {
      case .pause: continue
      case .maximumTokens where calls.isEmpty: return .stopped("the answer was cut at \(limits.maximumOutput) tokens")
      case .windowExceeded:
        return .stopped("the conversation no longer fits the model's window: start a new one (Ctrl-N)")
      default: break
      }
      if calls.isEmpty { return .answered }
      changes = changes || calls.contains { !readsOnly($0.name) }
      if changes { await keep(history) }
      let results = await results(of: calls)
      history.append(.user(results: results, text: ""))
      if changes { await keep(history) }
      if Task.isCancelled { return .interrupted }
      if let call = calls.first(where: { handsOver($0.name) }) { return .handedOver(tool: call.name) }
      if let looping = repetition.note(calls, results) {
        return .stopped("stopped: \(looping) was called \(limits.repetitions + 1) times with the same result")
      }
    }
    return .stopped("stopped after \(limits.steps) steps")
  }

  /// - Parameter used: what the call has used so far, for one that is stopped: its output is estimated from what came.
  private func oneCall(
    _ history: [ModelMessage], toolChoice: ModelRequest.ToolChoice, used: inout TokenUsage,
    onText: (String) async -> Void
  ) async throws -> ModelFinish {
    let request = ModelRequest(
      system: system, tools: tools, messages: history, maximumOutput: limits.maximumOutput, toolChoice: toolChoice,
      historyLifetime: historyLifetime)
    var finish: ModelFinish?
    var bytes = 0
    for try await delta in provider.stream(request) {
      switch delta {
      case .text(let text):
        bytes += text.utf8.count
        await onText(text)
      case .thinking(let text): bytes += text.utf8.count
      case .toolCall(let call): bytes += call.arguments.utf8.count
      case .usage(let newest): used = newest
      case .finished(let end): finish = end
      }
    }
    guard let finish else {
      used.output = max(used.output, TokenEstimate.tokens(bytes: bytes))
      try Task.checkCancellation()
      throw ProviderError(.cut, reason: "the answer ended before its end", afterFirstDelta: true, usage: used)
    }
    return finish
  }

  /// What was shown stays in the history; the next question finds a valid one.
  private func closeInterrupted(_ history: inout [ModelMessage], shown: String) {
    history.append(.assistant(text: shown.isEmpty ? "(interrupted)" : shown + " (interrupted)", calls: [], raw: nil))
  }

  /// Results in the order of the calls: neighbouring reads side by side, everything else one at a time.
  private func results(of calls: [ToolCallRequest]) async -> [ToolResult] {
    var results: [ToolResult] = []
    var index = 0
    while index < calls.count {
      if index >= limits.callsPerStep || Task.isCancelled {
        let why = Task.isCancelled ? "cancelled by the person before it ran" : "too many calls in one step"
        results.append(ToolResult(id: calls[index].id, content: why, isError: true))
        index += 1
        continue
      }
      var batch = [calls[index]]
      if readsOnly(calls[index].name) {
        while batch.count < limits.parallelReads, index + batch.count < min(calls.count, limits.callsPerStep),
          readsOnly(calls[index + batch.count].name)
        {
          batch.append(calls[index + batch.count])
        }
      }
      results += await sideBySide(batch)
      index += batch.count
    }
    return results
  }

  private func sideBySide(_ batch: [ToolCallRequest]) async -> [ToolResult] {
    if batch.count == 1 { return [await call(batch[0])] }
    return await withTaskGroup(of: (Int, ToolResult).self) { group in
      for (index, request) in batch.enumerated() { group.addTask { (index, await call(request)) } }
      var results: [(Int, ToolResult)] = []
      for await result in group { results.append(result) }
      return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }
}
