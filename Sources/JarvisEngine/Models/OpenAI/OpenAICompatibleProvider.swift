import Foundation
import JarvisAPI
import JarvisHTTP

/// A local model behind `/v1/chat/completions`: llama.cpp's server, Ollama, vLLM, LM Studio.
public struct OpenAICompatibleProvider: LLMProvider {
  /// Tokens that a window is taken to have until the server tells: Ollama's default on small machines.
  public static let defaultWindow = 4_096
  /// Tokens; a smaller window has no room for a system prompt, memory and a reply.
  public static let smallestFitWindow = 2_048

  public let route = Route.qwen
  let base: String
  let key: APIKey?
  let trust: TLSTrust
  let transport: any HTTPTransport
  let configuredModel: String?
  let configuredWindow: Int?
  let now: @Sendable () -> Date
  let discovered = Discovered()

  /// - Parameters:
  ///   - base: the server's address, with or without `/v1`.
  ///   - model: the model's name there; nil takes the first one that the server lists.
  ///   - window: tokens, where the server cannot tell (Ollama); nil lets the server tell, else `defaultWindow`.
  ///   - now: reads `retry-after` dates.
  public init(
    base: String, model: String? = nil, key: APIKey? = nil, window: Int? = nil, trust: TLSTrust = .system,
    transport: any HTTPTransport, now: @escaping @Sendable () -> Date
  ) {
    self.base = ServerAddress.root(of: base)
    configuredModel = model
    self.key = key
    configuredWindow = window
    self.trust = trust
    self.transport = transport
    self.now = now
  }

  /// The configured name, else the one found by `checkHealth`, else "default".
  public var model: String { configuredModel ?? discovered.model ?? "default" }

  public var capabilities: ProviderCapabilities {
    let window = discovered.window ?? configuredWindow ?? Self.defaultWindow
    return ProviderCapabilities(tools: true, window: window, maximumOutput: window / 2, promptCaching: false)
  }

  public func stream(_ request: ModelRequest) -> AsyncThrowingStream<ModelDelta, any Error> {
    let discovered = discovered
    let decoder = OpenAIStream(
      opening: discovered.opening, window: discovered.window ?? configuredWindow,
      callPrefix: "call_\(request.messages.count)"
    ) { answer in
      // An answer cut by its limit may have been cut inside a thought: it proves nothing.
      if answer.word != "length" || answer.opening == .missing { discovered.learn(opening: answer.opening) }
    }
    let body = content(request).body(maximumOutput: min(request.maximumOutput, capabilities.maximumOutput))
    return ModelStream(transport: transport, base: base, refusal: { refusal($0, $1) })
      .start(http("POST", "/v1/chat/completions", body: body, timeouts: .localAnswer), decoder: decoder)
  }

  func content(_ request: ModelRequest) -> OpenAIRequest {
    OpenAIRequest(model: model, server: discovered.server, request: request)
  }

  func refusal(_ head: HTTPHead, _ body: [UInt8]) -> ProviderError {
    OpenAIError.error(ServerError(head: head, body: body, now: now()), key: key)
  }

  func http(_ method: String, _ path: String, body: [UInt8]? = nil, timeouts: HTTPTimeouts = .question) -> HTTPRequest {
    var headers = [("accept", "application/json, text/event-stream")]
    if body != nil { headers.append(("content-type", "application/json")) }
    if let key { headers.append(("authorization", "Bearer \(key.value)")) }
    return HTTPRequest(method, base + path, headers: headers, body: body, timeouts: timeouts, trust: trust)
  }
}
