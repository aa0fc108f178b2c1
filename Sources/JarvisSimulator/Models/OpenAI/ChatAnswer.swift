import JarvisAPI

/// An answer of the simulated local server, whole; streamed or not.
struct ChatAnswer: Sendable, Equatable {
  var id: String
  var model: String
  /// Unix time in seconds.
  var created: Int
  /// Where thoughts go is the server's setting.
  var thought: String
  var reasoning: LocalModelOptions.Reasoning
  var text: String
  /// With their arguments' JSON text, broken only where a fault asks for it.
  var calls: [(id: String, name: String, arguments: String)]
  var finish: String
  var promptTokens: Int
  var cachedTokens: Int

  /// Text as it goes over the wire, tags included.
  var content: String {
    switch reasoning {
    case .thinkTags where !thought.isEmpty:
      finishedThinking ? "<think>\n\(thought)\n</think>\n\n\(text)" : "<think>\n\(thought)"
    case .thinkTagsWithoutOpening where !thought.isEmpty:
      finishedThinking ? "\(thought)\n</think>\n\n\(text)" : thought
    default: text
    }
  }

  /// False for thinking that never comes to an answer.
  var finishedThinking: Bool { !(finish == "length" && text.isEmpty && calls.isEmpty) }

  var completionTokens: Int {
    let spoken = TokenCounter.tokens(content) + calls.reduce(0) { $0 + TokenCounter.tokens($1.arguments) + 8 }
    let apart = reasoning == .reasoningContent || reasoning == .reasoning
    return max(1, spoken + (apart ? TokenCounter.tokens(thought) : 0))
  }

  /// The name of the field that carries thoughts apart from the text.
  var thoughtField: String? {
    switch reasoning {
    case .reasoningContent: "reasoning_content"
    case .reasoning: "reasoning"
    default: nil
    }
  }

  var usage: JSONValue {
    [
      "completion_tokens": .int(completionTokens), "prompt_tokens": .int(promptTokens),
      "total_tokens": .int(promptTokens + completionTokens),
      "prompt_tokens_details": ["cached_tokens": .int(cachedTokens)],
    ]
  }

  /// Figures of speed, from rates that a small local model would have.
  var timings: JSONValue {
    let fresh = promptTokens - cachedTokens
    let promptRate = 420.0
    let rate = 38.5
    return [
      "cache_n": .int(cachedTokens), "prompt_n": .int(fresh), "prompt_ms": .double(Double(fresh) / promptRate * 1_000),
      "prompt_per_token_ms": .double(1_000 / promptRate), "prompt_per_second": .double(promptRate),
      "predicted_n": .int(completionTokens), "predicted_ms": .double(Double(completionTokens) / rate * 1_000),
      "predicted_per_token_ms": .double(1_000 / rate), "predicted_per_second": .double(rate),
    ]
  }

  func callJSON(_ index: Int, arguments: String) -> JSONValue {
    [
      "index": .int(index), "id": .string(calls[index].id), "type": "function",
      "function": ["name": .string(calls[index].name), "arguments": .string(arguments)],
    ]
  }

  /// The body of an answer that is not streamed.
  var body: JSONValue {
    var message: [String: JSONValue] = ["role": "assistant", "content": .string(content)]
    if let thoughtField, !thought.isEmpty { message[thoughtField] = .string(thought) }
    if !calls.isEmpty {
      message["tool_calls"] = .array(calls.indices.map { callJSON($0, arguments: calls[$0].arguments) })
      if text.isEmpty { message["content"] = .null }
    }
    return [
      "choices": [["finish_reason": .string(finish), "index": 0, "message": .object(message)]],
      "created": .int(created), "id": .string(id), "model": .string(model), "object": "chat.completion",
      "system_fingerprint": "b0-simulated", "usage": usage, "timings": timings,
    ]
  }

  static func == (left: Self, right: Self) -> Bool { left.body == right.body }
}
