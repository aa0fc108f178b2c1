import JarvisAPI
import JarvisHTTP

extension OpenAICompatibleProvider {
  /// The server's count where it has one – llama.cpp counts the whole prompt, vLLM too –, else an estimate.
  public func countTokens(_ request: ModelRequest) async -> TokenCount {
    let content = content(request)
    switch discovered.server {
    case .llamaCpp:
      if let tokens = await ask("/v1/chat/completions/input_tokens", content.countBody())?["input_tokens"]?.int {
        return TokenCount(tokens: tokens, estimated: false)
      }
      // Older builds count text only: the template's own tokens are added as a margin.
      if let tokens = await ask("/tokenize", Self.text(of: request))?["tokens"]?.elements.count {
        let frame = TokenEstimate.perMessage * (request.messages.count + 1)
        return TokenCount(tokens: tokens + frame, estimated: true)
      }
    case .vllm:
      if let tokens = await ask("/tokenize", content.countBody())?["count"]?.int {
        return TokenCount(tokens: tokens, estimated: false)
      }
    case .ollama, .lmStudio, .unknown: break
    }
    return TokenCount(tokens: TokenEstimate.tokens(of: request), estimated: true)
  }

  /// Asks for what costs nothing: is it up, which models, which window, how do answers begin.
  public func checkHealth() async -> ProviderHealth {
    do throws(HTTPError) {
      let pulse = try await transport.send(http("GET", "/health"))
      let pulseBody = try await pulse.collect()
      // Only llama.cpp and vLLM have this; elsewhere it is a 404 that says nothing.
      if pulse.head.status == 503 {
        return health(.out("still loading its model: \(refusal(pulse.head, pulseBody).reason)"))
      }
      let answer = try await transport.send(http("GET", "/v1/models"))
      let bytes = try await answer.collect()
      guard answer.head.status == 200 else {
        let refusal = refusal(answer.head, bytes)
        return health(.out(refusal.healthReason(model: model)), because: refusal)
      }
      guard let models = RawJSON(bytes)?["data"] else { return health(.out("\(base) lists no models")) }
      return await judge(models.elements)
    } catch {
      let failure = ProviderError(error, talkingTo: base)
      return health(.out(failure.reason), because: failure)
    }
  }

  private func judge(_ models: [RawJSON]) async -> ProviderHealth {
    let server = LocalServer(owner: models.first?["owned_by"]?.string)
    let names = models.compactMap { $0["id"]?.string }
    guard let first = names.first else { return health(.out("\(base) has no model loaded")) }
    let wanted = configuredModel ?? first
    let entry = models.first { Self.matches($0["id"]?.string ?? "", wanted) }
    if entry == nil, !server.servesOneModel {
      let list = names.prefix(Self.listedModels).map { ErrorText.clean($0, hiding: key) }.joined(separator: ", ")
      return health(.out("\(base) has no model \(wanted); it has \(list)"))
    }
    let described = entry ?? models[0]
    discovered.learn(
      model: first, window: described["max_model_len"]?.int ?? described["meta"]?["n_ctx"]?.int, server: server)
    if server == .llamaCpp { await askLlamaCpp() }
    let window = capabilities.window
    if window < Self.smallestFitWindow {
      return health(.unfit("its window of \(window) tokens is too small; \(Self.smallestFitWindow) are needed"))
    }
    return health(.ready)
  }

  /// Names in a message about a missing model.
  private static let listedModels = 5

  /// Ollama lists "qwen3:latest" for what people call "qwen3".
  private static func matches(_ listed: String, _ wanted: String) -> Bool {
    listed == wanted || listed == wanted + ":latest"
  }

  /// The window that the server was started with, and whether its template opens a thought in the prompt.
  private func askLlamaCpp() async {
    if let window = await ask("/props", nil)?["default_generation_settings"]?["n_ctx"]?.int {
      discovered.learn(window: window)
    }
    let probe = OpenAIRequest(
      model: model, server: .llamaCpp, request: ModelRequest(system: "", messages: [.user(results: [], text: "hi")]))
    guard let prompt = await ask("/apply-template", probe.countBody())?["prompt"]?.string else { return }
    let end = prompt.reversed().drop(while: \.isWhitespace).prefix(7)
    // The other way round proves nothing: some models think aloud although the prompt closes the thought for them.
    if String(end.reversed()) == "<think>" { discovered.learn(opening: .missing) }
  }

  /// An answer of 200 as JSON; nil for anything else, because each question has a fallback.
  private func ask(_ path: String, _ body: [UInt8]?) async -> RawJSON? {
    do {
      let answer = try await transport.send(http(body == nil ? "GET" : "POST", path, body: body))
      return answer.head.status == 200 ? RawJSON(try await answer.collect()) : nil
    } catch {
      return nil
    }
  }

  /// All text of a request in one string, for a plain tokenizer.
  private static func text(of request: ModelRequest) -> [UInt8] {
    var parts = [request.system] + request.tools.map { $0.name + " " + $0.description + " " + $0.inputSchema.text }
    for message in request.messages {
      switch message {
      case .user(let results, let text): parts += results.map(\.content) + [text]
      case .assistant(let text, let calls, _): parts += [text] + calls.map { $0.name + " " + $0.arguments }
      }
    }
    return JSONWriter.object { $0.string("content", parts.joined(separator: "\n")) }.bytes
  }

  private func health(_ state: ProviderHealth.State, because error: ProviderError? = nil) -> ProviderHealth {
    ProviderHealth(
      route: route, model: model, state: state, window: discovered.window ?? configuredWindow,
      isKeyRefused: error?.kind == .unauthorised, brief: error?.brief ?? "")
  }
}
