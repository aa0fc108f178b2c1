import Foundation
import JarvisAPI
import JarvisHTTP
import JarvisSimulator
import Testing

@testable import JarvisModels

/// The OpenAI-compatible adapter against the simulated local server over real sockets.
@Suite struct SimulatedLocalTests {
  private let question = ModelRequest(
    system: "You are Jarvis.", messages: [.user(results: [], text: "thanks, what is ZFS ARC?")])

  private func withLocal(
    _ options: LocalModelOptions, key: String? = nil,
    _ body: (OpenAICompatibleProvider, OpenAICompatibleService) async throws -> Void
  ) async throws {
    let service = OpenAICompatibleService(options, pace: .immediate, seed: 1)
    let server = try await SimulatedServer.start(service)
    let provider = OpenAICompatibleProvider(
      base: server.url + "/v1", key: key.flatMap { APIKey($0) }, transport: CurlTransport(environment: [:]),
      now: { Date() })
    do {
      try await body(provider, service)
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }

  @Test(
    "ROUTE-08 Thoughts stay out of the answer wherever a model puts them, although it was told not to think",
    arguments: [
      LocalModelOptions.Reasoning.none, .reasoningContent, .reasoning, .thinkTags, .thinkTagsWithoutOpening,
    ])
  func reasoning(_ reasoning: LocalModelOptions.Reasoning) async throws {
    try await withLocal(LocalModelOptions(reasoning: reasoning, ignoresThinkingSwitch: true)) { provider, _ in
      #expect(await provider.checkHealth().state == .ready)
      let outcome = await Outcome(provider.stream(question))
      let finish = try #require(outcome.finish, "\(String(describing: outcome.error))")
      #expect(finish.reason == .endTurn)
      #expect(!finish.text.isEmpty && !finish.text.contains("think>"))
      #expect(outcome.text == finish.text)
      #expect(outcome.thinking.isEmpty == (reasoning == .none))
      #expect(finish.usage.output > 0 && finish.usage.prompt > 0)
    }
  }

  @Test("ROUTE-08 The switch is understood: no thought is made at all")
  func switchedOff() async throws {
    try await withLocal(LocalModelOptions(reasoning: .thinkTags)) { provider, _ in
      let outcome = await Outcome(provider.stream(question))
      #expect(outcome.thinking.isEmpty && outcome.finish?.text.isEmpty == false)
    }
  }

  @Test("ROUTE-02 Overflow, keys, loading and cut streams")
  func faults() async throws {
    try await withLocal(LocalModelOptions(window: 4_096, key: "k"), key: "k") { provider, service in
      let long = ModelRequest(
        system: "s", messages: [.user(results: [], text: String(repeating: "word ", count: 9_000))])
      #expect(await Outcome(provider.stream(long)).error?.kind == .contextOverflow)
      let cases: [(ModelFault, ProviderError.Kind)] = [
        (.unauthorised, .unauthorised), (.loading, .server(status: 503)), (.serverError, .server(status: 500)),
        (.cutMidWord, .cut), (.cutMidCharacter, .cut), (.endEarly, .cut),
      ]
      for (fault, kind) in cases {
        await service.setFault(fault, times: 1)
        let outcome = await Outcome(provider.stream(question))
        #expect(outcome.error?.kind == kind, "\(fault) \(outcome)")
      }
      await service.setFault(.emptyAnswer, times: 1)
      #expect(await Outcome(provider.stream(question)).finish?.text == "")
      await service.setFault(.maximumTokens, times: 1)
      #expect(await Outcome(provider.stream(question)).finish?.reason == .maximumTokens)
      await service.setFault(.loading, times: 1)
      guard case .out(let reason) = await provider.checkHealth().state else {
        Issue.record("a loading server is not ready")
        return
      }
      #expect(reason.contains("loading"))
    }
    try await withLocal(LocalModelOptions(key: "right"), key: "wrong") { provider, _ in
      #expect(await Outcome(provider.stream(question)).error?.kind == .unauthorised)
    }
  }
}
