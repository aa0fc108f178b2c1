import JarvisAPI
import JarvisHTTP

/// Reads the chunks of a streamed chat completion, as llama.cpp, Ollama, vLLM and LM Studio send them.
struct OpenAIStream: StreamDecoder {
  /// Calls of one answer; more are malformed.
  static let maximumCalls = 256

  private(set) var isFinished = false
  /// Taught by the answer; see `ThinkStripper`.
  var opening: ThinkStripper.Opening { stripper.opening }
  /// The word of `finish_reason`, once it came.
  private(set) var word: String?

  /// Tokens; to tell an answer cut by a full window from one cut by its own limit. Nil where unknown.
  private let window: Int?
  /// Makes ids for calls that came without one: unique within the conversation.
  private let callPrefix: String
  private let onFinish: @Sendable (OpenAIStream) -> Void
  private var contentRepair = UTF8Repair()
  private var thinkingRepair = UTF8Repair()
  private var stripper: ThinkStripper
  private var calls: [Int: (id: String, name: String, arguments: [UInt8])] = [:]
  private var usage: TokenUsage?
  private var bytes = 0
  private var gaveOut = false

  /// - Parameter onFinish: sees the decoder once the answer is whole, to learn from it.
  init(
    opening: ThinkStripper.Opening, window: Int?, callPrefix: String,
    onFinish: @escaping @Sendable (OpenAIStream) -> Void
  ) {
    stripper = ThinkStripper(opening: opening)
    self.window = window
    self.callPrefix = callPrefix
    self.onFinish = onFinish
  }

  mutating func receive(_ event: ServerSentEvent) throws(ProviderError) -> [ModelDelta] {
    if event.bytes.elementsEqual("[DONE]".utf8) { return finish() }
    guard let json = RawJSON(event.bytes), json.isObject else {
      throw ProviderError(.malformed, reason: "a chunk of the stream is no JSON object")
    }
    // llama.cpp names the event "error"; others put the member into a chunk.
    if json["error"] != nil || event.event == "error" {
      throw OpenAIError.error(ServerError(inStream: json), key: nil)
    }
    var deltas: [ModelDelta] = []
    if let choice = json["choices"]?.elements.first {
      if let delta = choice["delta"] ?? choice["message"] { deltas = try receive(delta: delta) }
      word = choice["finish_reason"]?.string ?? word
    }
    if let json = json["usage"] {
      usage = Self.usage(json)
      deltas.append(.usage(tokens))
    }
    gaveOut = gaveOut || deltas.contains { if case .usage = $0 { false } else { true } }
    return deltas
  }

  /// Some servers leave `[DONE]` out: with a finish reason the answer is whole all the same.
  mutating func end() throws(ProviderError) -> [ModelDelta] {
    guard word != nil else { throw ProviderError(.cut, reason: "the answer ended in the middle") }
    return finish()
  }

  func completed(_ error: ProviderError) -> ProviderError {
    var error = error
    error.afterFirstDelta = error.afterFirstDelta || gaveOut
    error.usage = tokens
    return error
  }

  private mutating func receive(delta: RawJSON) throws(ProviderError) -> [ModelDelta] {
    var deltas: [ModelDelta] = []
    for key in ["reasoning_content", "reasoning", "thinking"] {
      guard let piece = delta[key]?.stringBytes else { continue }
      bytes += piece.count
      deltas += Self.deltas(.init(thinking: thinkingRepair.receive(piece)))
      break
    }
    if let piece = delta["content"]?.stringBytes {
      bytes += piece.count
      deltas += Self.deltas(stripper.receive(contentRepair.receive(piece)))
    }
    for (position, call) in (delta["tool_calls"]?.elements ?? []).enumerated() {
      try receive(call: call, index: call["index"]?.int ?? position)
    }
    return deltas
  }

  private mutating func receive(call: RawJSON, index: Int) throws(ProviderError) {
    var known = calls[index] ?? (id: "", name: "", arguments: [])
    if let id = call["id"]?.string, !id.isEmpty { known.id = id }
    if let name = call["function"]?["name"]?.string, !name.isEmpty { known.name = name }
    if let arguments = call["function"]?["arguments"] {
      // The text of an object, or the object itself.
      let piece = arguments.stringBytes ?? Array(arguments.bytes)
      known.arguments += piece
      bytes += piece.count
    }
    calls[index] = known
    guard calls.count <= Self.maximumCalls else {
      throw ProviderError(.malformed, reason: "the answer has more than \(Self.maximumCalls) tool calls")
    }
  }

  private mutating func finish() -> [ModelDelta] {
    isFinished = true
    var deltas = Self.deltas(.init(thinking: thinkingRepair.finish()))
    deltas += Self.deltas(stripper.receive(contentRepair.finish()))
    deltas += Self.deltas(stripper.finish())
    let requests = calls.sorted { $0.key < $1.key }.filter { !$0.value.name.isEmpty }.map { index, call in
      ToolCallRequest(
        id: call.id.isEmpty ? "\(callPrefix)_\(index)" : call.id, name: call.name,
        arguments: call.arguments.isEmpty ? "{}" : String(decoding: call.arguments, as: UTF8.self))
    }
    deltas += requests.map { .toolCall($0) }
    deltas.append(
      .finished(
        ModelFinish(
          reason: reason(hasCalls: !requests.isEmpty), usage: tokens,
          message: .assistant(text: stripper.answer, calls: requests, raw: nil))))
    onFinish(self)
    return deltas
  }

  private func reason(hasCalls: Bool) -> ModelFinish.Reason {
    switch word {
    case "stop", nil: hasCalls ? .toolUse : .endTurn
    case "tool_calls", "function_call": .toolUse
    case "length":
      if let window, let usage, usage.prompt + usage.output >= window { .windowExceeded } else { .maximumTokens }
    case "content_filter": .refusal(category: nil)
    case let word?: .other(word)
    }
  }

  /// What the server counted, else an estimate of what it sent.
  private var tokens: TokenUsage {
    usage ?? TokenUsage(output: TokenEstimate.tokens(bytes: bytes))
  }

  private static func usage(_ json: RawJSON) -> TokenUsage {
    let prompt = max(0, json["prompt_tokens"]?.int ?? 0)
    let cached = min(prompt, max(0, json["prompt_tokens_details"]?["cached_tokens"]?.int ?? 0))
    return TokenUsage(input: prompt - cached, cacheRead: cached, output: max(0, json["completion_tokens"]?.int ?? 0))
  }

  private static func deltas(_ piece: ThinkStripper.Piece) -> [ModelDelta] {
    (piece.thinking.isEmpty ? [] : [.thinking(piece.thinking)]) + (piece.text.isEmpty ? [] : [.text(piece.text)])
  }
}
