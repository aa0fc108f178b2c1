import Foundation
import JarvisAPI
import JarvisHTTP
import JarvisTestSupport
import Testing

@testable import JarvisModels

/// The adapters against llama.cpp's own server with a tiny model of noise: it proves the wire, not the answers.
@Suite(.enabled(if: PythonPart.isAvailable, Comment(rawValue: PythonPart.missing)), .serialized)
struct LlamaServerTests {
  private static let context = 4_096

  private func withServer(_ body: (String, CurlTransport) async throws -> Void) async throws {
    let script = try PythonPart.start("llama_server.py", ["--context", "\(Self.context)"])
    let transport = CurlTransport(environment: [:])
    do {
      let line = try #require(try script.line(), "the server did not start")
      let url = try #require(try JSONValue(parsing: line)["url"]?.string)
      try await body(url, transport)
    } catch {
      try script.stop()
      throw error
    }
    try script.stop()
  }

  private func request(_ text: String, limit: Int = 64, tools: [ToolSchema] = []) -> ModelRequest {
    ModelRequest(
      system: "You are Jarvis.", tools: tools, messages: [.user(results: [], text: text)], maximumOutput: limit)
  }

  @Test("ROUTE-10 Health, window, model name and token count of the real server")
  func facts() async throws {
    try await withServer { url, transport in
      let provider = OpenAICompatibleProvider(base: url + "/v1", transport: transport, now: { Date() })
      #expect(
        await provider.checkHealth()
          == ProviderHealth(route: .qwen, model: "jarvis-test-noise", state: .ready, window: Self.context))
      let question = request("Wie voll ist der Speicher „tank“? 🚀")
      let count = await provider.countTokens(question)
      let outcome = await Outcome(provider.stream(question))
      #expect(outcome.error == nil)
      #expect(!count.estimated)
      #expect(outcome.finish?.usage.prompt == count.tokens)
    }
  }

  @Test("ROUTE-08 Noise with broken UTF-8 streams to its end, with usage and a reason")
  func noise() async throws {
    try await withServer { url, transport in
      let provider = OpenAICompatibleProvider(base: url, transport: transport, now: { Date() })
      var replaced = 0
      for round in 0..<12 {
        let outcome = await Outcome(provider.stream(request("Question \(round)", limit: 200)))
        let finish = try #require(outcome.finish, "\(String(describing: outcome.error))")
        #expect([.endTurn, .maximumTokens].contains(finish.reason))
        #expect((1...200).contains(finish.usage.output))
        #expect(finish.text == outcome.text || provider.discovered.opening == .missing)
        if finish.reason == .maximumTokens { #expect(finish.usage.output == 200) }
        replaced += finish.text.unicodeScalars.count { $0 == "\u{FFFD}" }
      }
      #expect(replaced > 0, "the noise was to contain broken UTF-8")
    }
  }

  @Test("ROUTE-02 Overflow of the real server is an escalation, not an error of another kind")
  func overflow() async throws {
    try await withServer { url, transport in
      let provider = OpenAICompatibleProvider(base: url, transport: transport, now: { Date() })
      let outcome = await Outcome(provider.stream(request(String(repeating: "word ", count: 2_400))))
      #expect(outcome.error?.kind == .contextOverflow)
      #expect(outcome.error?.afterFirstDelta == false)
      #expect(outcome.error?.reason.contains("\(Self.context)") == true)
      // The limits of the wire hold for tools, too: the schema alone is too long.
      let tool = ToolSchema(
        name: "big", description: String(repeating: "d", count: 12_000), inputSchema: ["type": "object"])
      let count = await provider.countTokens(request("hi", tools: [tool]))
      #expect(count.tokens > 3_000)
    }
  }

  @Test("FOUND-04 Stopping frees the server's only slot for the next question")
  func cancel() async throws {
    try await withServer { url, transport in
      let provider = OpenAICompatibleProvider(base: url, transport: transport, now: { Date() })
      for _ in 0..<5 {
        let (heard, hear) = AsyncStream<Void>.makeStream()
        let task = Task {
          for try await _ in provider.stream(request("go on and on", limit: 2_000)) { hear.yield() }
          hear.finish()
        }
        for await _ in heard { break }
        task.cancel()
        _ = await task.result
        let next = await Outcome(provider.stream(request("next", limit: 8)))
        #expect(next.error == nil && next.finish != nil)
      }
    }
  }

  @Test("ROUTE-10 The Claude adapter reads the Messages API as llama.cpp speaks it")
  func messages() async throws {
    try await withServer { url, transport in
      let provider = AnthropicProvider(
        model: "claude-haiku-4-5", key: APIKey("local"), base: url, transport: transport, now: { Date() })
      let question = request("hello", limit: 60)
      let count = await provider.countTokens(question)
      let outcome = await Outcome(provider.stream(question))
      let finish = try #require(outcome.finish, "\(String(describing: outcome.error))")
      #expect([.endTurn, .maximumTokens].contains(finish.reason))
      #expect(finish.text == outcome.text)
      #expect(!count.estimated && finish.usage.prompt == count.tokens)
      // Its content goes back and is taken.
      let next = ModelRequest(
        system: "You are Jarvis.", messages: question.messages + [finish.message, .user(results: [], text: "more")],
        maximumOutput: 20)
      #expect(await Outcome(provider.stream(next)).finish != nil)
    }
  }

  @Test("ROUTE-02 A server that is gone is unreachable")
  func gone() async throws {
    var address = ""
    try await withServer { url, _ in address = url }
    let provider = OpenAICompatibleProvider(base: address, transport: CurlTransport(environment: [:]), now: { Date() })
    #expect(await Outcome(provider.stream(request("hi"))).error?.kind == .unreachable)
  }
}
