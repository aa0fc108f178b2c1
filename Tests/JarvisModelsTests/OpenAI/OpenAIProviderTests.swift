import Foundation
import JarvisAPI
import JarvisHTTP
import Testing

@testable import JarvisModels

@Suite struct OpenAIProviderTests {
  private let question = ModelRequest(system: "s", messages: [.user(results: [], text: "hi")])

  private func provider(
    _ transport: ScriptedTransport, base: String = "http://127.0.0.1:1", model: String? = nil, key: String = "",
    window: Int? = nil
  ) -> OpenAICompatibleProvider {
    OpenAICompatibleProvider(
      base: base, model: model, key: APIKey(key), window: window, transport: transport, now: { Date.distantPast })
  }

  @Test(
    "ROUTE-10 The address may be written with or without /v1; the key is optional",
    arguments: [
      "http://127.0.0.1:9931", "http://127.0.0.1:9931/", "http://127.0.0.1:9931/v1", " http://127.0.0.1:9931/v1/ ",
    ])
  func address(_ base: String) async throws {
    let transport = ScriptedTransport(Array(repeating: .text(ChunkScript.answer(["x"])), count: 2))
    _ = await Outcome(provider(transport, base: base).stream(question))
    _ = await Outcome(provider(transport, base: base, key: "local-key").stream(question))
    #expect(transport.requests.map(\.url) == Array(repeating: "http://127.0.0.1:9931/v1/chat/completions", count: 2))
    #expect(transport.requests.map { $0.header("authorization") } == [nil, "Bearer local-key"])
  }

  @Test("ROUTE-02 Errors of llama.cpp, Ollama, vLLM and LM Studio; overflow is told apart")
  func errors() async {
    let cases: [(Int, String, ProviderError.Kind)] = [
      (
        400,
        #"{"error":{"code":400,"message":"request (12000 tokens) exceeds the available context size (4096 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":12000,"n_ctx":4096}}"#,
        .contextOverflow
      ),
      (
        400,
        #"{"object":"error","message":"This model's maximum context length is 4096 tokens. However, you requested 9000","type":"BadRequestError","code":400}"#,
        .contextOverflow
      ),
      (
        400, #"{"error":{"message":"x","type":"invalid_request_error","code":"context_length_exceeded"}}"#,
        .contextOverflow
      ),
      (400, #"{"error":{"message":"unknown field","type":"BadRequestError"}}"#, .invalidRequest),
      (404, #"{"error":{"message":"model \"q\" not found, try pulling it first","type":"api_error"}}"#, .modelMissing),
      (503, #"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#, .server(status: 503)),
      (401, #"{"error":{"message":"Invalid API Key local-key","type":"authentication_error"}}"#, .unauthorised),
      (500, #"{"error":"no model loaded"}"#, .server(status: 500)), (429, "busy", .rateLimited(retryAfter: nil)),
    ]
    for (status, body, kind) in cases {
      let outcome = await Outcome(
        provider(ScriptedTransport([.text(body, status: status)]), key: "local-key").stream(question))
      #expect(outcome.error?.kind == kind, "\(status) \(body)")
      #expect(outcome.error?.reason.contains("local-key") == false)
    }
  }

  @Test("ROUTE-10 llama.cpp: window from /props, opening of thoughts from the template, any model name will do")
  func llamaCpp() async {
    let models = #"{"object":"list","data":[{"id":"qwen3-8b","owned_by":"llamacpp","meta":{"n_ctx_train":40960}}]}"#
    let transport = ScriptedTransport(
      [.text(ChunkScript.answer(["I think", " so</think>", "Yes"]))],
      byPath: [
        "/health": .text(#"{"status":"ok"}"#), "/v1/models": .text(models),
        "/props": .text(#"{"default_generation_settings":{"n_ctx":8192}}"#),
        "/apply-template": .text(#"{"prompt":"<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n<think>\n"}"#),
        "/input_tokens": .text(#"{"input_tokens":12,"object":"response.input_tokens"}"#),
      ])
    let provider = provider(transport, model: "my-qwen")
    #expect(
      await provider.checkHealth() == ProviderHealth(route: .qwen, model: "my-qwen", state: .ready, window: 8_192))
    #expect(provider.capabilities.window == 8_192)
    #expect(await provider.countTokens(question) == TokenCount(tokens: 12, estimated: false))
    let outcome = await Outcome(provider.stream(question))
    #expect(outcome.text == "Yes" && outcome.thinking == "I think so")
  }

  @Test("ROUTE-10 Ollama and vLLM: model by name, window where it is told")
  func others() async {
    let ollama = ScriptedTransport(byPath: [
      "/health": .text("404 page not found", status: 404),
      "/v1/models": .text(#"{"data":[{"id":"qwen3:latest","owned_by":"library"}]}"#),
    ])
    let first = provider(ollama, model: "qwen3", window: 16_384)
    #expect(await first.checkHealth() == ProviderHealth(route: .qwen, model: "qwen3", state: .ready, window: 16_384))
    guard case .out(let reason) = await provider(ollama, model: "llama9").checkHealth().state else {
      Issue.record("a missing model must be out")
      return
    }
    #expect(reason.contains("no model llama9") && reason.contains("qwen3:latest"))
    let vllm = ScriptedTransport(byPath: [
      "/health": .text(""),
      "/v1/models": .text(#"{"data":[{"id":"Qwen/Qwen3-8B","owned_by":"vllm","max_model_len":32768}]}"#),
      "/tokenize": .text(#"{"count":21,"max_model_len":32768,"tokens":[1]}"#),
    ])
    let second = provider(vllm)
    #expect(
      await second.checkHealth() == ProviderHealth(route: .qwen, model: "Qwen/Qwen3-8B", state: .ready, window: 32_768))
    #expect(await second.countTokens(question) == TokenCount(tokens: 21, estimated: false))
    #expect(second.model == "Qwen/Qwen3-8B")
  }

  @Test("ROUTE-02 Loading, empty, unfit, wrong and absent servers say so")
  func unhealthy() async {
    let loading = ScriptedTransport(byPath: [
      "/health": .text(#"{"error":{"message":"Loading model","code":503}}"#, status: 503)
    ])
    let empty = ScriptedTransport(byPath: ["/health": .text("{}"), "/v1/models": .text(#"{"data":[]}"#)])
    let foreign = ScriptedTransport(byPath: ["/health": .text("ok"), "/v1/models": .text("<html>")])
    let absent = ScriptedTransport(byPath: ["/health": .failing(.refused("port 1"))])
    for (transport, words) in [
      (loading, "loading"), (empty, "no model"), (foreign, "lists no models"), (absent, "refuses"),
    ] {
      guard case .out(let reason) = await provider(transport).checkHealth().state else {
        Issue.record("must be out: \(words)")
        continue
      }
      #expect(reason.contains(words))
    }
    let small = ScriptedTransport(byPath: [
      "/health": .text("{}"), "/v1/models": .text(#"{"data":[{"id":"q","owned_by":"vllm","max_model_len":1024}]}"#),
    ])
    guard case .unfit(let reason) = await provider(small).checkHealth().state else {
      Issue.record("must be unfit")
      return
    }
    #expect(reason.contains("1024"))
  }
}
