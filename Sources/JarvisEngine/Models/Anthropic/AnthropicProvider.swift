import Foundation
import JarvisAPI
import JarvisHTTP

/// Claude over the Messages API.
public struct AnthropicProvider: LLMProvider {
  /// The API version that this adapter speaks.
  public static let version = "2026-10-21"
  /// The vendor's own address.
  public static let defaultBase = "https://api.anthropic.com"

  public let route = Route.claude
  public let model: String
  private let base: String
  private let key: APIKey?
  private let trust: TLSTrust
  private let transport: any HTTPTransport
  private let now: @Sendable () -> Date
  private let known: ClaudeModel
  private let discovered = Discovered()

  /// - Parameters:
  ///   - model: the model's id, e.g. "claude-sonnet-5-5".
  ///   - key: without one every call fails with `noKey` and nothing is sent.
  ///   - base: the server's address without `/v1`; a simulator's, or a gateway's.
  ///   - now: reads `retry-after` dates.
  public init(
    model: String, key: APIKey?, base: String = AnthropicProvider.defaultBase, trust: TLSTrust = .system,
    transport: any HTTPTransport, now: @escaping @Sendable () -> Date
  ) {
    self.model = model
    self.base = ServerAddress.root(of: base)
    self.key = key
    self.trust = trust
    self.transport = transport
    self.now = now
    known = ClaudeModel.named(model)
  }

  public var capabilities: ProviderCapabilities {
    ProviderCapabilities(
      tools: true, window: discovered.window ?? known.window,
      maximumOutput: discovered.maximumOutput ?? known.maximumOutput,
      promptCaching: true)
  }

  public func stream(_ request: ModelRequest) -> AsyncThrowingStream<ModelDelta, any Error> {
    guard let key else { return .failed(Self.withoutKey) }
    let limit = min(request.maximumOutput, capabilities.maximumOutput)
    func turn(_ content: AnthropicRequest) -> HTTPRequest {
      http("POST", "/v1/messages", key: key, body: content.body(maximumOutput: limit), timeouts: .answer)
    }
    let content = content(request)
    var stripped = content
    stripped.keepsThinking = false
    let amended = turn(stripped)
    return ModelStream(
      transport: transport, base: base, refusal: { refusal($0, $1) },
      amended: { AnthropicError.refusesThinking($0) ? amended : nil }
    ).start(turn(content), decoder: AnthropicStream(model: model))
  }

  public func countTokens(_ request: ModelRequest) async -> TokenCount {
    let estimate = TokenCount(tokens: TokenEstimate.tokens(of: request), estimated: true)
    guard let key else { return estimate }
    let count = http(
      "POST", "/v1/messages/count_tokens", key: key, body: content(request).countBody(), timeouts: .question)
    // Whatever goes wrong here the estimate is good enough; the turn itself will tell what is wrong.
    guard let answer = try? await transport.send(count), answer.head.status == 200,
      let bytes = try? await answer.collect(),
      let tokens = RawJSON(bytes)?["input_tokens"]?.int
    else { return estimate }
    return TokenCount(tokens: tokens, estimated: false)
  }

  public func checkHealth() async -> ProviderHealth {
    guard let key else { return health(.absent("no key")) }
    do throws(HTTPError) {
      let name = model.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(["-", "_", "."])) ?? model
      let answer = try await transport.send(http("GET", "/v1/models/\(name)", key: key, body: nil, timeouts: .question))
      let bytes = try await answer.collect()
      guard answer.head.status == 200 else {
        let refusal = refusal(answer.head, bytes)
        return health(.out(refusal.healthReason(model: model)), because: refusal)
      }
      guard let info = RawJSON(bytes), info["id"] != nil else { return health(.out("\(base) is not the Messages API")) }
      discovered.learn(window: info["max_input_tokens"]?.int, maximumOutput: info["max_tokens"]?.int)
      if info["lifecycle"]?.string == "retired" { return health(.out("\(model) is retired")) }
      return health(.ready)
    } catch {
      let failure = ProviderError(error, talkingTo: base)
      return health(.out(failure.reason), because: failure)
    }
  }

  private static let withoutKey = ProviderError(.noKey, reason: "no key for Claude is configured")

  private func content(_ request: ModelRequest) -> AnthropicRequest {
    AnthropicRequest(model: model, thinking: known.thinking, request: request)
  }

  private func health(_ state: ProviderHealth.State, because error: ProviderError? = nil) -> ProviderHealth {
    ProviderHealth(
      route: route, model: model, state: state, window: capabilities.window, isKeyRefused: error?.kind == .unauthorised,
      brief: error?.brief ?? "")
  }

  private func refusal(_ head: HTTPHead, _ body: [UInt8]) -> ProviderError {
    AnthropicError.error(ServerError(head: head, body: body, now: now()), key: key)
  }

  private func http(
    _ method: String, _ path: String, key: APIKey, body: [UInt8]?, timeouts: HTTPTimeouts
  ) -> HTTPRequest {
    HTTPRequest(
      method, base + path,
      headers: [
        ("content-type", "application/json"), ("accept", "application/json, text/event-stream"),
        ("anthropic-version", Self.version), ("x-api-key", key.value),
      ], body: body, timeouts: timeouts, trust: trust)
  }
}

extension HTTPTimeouts {
  /// A streamed answer of Claude: `ping` keeps it alive, ten minutes in all as the vendor's SDK has it.
  static let answer = HTTPTimeouts(
    connect: .seconds(5), firstByte: .seconds(120), idle: .seconds(90), total: .seconds(600))
  /// A question that a server answers at once.
  static let question = HTTPTimeouts(
    connect: .seconds(5), firstByte: .seconds(10), idle: .seconds(10), total: .seconds(20))
  /// A streamed answer of a local model, which may read a long prompt on a slow machine first.
  static let localAnswer = HTTPTimeouts(
    connect: .seconds(5), firstByte: .seconds(300), idle: .seconds(120), total: .seconds(1_800))
}

extension AsyncThrowingStream where Element == ModelDelta, Failure == any Error {
  /// A stream that ends at once with `error`.
  static func failed(_ error: ProviderError) -> Self {
    AsyncThrowingStream { $0.finish(throwing: error) }
  }
}
