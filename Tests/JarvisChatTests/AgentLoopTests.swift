import JarvisAPI
import JarvisLock
import JarvisModels
import Testing

@testable import JarvisChat

/// Plays a list of finishes, one a call; remembers what it was asked.
final class ScriptedProvider: LLMProvider {
  let route = Route.claude
  let model: String
  let capabilities = ProviderCapabilities(tools: true, window: 1_000_000, maximumOutput: 8_192, promptCaching: false)
  enum Play: Sendable {
    case say(String)
    case call([ToolCallRequest], saying: String = "")
    case fail(ProviderError)
    case cut(after: String)
    /// Says what it has used, begins to speak, and never ends.
    case hang(after: String, TokenUsage)
    case end(ModelFinish.Reason)
  }
  private let plays: Guarded<[Play]>
  let requests = Guarded<[ModelRequest]>([])
  init(_ plays: [Play], model: String = "scripted") {
    self.plays = Guarded(plays)
    self.model = model
  }

  func stream(_ request: ModelRequest) -> AsyncThrowingStream<ModelDelta, any Error> {
    requests.withLock { $0.append(request) }
    let play = plays.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? .say("") }
    return AsyncThrowingStream { stream in
      switch play {
      case .say(let text):
        stream.yield(.text(text))
        stream.yield(finish(.endTurn, text, []))
        stream.finish()
      case .call(let calls, let text):
        if !text.isEmpty { stream.yield(.text(text)) }
        stream.yield(finish(.toolUse, text, calls))
        stream.finish()
      case .fail(let error): stream.finish(throwing: error)
      case .cut(let text):
        stream.yield(.text(text))
        stream.finish(throwing: ProviderError(.cut, reason: "gone", afterFirstDelta: true, usage: TokenUsage(input: 7)))
      case .hang(let text, let usage):
        stream.yield(.usage(usage))
        stream.yield(.text(text))
      case .end(let reason):
        stream.yield(finish(reason, "", []))
        stream.finish()
      }
    }
  }

  private func finish(_ reason: ModelFinish.Reason, _ text: String, _ calls: [ToolCallRequest]) -> ModelDelta {
    .finished(
      ModelFinish(
        reason: reason, usage: TokenUsage(input: 10, output: 5), message: .assistant(text: text, calls: calls, raw: nil)
      ))
  }
  func countTokens(_ request: ModelRequest) async -> TokenCount { TokenCount(tokens: 1, estimated: true) }
  func checkHealth() async -> ProviderHealth { ProviderHealth(route: .claude, model: model, state: .ready) }
}

struct AgentLoopTests {
  private actor Log {
    var text = ""
    var usage = TokenUsage()
    var estimated = 0
    var running = 0
    var mostRunning = 0
    var order: [String] = []
    func add(_ piece: String) { text += piece }
    func add(_ more: TokenUsage, _ guess: Bool) {
      usage = usage + more
      if guess { estimated += 1 }
    }
    func begin(_ name: String) {
      running += 1
      mostRunning = max(mostRunning, running)
      order.append(name)
    }
    func end() { running -= 1 }
  }
  private let log = Log()

  private func loop(_ provider: ScriptedProvider, limits: LoopLimits = .init(), together: Int = 1) -> AgentLoop {
    let log = log
    return AgentLoop(
      provider: provider, system: "system", tools: [], limits: limits, readsOnly: { $0.hasPrefix("read") },
      call: { call in
        await log.begin(call.name)
        // Reads wait until all that should run side by side do.
        while call.name.hasPrefix("read"), await log.mostRunning < together { await Task.yield() }
        await log.end()
        return ToolResult(id: call.id, content: "result of \(call.name) \(call.arguments)")
      },
      onText: { await log.add($0) }, onUsage: { await log.add($0, $1) })
  }

  private func call(_ id: String, _ name: String, _ arguments: String = "{}") -> ToolCallRequest {
    ToolCallRequest(id: id, name: name, arguments: arguments)
  }

  @Test("FOUND-04 steps that another model took count: the last of all forbids tools")
  func stepsOfOthers() async throws {
    let provider = ScriptedProvider((0..<9).map { .call([call("\($0)", "read", "\($0)")]) })
    var history = [ModelMessage.user(results: [], text: "go")]
    let end = try await loop(provider, limits: LoopLimits(steps: 5)).run(history: &history, taken: 3)
    #expect(end == .stopped("stopped after 5 steps"))
    let requests = provider.requests.withLock { $0 }
    #expect(requests.map { $0.toolChoice == .none } == [false, true])
    #expect(try await loop(provider, limits: LoopLimits(steps: 5)).run(history: &history, taken: 5) == end)
    #expect(provider.requests.withLock { $0.count } == 2)
  }

  @Test("FOUND-04 results go back in the order of the calls, reads side by side, changes one at a time")
  func order() async throws {
    let provider = ScriptedProvider([
      .call(
        [call("1", "read_a"), call("2", "read_b"), call("3", "change_a"), call("4", "change_b"), call("5", "read_c")],
        saying: "Looking."),
      .say("Done."),
    ])
    var history: [ModelMessage] = [.user(results: [], text: "go")]
    let end = try await loop(provider, together: 2).run(history: &history)
    #expect(end == .answered)
    #expect(await log.text == "Looking.\n\nDone.")
    #expect(await log.mostRunning == 2)
    #expect(await Array(log.order.suffix(3)) == ["change_a", "change_b", "read_c"])
    #expect(await log.usage == TokenUsage(input: 20, output: 10))
    guard case .user(let results, "") = history[2] else {
      Issue.record("no results in the history")
      return
    }
    #expect(results.map(\.id) == ["1", "2", "3", "4", "5"])
  }

  @Test("FOUND-04 the loop is bounded: the last step forbids tools")
  func bounded() async throws {
    let provider = ScriptedProvider(
      (1...10).map { .call([call("\($0)", "read_a", "{\"n\":\($0)}")]) } + [.say("never")])
    var history: [ModelMessage] = [.user(results: [], text: "go")]
    let end = try await loop(provider, limits: LoopLimits(steps: 4)).run(history: &history)
    #expect(end == .stopped("stopped after 4 steps"))
    let choices = provider.requests.withLock { $0.map(\.toolChoice) }
    #expect(choices == [.auto, .auto, .auto, .none])
  }

  @Test("FOUND-04 the same call with the same result is stopped")
  func repetition() async throws {
    let provider = ScriptedProvider([.call([call("x", "read_a")])])
    var history: [ModelMessage] = [.user(results: [], text: "go")]
    let end = try await loop(provider).run(history: &history)
    #expect(end == .stopped("stopped: read_a was called 4 times with the same result"))
    #expect(provider.requests.withLock { $0.count } == 4)
  }

  @Test("FOUND-04 the time of a look and figures that never stand still do not make a result a new one")
  func repetitionInTime() {
    var guarding = RepetitionGuard(limit: 3)
    func look(_ second: Int, _ status: String) -> String? {
      let content =
        #"{"at":"2026-11-23T06:00:0\#(second)+00:00","guests":[{"name":"pihole","status":"\#(status)","uptime_seconds":\#(second)}]}"#
      return guarding.note([call("\(second)", "read_a")], [ToolResult(id: "\(second)", content: content)])
    }
    for second in 1...3 { #expect(look(second, "running") == nil) }
    #expect(look(4, "stopped") == nil)
    #expect(look(5, "running") == "read_a")
    for second in 1...3 {
      let text = ToolResult(id: "t", content: "line \(second)")
      #expect(guarding.note([call("t", "read_log")], [text]) == nil)
    }
  }

  @Test("ROUTE-10 a model that declines leaves the history ready for another one, and what it said is taken back")
  func declines() async throws {
    let provider = ScriptedProvider([.call([call("1", "read_a")], saying: "Looking."), .end(.refusal(category: "bio"))])
    let log = log
    var loop = loop(provider)
    loop.onCall = { await log.begin("call") }
    loop.onRetract = { await log.begin("retract") }
    var history: [ModelMessage] = [.user(results: [], text: "go")]
    #expect(try await loop.run(history: &history) == .refused(category: "bio"))
    #expect(await log.order == ["call", "read_a", "call", "retract"])
    guard case .user(let results, "") = history.last else { Issue.record("\(history)"); return }
    #expect(results.map(\.id) == ["1"])
  }

  @Test("ROUTE-04 a broken stream is booked as an estimate and leaves a valid history")
  func cut() async throws {
    let provider = ScriptedProvider([.call([call("1", "read_a")]), .cut(after: "The node is")])
    var history: [ModelMessage] = [.user(results: [], text: "go")]
    await #expect(throws: ProviderError.self) { try await loop(provider).run(history: &history) }
    #expect(await log.estimated == 1)
    #expect(await log.usage.input == 17)
    #expect(history.last == .assistant(text: "The node is (interrupted)", calls: [], raw: nil))
    #expect(everyCallHasItsResult(history))
  }

  @Test("ROUTE-04 an answer that is stopped is booked as an estimate")
  func stoppedAnswer() async throws {
    let provider = ScriptedProvider([.hang(after: "The node is", TokenUsage(input: 900, cacheRead: 20, output: 1))])
    let task = Task {
      var history: [ModelMessage] = [.user(results: [], text: "go")]
      let log = log
      let loop = AgentLoop(
        provider: provider, system: "", tools: [], limits: .init(), readsOnly: { _ in true },
        call: { ToolResult(id: $0.id, content: "") },
        onText: {
          await log.add($0)
          withUnsafeCurrentTask { $0?.cancel() }
        }, onUsage: { await log.add($0, $1) })
      return (try await loop.run(history: &history), history)
    }
    let (end, history) = try await task.value
    #expect(end == .interrupted)
    #expect(await log.estimated == 1)
    #expect(await log.usage == TokenUsage(input: 900, cacheRead: 20, output: TokenEstimate.tokens("The node is")))
    #expect(history.last == .assistant(text: "The node is (interrupted)", calls: [], raw: nil))
  }

  @Test("FOUND-03 the history is kept before anything may change, and after each step from then on")
  func kept() async throws {
    let provider = ScriptedProvider([
      .call([call("1", "read_a")]), .call([call("2", "change_a")]), .say("Done."),
    ])
    let log = log
    var loop = loop(provider)
    loop.keep = { history in await log.begin("keep \(history.count)") }
    var history: [ModelMessage] = [.user(results: [], text: "go")]
    _ = try await loop.run(history: &history)
    #expect(await log.order == ["read_a", "keep 4", "change_a", "keep 5"])
    #expect(history.count == 6)
  }

  @Test("FOUND-04 stopping in the middle of the tools gives every call a result")
  func cancelled() async throws {
    let provider = ScriptedProvider([.call([call("1", "change_a"), call("2", "change_b")]), .say("never")])
    let task = Task {
      var history: [ModelMessage] = [.user(results: [], text: "go")]
      let log = log
      let loop = AgentLoop(
        provider: provider, system: "", tools: [], limits: .init(), readsOnly: { _ in false },
        call: { call in
          withUnsafeCurrentTask { $0?.cancel() }
          return ToolResult(id: call.id, content: "done")
        }, onText: { await log.add($0) }, onUsage: { _, _ in })
      let end = try await loop.run(history: &history)
      return (end, history)
    }
    let (end, history) = try await task.value
    #expect(end == .interrupted)
    #expect(everyCallHasItsResult(history))
    guard case .user(let results, _) = history.last else { return }
    #expect(results.map(\.isError) == [false, true])
  }

  @Test(
    "FOUND-04 every way to end is told",
    arguments: [
      (ModelFinish.Reason.maximumTokens, LoopEnd.stopped("the answer was cut at 8192 tokens")),
      (.refusal(category: "cyber"), .refused(category: "cyber")), (.endTurn, .answered), (.stopSequence, .answered),
      (.windowExceeded, .stopped("the conversation no longer fits the model's window: start a new one (Ctrl-N)")),
      (.other("new"), .answered), (.pause, .stopped("stopped after 25 steps")),
    ])
  func ends(_ reason: ModelFinish.Reason, _ end: LoopEnd) async throws {
    var history: [ModelMessage] = [.user(results: [], text: "go")]
    #expect(try await loop(ScriptedProvider([.end(reason)])).run(history: &history) == end)
  }

  private func everyCallHasItsResult(_ history: [ModelMessage]) -> Bool {
    for (index, message) in history.enumerated() {
      guard case .assistant(_, let calls, _) = message, !calls.isEmpty else { continue }
      guard index + 1 < history.count, case .user(let results, _) = history[index + 1] else { return false }
      if results.map(\.id) != calls.map(\.id) { return false }
    }
    return true
  }
}
