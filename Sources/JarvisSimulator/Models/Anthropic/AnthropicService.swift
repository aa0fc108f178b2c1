import Foundation
import JarvisAPI

/// A simulated Anthropic Messages API: the real one's wire, rules and refusals (API version 2026-10-21), with a mind
/// that reads the question and the tools. For the demonstration, tests and benchmarks.
///
/// Serves `POST /v1/messages` (streamed or not), `POST /v1/messages/count_tokens`, `GET /v1/models`, `GET /v1/models/{id}`.
public actor AnthropicService: SimulatedService {
  /// The longest request body, in bytes, as the real API has it.
  public static let maximumBody = 32 << 20
  /// Paused replies remembered, so that they may be sent back to go on.
  private static let maximumPaused = 100

  private let key: String?
  private let pace: ModelPace
  private let bodyLimit: Int
  private let now: @Sendable () -> Date
  private let sleep: @Sendable (Duration) async throws -> Void
  private let seed: UInt64

  private var faults = ModelFaults()
  private var cache = PromptCache()
  private var log = RequestLog()
  private var issued = 0
  private var paused: [String] = []

  /// - Parameters:
  ///   - key: the only key that is accepted; nil accepts any that is not empty.
  ///   - pace: how fast answers stream.
  ///   - bodyLimit: longer bodies are refused with 413. Bytes.
  ///   - now: the clock of the prompt cache.
  ///   - sleep: waits between pieces; tests need none.
  ///   - seed: makes ids differ between services.
  public init(
    key: String? = nil, pace: ModelPace = .natural, bodyLimit: Int = AnthropicService.maximumBody,
    now: @escaping @Sendable () -> Date = { Date() },
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    seed: UInt64 = .random(in: .min ... .max)
  ) {
    self.key = key
    self.pace = pace
    self.bodyLimit = bodyLimit
    self.now = now
    self.sleep = sleep
    self.seed = seed
  }

  /// Sets what goes wrong from now on, or once so many messages have passed, for so many requests or until it is set
  /// anew; nil ends it.
  public func setFault(_ fault: ModelFault?, times: Int? = nil, after spared: Int = 0) {
    faults = ModelFaults(fault, times: times, after: spared)
  }

  /// The last requests, oldest first.
  public var received: [SimulatedRequest] { log.requests }

  public func respond(to request: SimulatedRequest) async -> SimulatedResponse {
    log.note(request)
    let id = identify("req")
    do {
      return try answer(request, id)
    } catch {
      return error.response(request: id)
    }
  }

  private func answer(_ request: SimulatedRequest, _ id: String) throws(AnthropicError) -> SimulatedResponse {
    let asksForMessage = request.path == "/v1/messages"
    let fault = asksForMessage ? faults.take() : faults.fault
    switch fault {
    case .hangUp: return SimulatedResponse(status: 200, reason: "OK", body: .hangUp)
    case .silence: return SimulatedResponse(status: 200, reason: "OK", body: .silence)
    case .some(let fault): if let refusal = AnthropicError(fault) { throw refusal }
    case nil: break
    }
    try authenticate(request)
    let version = try version(of: request)
    if request.body.count > bodyLimit {
      throw AnthropicError(413, "request_too_large", "Request exceeds the maximum size")
    }
    switch (request.method, request.path) {
    case ("POST", "/v1/messages"): return try message(request, version, id, fault)
    case ("POST", "/v1/messages/count_tokens"): return try count(request, version, id)
    case ("GET", "/v1/models"): return models(request, id)
    case ("GET", let path) where path.hasPrefix("/v1/models/"):
      let name = String(path.dropFirst("/v1/models/".count))
      guard let model = ClaudeModel.named(name) else { throw AnthropicError(404, "not_found_error", "model: \(name)") }
      return .json(model.description, headers: [("request-id", id)])
    case (_, "/v1/messages"), (_, "/v1/messages/count_tokens"), (_, "/v1/models"):
      throw AnthropicError(405, "invalid_request_error", "Method Not Allowed")
    default: throw AnthropicError(404, "not_found_error", "Not found")
    }
  }

  /// Either header, as the API takes them; where both come, `x-api-key` counts.
  private func authenticate(_ request: SimulatedRequest) throws(AnthropicError) {
    let bearer = request.header("authorization").flatMap { value in
      value.lowercased().hasPrefix("bearer ") ? String(value.dropFirst("bearer ".count)) : nil
    }
    guard let given = request.header("x-api-key") ?? bearer, !given.isEmpty else {
      throw AnthropicError(401, "authentication_error", "x-api-key header is required")
    }
    if let key, key != given { throw AnthropicError(401, "authentication_error", "invalid x-api-key") }
  }

  private enum Version { case october2026, june2023 }

  private func version(of request: SimulatedRequest) throws(AnthropicError) -> Version {
    switch request.header("anthropic-version") {
    case nil: throw .invalid("anthropic-version: header is required")
    case "2026-10-21": return .october2026
    case "2023-06-01": return .june2023
    case .some(let other): throw .invalid("anthropic-version: \"\(other)\" is not a valid version")
    }
  }

  /// The body as JSON. Sampling parameters are gone in the newest version and let through in the one before.
  private func body(_ request: SimulatedRequest, _ version: Version) throws(AnthropicError) -> JSONValue {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: String(decoding: request.body, as: UTF8.self))
    } catch {
      throw .invalid("The request body is not valid JSON")
    }
    guard version == .june2023, case .object(var fields) = value else { return value }
    for name in ["temperature", "top_p", "top_k"] { fields[name] = nil }
    return .object(fields)
  }

  private func model(_ request: AnthropicRequest) throws(AnthropicError) -> ClaudeModel {
    guard let model = ClaudeModel.named(request.model) else {
      throw AnthropicError(404, "not_found_error", "model: \(request.model)")
    }
    return model
  }

  private func message(
    _ http: SimulatedRequest, _ version: Version, _ id: String, _ fault: ModelFault?
  ) throws(AnthropicError) -> SimulatedResponse {
    let request = try AnthropicRequest(try body(http, version))
    let model = try model(request)
    try AnthropicRules.check(request, model, continuesPaused: continuesPaused(request))
    let controls = http.header("anthropic-beta")?.contains("thinking-binding-controls-2026-08-01") ?? false
    let prefix = try ThinkingSignature.check(request, model, mayDrop: controls)
    let blocks = try PromptCache.blocks(of: request)
    let tokens = blocks.reduce(0) { $0 + $1.tokens }
    if tokens > model.window {
      throw .invalid("prompt is too long: \(tokens) tokens > \(model.window) maximum")
    }
    let usage = try cache.use(blocks, minimum: model.minimumCacheable, at: now())
    if fault == .garbage { return garbage(request, id) }

    let reply = AnthropicComposer(request: request, model: model, prefix: prefix, usage: usage, fault: fault)
      .reply(identify: identify)
    if reply.stopReason == "pause_turn" { remember(reply) }
    let headers: [(name: String, value: String)] = [("request-id", id)]
    guard request.stream else {
      let whole = ModelStream(pieces: [.init(reply.message.text, pause: pace.first)]).struck(by: fault)
      let body: SimulatedResponse.Body = whole.ending == .complete ? .bytes(whole.bytes) : whole.body(sleep: sleep)
      return SimulatedResponse(
        status: 200, reason: "OK", headers: headers + [("content-type", "application/json")], body: body)
    }
    let stream = AnthropicEvents.stream(reply, pace: pace, fault: fault, request: id)
    return SimulatedResponse(
      status: 200, reason: "OK",
      headers: headers + [("content-type", "text/event-stream; charset=utf-8"), ("cache-control", "no-cache")],
      body: stream.body(sleep: sleep))
  }

  private func count(
    _ http: SimulatedRequest, _ version: Version, _ id: String
  ) throws(AnthropicError) -> SimulatedResponse {
    let request = try AnthropicRequest(try body(http, version), counting: true)
    _ = try model(request)
    let tokens = try PromptCache.blocks(of: request).reduce(0) { $0 + $1.tokens }
    return .json(["input_tokens": .int(tokens)], headers: [("request-id", id)])
  }

  private func models(_ request: SimulatedRequest, _ id: String) -> SimulatedResponse {
    let wanted = request.query.filter { $0.name.hasPrefix("lifecycle") }.map(\.value)
    let shown = ClaudeModel.catalogue.filter {
      wanted.isEmpty ? $0.lifecycle != "retired" : wanted.contains($0.lifecycle)
    }
    let page: JSONValue = [
      "data": .array(shown.map(\.description)), "has_more": false,
      "first_id": shown.first.map { .string($0.id) } ?? .null, "last_id": shown.last.map { .string($0.id) } ?? .null,
    ]
    return .json(page, headers: [("request-id", id)])
  }

  private func garbage(_ request: AnthropicRequest, _ id: String) -> SimulatedResponse {
    let type = request.stream ? "text/event-stream; charset=utf-8" : "application/json"
    let bytes: [UInt8] =
      Array("<html>\u{0}<body>502 upstream".utf8) + [0xFF, 0xFE, 0x0A, 0x0A] + Array("data: {oops\n\n".utf8)
    return SimulatedResponse(
      status: 200, reason: "OK", headers: [("request-id", id), ("content-type", type)], body: .bytes(bytes))
  }

  /// A paused reply sent back as it was is no prefill.
  private func continuesPaused(_ request: AnthropicRequest) -> Bool {
    guard let last = request.messages.last, last.role == "assistant" else { return false }
    return paused.contains(Self.mark(last.blocks))
  }

  private func remember(_ reply: AnthropicReply) {
    if paused.count >= Self.maximumPaused { paused.removeFirst() }
    paused.append(Self.mark(reply.blocks.map(AnthropicReply.json)))
  }

  private static func mark(_ blocks: [JSONValue]) -> String {
    ThinkingSignature.hash(blocks.map { $0["text"]?.string ?? $0["signature"]?.string ?? "" }.joined(separator: "\n"))
  }

  /// "msg_01…", "toolu_01…", "req_01…": never twice from one service.
  private func identify(_ kind: String) -> String {
    issued += 1
    return "\(kind)_01" + ThinkingSignature.hash("\(seed) \(kind) \(issued)").prefix(22)
  }
}
