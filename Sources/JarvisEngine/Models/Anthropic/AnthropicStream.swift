import JarvisAPI
import JarvisHTTP

/// Reads the events of a streamed message (`llm.md`, 1.3). Unknown events, deltas and blocks pass without harm.
struct AnthropicStream: StreamDecoder {
  /// Blocks of one answer; a longer one is malformed.
  static let maximumBlocks = 4_096

  /// The model that was asked: its content goes back to no other one.
  let model: String
  private(set) var isFinished = false
  private var usage = AnthropicUsage()
  private var blocks: [Int: ContentBlock] = [:]
  private var reason: ModelFinish.Reason?
  private var gaveOut = false

  init(model: String) { self.model = model }

  mutating func receive(_ event: ServerSentEvent) throws(ProviderError) -> [ModelDelta] {
    guard let json = RawJSON(event.bytes), json.isObject else {
      throw ProviderError(.malformed, reason: "an event of the stream (\(event.event)) is no JSON object")
    }
    let deltas: [ModelDelta]
    switch json["type"]?.string ?? event.event {
    case "message_start":
      usage.start(json["message"]?["usage"])
      deltas = [.usage(usage.tokens)]
    case "content_block_start": deltas = try startBlock(json)
    case "content_block_delta": deltas = blockDelta(json)
    case "content_block_stop": deltas = stopBlock(json)
    case "message_delta":
      usage.update(json["usage"])
      if let word = json["delta"]?["stop_reason"]?.string {
        reason = Self.reason(word, details: json["delta"]?["stop_details"])
      }
      deltas = [.usage(usage.tokens)]
    case "message_stop":
      isFinished = true
      deltas = [.finished(finish())]
    case "error":
      throw AnthropicError.error(ServerError(inStream: json), key: nil)
    default:
      deltas = []  // `ping`, and what later versions add.
    }
    gaveOut = gaveOut || deltas.contains { if case .usage = $0 { false } else { true } }
    return deltas
  }

  mutating func end() throws(ProviderError) -> [ModelDelta] {
    throw ProviderError(.cut, reason: "the answer ended in the middle")
  }

  func completed(_ error: ProviderError) -> ProviderError {
    var error = error
    error.afterFirstDelta = error.afterFirstDelta || gaveOut
    error.usage = usage.tokens
    // What was received was also made: the last figure may be older.
    error.usage.output = max(
      usage.tokens.output, TokenEstimate.tokens(bytes: blocks.values.reduce(0) { $0 + $1.weight }))
    return error
  }

  private mutating func startBlock(_ json: RawJSON) throws(ProviderError) -> [ModelDelta] {
    guard let index = json["index"]?.int, let start = json["content_block"] else { return [] }
    guard blocks.count < Self.maximumBlocks else {
      throw ProviderError(.malformed, reason: "the answer has more than \(Self.maximumBlocks) blocks")
    }
    let block = ContentBlock(start: start)
    blocks[index] = block
    return Self.shown(block.text, as: block.kind)
  }

  private mutating func blockDelta(_ json: RawJSON) -> [ModelDelta] {
    guard let index = json["index"]?.int, let delta = json["delta"], blocks[index] != nil else { return [] }
    switch delta["type"]?.string {
    case "text_delta", "thinking_delta":
      let piece = delta["text"]?.string ?? delta["thinking"]?.string ?? ""
      blocks[index]?.append(piece)
      return Self.shown(piece, as: blocks[index]?.kind)
    case "input_json_delta": blocks[index]?.appendInput(delta["partial_json"]?.string ?? "")
    case "signature_delta": blocks[index]?.signature = delta["signature"]?.string
    case "citations_delta": blocks[index]?.appendCitation(delta["citation"])
    default: break
    }
    return []
  }

  private func stopBlock(_ json: RawJSON) -> [ModelDelta] {
    guard let index = json["index"]?.int, let call = blocks[index]?.call else { return [] }
    return [.toolCall(call)]
  }

  private static func shown(_ text: String, as kind: String?) -> [ModelDelta] {
    switch kind {
    case "text" where !text.isEmpty: [.text(text)]
    case "thinking" where !text.isEmpty: [.thinking(text)]
    default: []
    }
  }

  private func finish() -> ModelFinish {
    let ordered = blocks.sorted { $0.key < $1.key }.map(\.value)
    var content = JSONWriter()
    content.array { json in for block in ordered { json.raw(block.json) } }
    let text = ordered.filter { $0.kind == "text" }.map(\.text).joined()
    return ModelFinish(
      reason: reason ?? .other("no stop reason"), usage: usage.tokens,
      message: .assistant(
        text: text, calls: ordered.compactMap(\.call),
        raw: ordered.isEmpty ? nil : RawContent(model: model, json: content.text)))
  }

  private static func reason(_ word: String, details: RawJSON?) -> ModelFinish.Reason {
    switch word {
    case "end_turn": .endTurn
    case "tool_use": .toolUse
    case "max_tokens": .maximumTokens
    case "stop_sequence": .stopSequence
    case "pause_turn": .pause
    case "refusal": .refusal(category: details?["category"]?.string)
    case "model_context_window_exceeded": .windowExceeded
    default: .other(word)
    }
  }
}
