import JarvisAPI

/// A reply of the simulated Messages API, whole; streamed or not.
struct AnthropicReply: Sendable, Equatable {
  enum Block: Sendable, Equatable {
    /// What is shown of it, and how many tokens it took, shown or not.
    case thinking(text: String, signature: String, tokens: Int)
    case text(String)
    /// `arguments` is JSON text, broken only where a fault asks for it.
    case toolUse(id: String, name: String, arguments: String)
  }

  var id: String
  var model: String
  var blocks: [Block]
  var stopReason: String
  var stopSequence: String?
  /// Of a refusal.
  var category: String?
  var usage: InputUsage

  var thinkingTokens: Int {
    blocks.reduce(0) { sum, block in if case .thinking(_, _, let tokens) = block { sum + tokens } else { sum } }
  }

  var outputTokens: Int {
    max(1, blocks.reduce(0) { $0 + Self.tokens(of: $1) })
  }

  static func tokens(of block: Block) -> Int {
    switch block {
    case .thinking(_, _, let tokens): tokens
    case .text(let text): TokenCounter.tokens(text)
    case .toolUse(_, let name, let arguments): TokenCounter.tokens(name) + TokenCounter.tokens(arguments) + 8
    }
  }

  /// The message of an answer that is not streamed.
  var message: JSONValue {
    var fields = head
    fields["content"] = .array(blocks.map(Self.json))
    fields["stop_reason"] = .string(stopReason)
    fields["stop_sequence"] = stopSequence.map { .string($0) } ?? .null
    fields["stop_details"] = stopDetails
    fields["usage"] = .object(startUsage(output: outputTokens).merging(["output_tokens_details": details]) { $1 })
    return .object(fields)
  }

  /// What `message_start` carries: no content yet, and the only place of the 5-minute/1-hour split.
  var head: [String: JSONValue] {
    [
      "id": .string(id), "type": "message", "role": "assistant", "model": .string(model), "content": [],
      "stop_reason": .null, "stop_sequence": .null, "stop_details": .null, "container": .null, "diagnostics": .null,
    ]
  }

  func startUsage(output: Int) -> [String: JSONValue] {
    [
      "input_tokens": .int(usage.input), "output_tokens": .int(output),
      "cache_creation_input_tokens": .int(usage.write5m + usage.write1h), "cache_read_input_tokens": .int(usage.read),
      "cache_creation": [
        "ephemeral_5m_input_tokens": .int(usage.write5m), "ephemeral_1h_input_tokens": .int(usage.write1h),
      ],
      "service_tier": "standard", "inference_geo": "global", "server_tool_use": .null,
    ]
  }

  /// The cumulative usage of `message_delta`.
  var deltaUsage: JSONValue {
    [
      "input_tokens": .int(usage.input), "output_tokens": .int(outputTokens),
      "cache_creation_input_tokens": .int(usage.write5m + usage.write1h), "cache_read_input_tokens": .int(usage.read),
      "output_tokens_details": details, "server_tool_use": .null,
    ]
  }

  var stopDetails: JSONValue {
    guard stopReason == "refusal" else { return .null }
    return [
      "type": "refusal", "category": category.map { .string($0) } ?? .null,
      "explanation": "The request was declined by a safety classifier.",
    ]
  }

  private var details: JSONValue { ["thinking_tokens": .int(thinkingTokens)] }

  static func json(_ block: Block) -> JSONValue {
    switch block {
    case .thinking(let text, let signature, _):
      ["type": "thinking", "thinking": .string(text), "signature": .string(signature)]
    case .text(let text): ["type": "text", "text": .string(text), "citations": .null]
    case .toolUse(let id, let name, let arguments):
      // Broken arguments can only be streamed; whole answers hold an object.
      [
        "type": "tool_use", "id": .string(id), "name": .string(name),
        "input": (try? JSONValue(parsing: arguments)) ?? .object([:]),
      ]
    }
  }
}
