import Foundation
import JarvisAPI
import JarvisHTTP
import JarvisSimulator
import Testing

@testable import JarvisModels

/// The Claude adapter against the simulated Messages API over real sockets: it refuses what the real one refuses.
@Suite struct SimulatedClaudeTests {
  private let tools = [
    ToolSchema(
      name: "cluster_status", description: "The cluster's state.", inputSchema: ["type": "object", "properties": [:]]),
    ToolSchema(name: "list_guests", description: "All guests.", inputSchema: ["type": "object", "properties": [:]]),
  ]
  private let status =
    #"{"cluster":"home","quorate":true,"at":"2026-11-23T03:00:00Z","nodes":{"online":4,"total":4,"offline":[]},"#
    + #""guests":{"running":14,"stopped":1,"total":15,"stopped_names":["dev"]},"problems":[],"storage_fullest":[]}"#

  private func withClaude(
    _ model: String, _ body: (AnthropicProvider, AnthropicService) async throws -> Void
  ) async throws {
    let service = AnthropicService(key: "sk-demo", pace: .immediate, seed: 1)
    let server = try await SimulatedServer.start(service)
    let provider = AnthropicProvider(
      model: model, key: APIKey("sk-demo"), base: server.url, transport: CurlTransport(environment: [:]),
      now: { Date() })
    do {
      try await body(provider, service)
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }

  private func answers(_ calls: [ToolCallRequest]) -> ModelMessage {
    .user(results: calls.map { ToolResult(id: $0.id, content: status) }, text: "")
  }

  @Test(
    "FOUND-04 ROUTE-04 A question, its calls, their results, an answer and a second question, on every kind of model",
    arguments: ["claude-sonnet-5-5", "claude-opus-5-5", "claude-haiku-5-5", "claude-haiku-4-5"])
  func conversation(_ model: String) async throws {
    try await withClaude(model) { provider, _ in
      let system = String(repeating: "You are Jarvis, and you watch over a cluster. ", count: 500)
      var history: [ModelMessage] = [.user(results: [], text: "is everything ok?")]
      var reads: [Int] = []
      for question in ["", "and now?"] {
        if !question.isEmpty { history.append(.user(results: [], text: question)) }
        for _ in 0..<6 {
          let outcome = await Outcome(provider.stream(ModelRequest(system: system, tools: tools, messages: history)))
          let finish = try #require(outcome.finish, "\(String(describing: outcome.error))")
          reads.append(finish.usage.cacheRead)
          history.append(finish.message)
          guard finish.reason == .toolUse else {
            #expect(finish.reason == .endTurn && !finish.text.isEmpty)
            break
          }
          #expect(!finish.calls.isEmpty)
          history.append(answers(finish.calls))
        }
      }
      #expect(reads.count > 2)
      #expect(reads.dropFirst().allSatisfy { $0 > 0 }, "the fixed prefix is read from the cache: \(reads)")
    }
  }

  @Test("FOUND-04 Thinking that no longer fits a changed system text is taken out, and the answer comes all the same")
  func changedPrefix() async throws {
    try await withClaude("claude-opus-5-5") { provider, service in
      let history: [ModelMessage] = [.user(results: [], text: "is everything ok?")]
      let first = await Outcome(provider.stream(ModelRequest(system: "Version one.", tools: tools, messages: history)))
      let finish = try #require(first.finish)
      #expect(finish.raw?.json.contains(#""signature""#) == true)
      let before = await service.received.count
      let next = ModelRequest(
        system: "Version two.", tools: tools, messages: history + [finish.message, answers(finish.calls)])
      let second = await Outcome(provider.stream(next))
      #expect(second.finish != nil, "\(String(describing: second.error))")
      let sent = await service.received.dropFirst(before).map { String(decoding: $0.body, as: UTF8.self) }
      #expect(sent.count == 2)
      #expect(sent.map { $0.contains(#""signature""#) } == [true, false])
    }
  }

  @Test("ROUTE-02 Each fault of the API has its own meaning")
  func faults() async throws {
    try await withClaude("claude-sonnet-5-5") { provider, service in
      let question = ModelRequest(system: "s", tools: tools, messages: [.user(results: [], text: "is everything ok?")])
      let refused: [(ModelFault, ProviderError.Kind)] = [
        (.unauthorised, .unauthorised), (.forbidden, .unauthorised), (.serverError, .server(status: 500)),
        (.rateLimited(retryAfter: 7), .rateLimited(retryAfter: .seconds(7))), (.overloaded, .overloaded),
        (.spendLimit, .billing),
        (.billing, .billing), (.cutStream(bytes: 900), .cut), (.cutMidWord, .cut), (.cutMidCharacter, .cut),
        (.endEarly, .cut),
        (.errorAfterStart, .overloaded),
      ]
      for (fault, kind) in refused {
        await service.setFault(fault, times: 1)
        let outcome = await Outcome(provider.stream(question))
        #expect(outcome.error?.kind == kind, "\(fault)")
        #expect(outcome.finish == nil, "\(fault)")
      }
      await service.setFault(.hangUp, times: 1)
      let hungUp = await Outcome(provider.stream(question)).error
      #expect(
        hungUp.map { RetryPolicy().delay(after: $0, retries: 0, random: 0) } != nil, "\(String(describing: hungUp))")
      await service.setFault(.garbage, times: 1)
      #expect([.malformed, .cut].contains(await Outcome(provider.stream(question)).error?.kind))
      let ends: [(ModelFault, ModelFinish.Reason)] = [
        (.refusal(category: "cyber"), .refusal(category: "cyber")), (.maximumTokens, .maximumTokens),
        (.windowExceeded, .windowExceeded), (.pauseTurn, .pause), (.emptyAnswer, .endTurn),
      ]
      for (fault, reason) in ends {
        await service.setFault(fault, times: 1)
        let outcome = await Outcome(provider.stream(question))
        #expect(outcome.finish?.reason == reason, "\(fault) \(String(describing: outcome.error))")
      }
      await service.setFault(.brokenToolArguments, times: 1)
      let broken = try #require(await Outcome(provider.stream(question)).finish)
      #expect(broken.calls.contains { RawJSON($0.arguments) == nil })
      // What a broken call leaves behind is a legal history.
      let next = await Outcome(
        provider.stream(
          ModelRequest(
            system: "s", tools: tools, messages: question.messages + [broken.message, answers(broken.calls)])))
      #expect(next.finish != nil, "\(String(describing: next.error))")
    }
  }

  @Test("FOUND-04 A paused answer goes on where it stopped; the last step forbids tools and is answered in words")
  func pauseAndLastStep() async throws {
    try await withClaude("claude-sonnet-5-5") { provider, service in
      var history: [ModelMessage] = [.user(results: [], text: "is everything ok?")]
      await service.setFault(.pauseTurn, times: 1)
      let paused = try #require(
        await Outcome(provider.stream(ModelRequest(system: "s", tools: tools, messages: history))).finish)
      history.append(paused.message)
      let resumed = await Outcome(provider.stream(ModelRequest(system: "s", tools: tools, messages: history)))
      #expect(resumed.finish != nil, "\(String(describing: resumed.error))")
      let last = await Outcome(
        provider.stream(
          ModelRequest(
            system: "s", tools: tools, messages: [.user(results: [], text: "is everything ok?")], toolChoice: .none)))
      #expect(last.calls.isEmpty && last.finish?.reason == .endTurn)
    }
  }

  @Test("ROUTE-10 Health and token count")
  func questions() async throws {
    try await withClaude("claude-haiku-5-5") { provider, _ in
      let health = await provider.checkHealth()
      #expect(health.state == .ready && health.window == 1_000_000)
      let question = ModelRequest(system: "s", tools: tools, messages: [.user(results: [], text: "is everything ok?")])
      let count = await provider.countTokens(question)
      let usage = await Outcome(provider.stream(question)).finish?.usage
      #expect(!count.estimated && usage?.prompt == count.tokens)
    }
  }
}
