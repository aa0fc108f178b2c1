import JarvisAPI

/// Writes the body of `POST /v1/chat/completions`.
struct OpenAIRequest {
  var model: String
  var server: LocalServer
  var request: ModelRequest

  /// The body of a streamed turn.
  func body(maximumOutput: Int) -> [UInt8] {
    JSONWriter.object { json in
      prompt(into: &json)
      json.int("max_tokens", maximumOutput)
      json.bool("stream", true)
      json.object("stream_options") { $0.bool("include_usage", true) }
    }.bytes
  }

  /// The body of a token count over the same prompt.
  func countBody() -> [UInt8] {
    JSONWriter.object { prompt(into: &$0) }.bytes
  }

  private func prompt(into json: inout JSONWriter) {
    json.string("model", model)
    json.array("messages", messages)
    if !request.tools.isEmpty {
      json.array("tools", tools)
      if request.toolChoice == .none { json.string("tool_choice", "none") }
    }
    // Thinking off: the kwarg is honoured by llama.cpp and vLLM and ignored by the others; Ollama has its own switch, at
    // which older vLLM would answer 400.
    json.object("chat_template_kwargs") { $0.bool("enable_thinking", false) }
    if server == .ollama { json.string("reasoning_effort", "none") }
  }

  private func tools(into json: inout JSONWriter) {
    for tool in request.tools {
      json.object { json in
        json.string("type", "function")
        json.object("function") { json in
          json.string("name", tool.name)
          json.string("description", tool.description)
          json.raw("parameters", tool.inputSchema.text.utf8)
        }
      }
    }
  }

  private func messages(into json: inout JSONWriter) {
    if !request.system.isBlank { message("system", request.system, into: &json) }
    if request.tools.isEmpty {
      talk(into: &json)
      return
    }
    for entry in History.repaired(request.messages) {
      switch entry {
      case .user(let results, let text):
        for result in results {
          json.object { json in
            json.string("role", "tool")
            json.string("tool_call_id", result.id)
            json.string("content", result.content)
          }
        }
        if !text.isBlank { message("user", text, into: &json) }
      case .assistant(let text, let calls, _):
        if text.isBlank && calls.isEmpty { continue }
        assistant(text: text, calls: calls, into: &json)
      }
    }
  }

  /// Without tools the history is what was said. Calls and results of another model's turns stay out: a small window has no
  /// room for them, and many templates refuse tool messages. Turns that then stand side by side are joined, because some
  /// templates demand that roles alternate.
  private func talk(into json: inout JSONWriter) {
    var turns: [(role: String, text: String)] = []
    for entry in request.messages {
      let (role, text) =
        switch entry {
        case .user(_, let text): ("user", text)
        case .assistant(let text, _, _): ("assistant", text)
        }
      if text.isBlank { continue }
      if turns.last?.role == role {
        turns[turns.count - 1].text += "\n\n" + text
      } else {
        turns.append((role, text))
      }
    }
    for turn in turns { message(turn.role, turn.text, into: &json) }
  }

  private func message(_ role: String, _ text: String, into json: inout JSONWriter) {
    json.object { json in
      json.string("role", role)
      json.string("content", text)
    }
  }

  private func assistant(text: String, calls: [ToolCallRequest], into json: inout JSONWriter) {
    json.object { json in
      json.string("role", "assistant")
      json.string("content", text)
      if calls.isEmpty { return }
      json.array("tool_calls") { json in
        for call in calls {
          json.object { json in
            json.string("id", call.id)
            json.string("type", "function")
            json.object("function") { json in
              json.string("name", call.name)
              // Templates parse this text: it must be JSON even where the model's was not.
              json.string("arguments", String(decoding: ToolInput.object(call.arguments), as: UTF8.self))
            }
          }
        }
      }
    }
  }
}
