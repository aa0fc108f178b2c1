import Foundation
import JarvisAPI

/// A simulated local model behind an OpenAI-compatible API, in the manner of llama.cpp's server.
///
/// Serves `GET /health`, `GET /v1/models`, `GET /props`, `POST /tokenize`, `POST /apply-template`,
/// `POST /v1/chat/completions` (streamed or not) and `POST /v1/chat/completions/input_tokens`.
public actor OpenAICompatibleService: SimulatedService {
  /// Tokens after which endless thinking stops, where window and request allow more.
  static let endlessThinkingTokens = 1_500

  private let options: LocalModelOptions
  private let pace: ModelPace
  private let now: @Sendable () -> Date
  private let sleep: @Sendable (Duration) async throws -> Void
  private let seed: UInt64

  private var faults = ModelFaults()
  private var log = RequestLog()
  private var issued = 0
  /// The prompt before: its common beginning with the next one is cached.
  private var lastPrompt: [UInt8] = []

  /// - Parameters:
  ///   - pace: how fast answers stream.
  ///   - now: the time in `created`.
  ///   - sleep: waits between pieces; tests need none.
  ///   - seed: makes ids differ between services.
  public init(
    _ options: LocalModelOptions = LocalModelOptions(), pace: ModelPace = .natural,
    now: @escaping @Sendable () -> Date = { Date() },
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    seed: UInt64 = .random(in: .min ... .max)
  ) {
    self.options = options
    self.pace = pace
    self.now = now
    self.sleep = sleep
    self.seed = seed
  }

  /// Sets what goes wrong from now on, for so many requests or until it is set anew; nil ends it.
  public func setFault(_ fault: ModelFault?, times: Int? = nil) {
    faults = ModelFaults(fault, times: times)
  }

  /// The last requests, oldest first.
  public var received: [SimulatedRequest] { log.requests }

  public func respond(to request: SimulatedRequest) async -> SimulatedResponse {
    log.note(request)
    do {
      return try answer(request)
    } catch {
      return error.response
    }
  }

  private func answer(_ request: SimulatedRequest) throws(LocalServerError) -> SimulatedResponse {
    let path =
      request.path.hasPrefix("/v1/") || request.path != "/chat/completions" ? request.path : "/v1" + request.path
    let fault = path == "/v1/chat/completions" ? faults.take() : faults.fault
    switch fault {
    case .hangUp: return SimulatedResponse(status: 200, reason: "OK", body: .hangUp)
    case .silence: return SimulatedResponse(status: 200, reason: "OK", body: .silence)
    case .some(let fault): if let refusal = LocalServerError(fault) { throw refusal }
    case nil: break
    }
    if (request.method, path) == ("GET", "/health") { return .json(["status": "ok"]) }
    if let key = options.key, request.header("authorization") != "Bearer \(key)" {
      throw LocalServerError(401, "authentication_error", "Invalid API Key")
    }
    switch (request.method, path) {
    case ("GET", "/v1/models"): return .json(models)
    case ("GET", "/props"): return .json(properties)
    case ("POST", "/tokenize"): return .json(tokens(try body(request)))
    case ("POST", "/apply-template"): return .json(["prompt": .string(try ChatRequest(try body(request)).prompt)])
    case ("POST", "/v1/chat/completions/input_tokens"):
      let tokens = TokenCounter.tokens(try ChatRequest(try body(request)).prompt)
      return .json(["input_tokens": .int(tokens), "object": "response.input_tokens"])
    case ("POST", "/v1/chat/completions"): return try chat(try ChatRequest(try body(request)), fault)
    default: throw LocalServerError(404, "not_found_error", "File Not Found")
    }
  }

  private func body(_ request: SimulatedRequest) throws(LocalServerError) -> JSONValue {
    do {
      return try JSONValue(parsing: String(decoding: request.body, as: UTF8.self))
    } catch {
      throw .invalid(
        "[json.exception.parse_error.101] parse error at line 1, column \(request.body.count): syntax error while parsing value"
      )
    }
  }

  private func chat(_ request: ChatRequest, _ fault: ModelFault?) throws(LocalServerError) -> SimulatedResponse {
    let prompt = Array(request.prompt.utf8)
    let promptTokens = TokenCounter.tokens(ofBytes: prompt.count)
    if promptTokens >= options.window { throw .overflow(tokens: promptTokens, window: options.window) }
    let common = zip(prompt, lastPrompt).prefix { $0 == $1 }.count
    lastPrompt = prompt
    if fault == .garbage {
      let bytes: [UInt8] = Array("data: {\"choices\":[{]\n\n<html>".utf8) + [0xC3, 0x28, 0x0A, 0x0A]
      return SimulatedResponse(
        status: 200, reason: "OK",
        headers: [("content-type", request.stream ? "text/event-stream" : "application/json")],
        body: .bytes(bytes))
    }

    var answer = compose(request, fault)
    answer.promptTokens = promptTokens
    answer.cachedTokens = min(TokenCounter.tokens(ofBytes: common), promptTokens - 1)
    guard request.stream else {
      let whole = ModelStream(pieces: [.init(answer.body.text, pause: pace.first)]).struck(by: fault)
      return SimulatedResponse(
        status: 200, reason: "OK", headers: [("content-type", "application/json; charset=utf-8")],
        body: whole.ending == .complete ? .bytes(whole.bytes) : whole.body(sleep: sleep))
    }
    let stream = ChatEvents.stream(
      answer, includeUsage: request.includeUsage, commentEvery: options.commentEvery, pace: pace, fault: fault)
    return SimulatedResponse(
      status: 200, reason: "OK", headers: [("content-type", "text/event-stream")], body: stream.body(sleep: sleep))
  }

  /// What the model says, within the request's limit and what the window leaves.
  private func compose(_ request: ChatRequest, _ fault: ModelFault?) -> ChatAnswer {
    let left = max(1, options.window - TokenCounter.tokens(request.prompt))
    let limit = min(request.maximumTokens ?? left, left)
    let conversation = request.conversation
    var said =
      request.tools.isEmpty || !request.mayCall
      ? TalkMind().reply(to: conversation) : ToolMind().reply(to: conversation)
    let thinks = options.reasoning != .none && (request.thinking || options.ignoresThinkingSwitch)
    var answer = ChatAnswer(
      id: identify("chatcmpl-"), model: request.model ?? options.model, created: Int(now().timeIntervalSince1970),
      thought: "", reasoning: options.reasoning, text: "", calls: [], finish: "stop", promptTokens: 0, cachedTokens: 0)

    switch fault {
    case .emptyAnswer: return answer
    case .endlessThinking:
      let tokens = min(limit, Self.endlessThinkingTokens)
      answer.thought = String(repeating: "Wait, let me think again. ", count: tokens / 8 + 1).prefix(tokens: tokens)
      if answer.thoughtField == nil { answer.reasoning = .thinkTags }
      answer.finish = "length"
      return answer
    case .refusal: said = MindReply(text: "I'm sorry, but I can't help with that.")
    case .loop:
      if let tool = request.tools.first(where: { $0.required.isEmpty }) ?? request.tools.first {
        said = MindReply(calls: [MindCall(tool: tool.name)])
      } else {
        said = MindReply(text: String(repeating: "the same again and ", count: limit / 5))
      }
    case .brokenToolArguments:
      if said.calls.isEmpty, let tool = request.tools.first { said.calls = [MindCall(tool: tool.name)] }
    case .cutMidCharacter: said.text = "Voilà: " + said.text
    case .maximumTokens, .windowExceeded:
      said.text = said.text.prefix(tokens: max(1, TokenCounter.tokens(said.text) / 2))
    default: break
    }

    answer.thought = thinks ? said.thought : ""
    answer.text = said.text
    answer.calls = said.calls.map { call in
      let arguments = fault == .brokenToolArguments ? "{\"guest\": \"pih" : JSONValue.object(call.arguments).text
      return (identify("call_"), call.tool, arguments)
    }
    if !answer.calls.isEmpty { answer.finish = "tool_calls" }
    if fault == .maximumTokens || fault == .windowExceeded { answer.finish = "length" }
    if TokenCounter.tokens(answer.content) > limit {
      answer.text = answer.text.prefix(tokens: max(0, limit - TokenCounter.tokens(answer.thought)))
      answer.calls = []
      answer.finish = "length"
    }
    return answer
  }

  private var models: JSONValue {
    let meta: JSONValue = [
      "vocab_type": 2, "n_vocab": 151_643, "n_ctx": .int(options.window), "n_ctx_train": 32_768, "n_embd": 2_560,
      "n_params": 4_022_468_096, "size": 2_497_281_120,
    ]
    return [
      "object": "list",
      "models": [
        [
          "name": .string(options.model), "model": .string(options.model), "type": "model",
          "capabilities": ["completion"],
        ]
      ],
      "data": [
        [
          "id": .string(options.model), "object": "model", "created": .int(Int(now().timeIntervalSince1970)),
          "owned_by": "llamacpp", "aliases": [.string(options.model)], "meta": meta,
        ]
      ],
    ]
  }

  private var properties: JSONValue {
    [
      "default_generation_settings": ["n_ctx": .int(options.window)], "total_slots": 1,
      "model_alias": .string(options.model), "model_path": .string(options.model + ".gguf"),
      "build_info": "b0-simulated", "is_sleeping": false,
      "chat_template":
        "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}",
      "modalities": ["vision": false, "audio": false],
    ]
  }

  private func tokens(_ body: JSONValue) -> JSONValue {
    let pieces = TokenCounter.pieces(body["content"]?.string ?? "")
    guard body["with_pieces"]?.bool == true else {
      return ["tokens": .array(pieces.map { .int(TokenCounter.identifier(of: $0)) })]
    }
    let list = pieces.map { piece -> JSONValue in
      // A piece that is no text of its own is given as bytes, as llama.cpp gives it.
      let text = String(validating: piece, as: UTF8.self)
      return [
        "id": .int(TokenCounter.identifier(of: piece)),
        "piece": text.map { .string($0) } ?? .array(piece.map { .int(Int($0)) }),
      ]
    }
    return ["tokens": .array(list)]
  }

  private func identify(_ kind: String) -> String {
    issued += 1
    return kind + ThinkingSignature.hash("\(seed) \(kind) \(issued)")
  }
}
