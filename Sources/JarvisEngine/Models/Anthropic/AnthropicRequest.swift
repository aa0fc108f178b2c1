import JarvisAPI

/// Writes the body of `POST /v1/messages` and of its token count.
///
/// The order is fixed – `tools`, `system`, `messages`, as the cache sees them – so that the prefix of a conversation is the
/// same bytes in every request. No sampling parameters: version 2026-10-21 answers each of them with 400.
struct AnthropicRequest {
  var model: String
  var thinking: ClaudeModel.Thinking
  var request: ModelRequest
  /// False sends earlier answers back without any of their thinking: after the prefix it was bound to has changed, each
  /// request with it is refused, and leaving out only the block complained of does not help.
  var keepsThinking = true

  /// The body of a streamed turn.
  func body(maximumOutput: Int) -> [UInt8] {
    JSONWriter.object { json in
      json.string("model", model)
      json.int("max_tokens", maximumOutput)
      json.bool("stream", true)
      prompt(into: &json)
    }.bytes
  }

  /// The body of `POST /v1/messages/count_tokens`.
  func countBody() -> [UInt8] {
    JSONWriter.object { json in
      json.string("model", model)
      prompt(into: &json)
    }.bytes
  }

  private func prompt(into json: inout JSONWriter) {
    switch thinking {
    case .omitted: break
    case .betweenTools: json.object("thinking") { $0.string("type", "between_tools") }
    case .adaptive:
      json.object("thinking") {
        $0.string("type", "adaptive")
        $0.string("display", "summarized")
      }
    }
    // Never `any` or `tool`: newer models refuse forced tool use. The list stays where it is when tools are forbidden.
    if request.toolChoice == .none, !request.tools.isEmpty { json.object("tool_choice") { $0.string("type", "none") } }
    if !request.tools.isEmpty { json.array("tools", tools) }
    if !request.system.isBlank {
      json.array("system") { json in
        json.object { json in
          json.string("type", "text")
          json.string("text", request.system)
          breakpoint(.long, into: &json)
        }
      }
    }
    json.array("messages", messages)
  }

  private func tools(into json: inout JSONWriter) {
    for (index, tool) in request.tools.enumerated() {
      json.object { json in
        json.string("name", tool.name)
        json.string("description", tool.description)
        json.raw("input_schema", tool.inputSchema.text.utf8)
        // One of their own: the system text ends in what memory opens a conversation with, the tools are every one's.
        if index == request.tools.count - 1 { breakpoint(.long, into: &json) }
      }
    }
  }

  /// Tools and system text are written once an hour and read by every step of every conversation with the same text; the
  /// conversation is kept as long as the request says.
  private func breakpoint(_ lifetime: ModelRequest.CacheLifetime, into json: inout JSONWriter) {
    json.object("cache_control") {
      $0.string("type", "ephemeral")
      if lifetime == .long { $0.string("ttl", "1h") }
    }
  }

  private func messages(into json: inout JSONWriter) {
    let history = History.repaired(request.messages)
    // The last user message, and the one before, where the previous request left its entry: the look-back over 20 blocks
    // would not find it after a step with many parallel results.
    let marked = Set(history.indices.filter { if case .user = history[$0] { true } else { false } }.suffix(2))
    for (index, message) in history.enumerated() {
      switch message {
      case .user(let results, let text):
        user(results: results, text: text, isMarked: marked.contains(index), into: &json)
      case .assistant(let text, let calls, let raw):
        assistant(text: text, calls: calls, raw: raw, into: &json)
      }
    }
  }

  private func user(results: [ToolResult], text: String, isMarked: Bool, into json: inout JSONWriter) {
    if results.isEmpty && text.isBlank { return }
    json.object { json in
      json.string("role", "user")
      json.array("content") { json in
        for (index, result) in results.enumerated() {
          json.object { json in
            json.string("type", "tool_result")
            json.string("tool_use_id", result.id)
            // An error without words is refused.
            json.string("content", result.isError && result.content.isBlank ? "failed" : result.content)
            if result.isError { json.bool("is_error", true) }
            if isMarked, text.isBlank, index == results.count - 1 {
              breakpoint(request.historyLifetime, into: &json)
            }
          }
        }
        if !text.isBlank {
          json.object { json in
            json.string("type", "text")
            json.string("text", text)
            if isMarked { breakpoint(request.historyLifetime, into: &json) }
          }
        }
      }
    }
  }

  private func assistant(text: String, calls: [ToolCallRequest], raw: RawContent?, into json: inout JSONWriter) {
    let own = raw.flatMap { $0.model == model ? RawJSON($0.json) : nil }
    if let own, own.isArray, !own.elements.isEmpty {
      content(own, into: &json)
      return
    }
    // Another model's answer: what was said and asked for, without thinking that this model cannot read.
    if text.isBlank && calls.isEmpty { return }
    json.object { json in
      json.string("role", "assistant")
      json.array("content") { json in
        if !text.isBlank {
          json.object { json in
            json.string("type", "text")
            json.string("text", text)
          }
        }
        for call in calls {
          json.object { json in
            json.string("type", "tool_use")
            json.string("id", call.id)
            json.string("name", call.name)
            json.raw("input", ToolInput.object(call.arguments))
          }
        }
      }
    }
  }

  /// The model's own content, byte for byte, or the blocks of it that are no thinking.
  private func content(_ own: RawJSON, into json: inout JSONWriter) {
    let blocks = own.elements.filter { keepsThinking || !Self.isThinking($0) }
    if blocks.isEmpty { return }
    json.object { json in
      json.string("role", "assistant")
      if keepsThinking {
        json.raw("content", own.bytes)
      } else {
        json.array("content") { json in for block in blocks { json.raw(block.bytes) } }
      }
    }
  }

  private static func isThinking(_ block: RawJSON) -> Bool {
    ["thinking", "redacted_thinking"].contains(block["type"]?.string)
  }
}

/// A tool call's arguments as an object, which the Messages API demands even where the model wrote none.
enum ToolInput {
  /// `arguments` verbatim where they are a JSON object, `{}` where they are empty; text that is no JSON is kept as the
  /// value of one member, as the vendor's guide for broken inputs has it.
  static func object(_ arguments: String) -> [UInt8] {
    if let json = RawJSON(arguments), json.isObject { return Array(json.bytes) }
    if arguments.isBlank { return Array("{}".utf8) }
    return JSONWriter.object { $0.string("INVALID_JSON", arguments) }.bytes
  }
}
