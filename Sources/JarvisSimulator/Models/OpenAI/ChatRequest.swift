import JarvisAPI

/// A body of `POST /v1/chat/completions`. Fields of other servers are ignored, as llama.cpp ignores them.
struct ChatRequest: Sendable, Equatable {
  struct Message: Sendable, Equatable {
    var role: String
    var text: String
    var calls: [MindCall]
    var callID: String?
  }

  var messages: [Message]
  var tools: [MindTool]
  /// The tools' JSON text, which the chat template puts into the prompt.
  var toolText: String
  var mayCall: Bool
  var stream: Bool
  var includeUsage: Bool
  /// nil: as much as the window holds.
  var maximumTokens: Int?
  var thinking: Bool
  var model: String?

  init(_ body: JSONValue) throws(LocalServerError) {
    guard let list = body["messages"] else { throw .invalid("'messages' is required") }
    guard let list = list.array else { throw .invalid("Expected 'messages' to be an array") }
    var messages: [Message] = []
    for item in list {
      guard let role = item["role"]?.string else { throw .invalid("Missing 'role' in message: \(item.text)") }
      guard item["content"] != nil || item["tool_calls"] != nil else {
        throw .invalid("Expected 'content' or 'tool_calls' in message")
      }
      messages.append(
        Message(
          role: role, text: Self.text(item["content"]), calls: Self.calls(item), callID: item["tool_call_id"]?.string))
    }
    self.messages = messages
    let functions = (body["tools"]?.array ?? []).compactMap { $0["function"] }
    tools = functions.compactMap { function in
      function["name"]?.string.map { MindTool(name: $0, schema: function["parameters"]) }
    }
    toolText = functions.isEmpty ? "" : JSONValue.array(functions).text
    mayCall = body["tool_choice"]?.string != "none"
    stream = body["stream"]?.bool ?? false
    includeUsage = body["stream_options"]?["include_usage"]?.bool ?? false
    maximumTokens = (body["max_completion_tokens"] ?? body["max_tokens"] ?? body["n_predict"])?.int.flatMap {
      $0 < 0 ? nil : $0
    }
    thinking =
      body["chat_template_kwargs"]?["enable_thinking"]?.bool != false && body["reasoning_effort"]?.string != "none"
    model = body["model"]?.string
  }

  private static func text(_ content: JSONValue?) -> String {
    if let text = content?.string { return text }
    return (content?.array ?? []).compactMap { $0["text"]?.string }.joined(separator: "\n")
  }

  private static func calls(_ message: JSONValue) -> [MindCall] {
    (message["tool_calls"]?.array ?? []).map { call in
      // Arguments that are no JSON were an earlier fault's; the tool's error result tells of them.
      let arguments = call["function"]?["arguments"]?.string.flatMap { try? JSONValue(parsing: $0) }
      return MindCall(
        id: call["id"]?.string ?? "", tool: call["function"]?["name"]?.string ?? "", arguments: arguments?.object ?? [:]
      )
    }
  }

  /// The conversation as the mind reads it.
  var conversation: MindRequest {
    var turns: [MindTurn] = []
    for message in messages {
      switch message.role {
      case "user": turns.append(.person(message.text))
      case "assistant": turns.append(.model(text: message.text, calls: message.calls))
      case "tool":
        let failed = (try? JSONValue(parsing: message.text))?["error"] != nil
        let result = MindResult(id: message.callID ?? "", content: message.text, isError: failed)
        if case .results(let earlier)? = turns.last {
          turns[turns.count - 1] = .results(earlier + [result])
        } else {
          turns.append(.results([result]))
        }
      default: break
      }
    }
    return MindRequest(
      system: messages.filter { ["system", "developer"].contains($0.role) }.map(\.text).joined(separator: "\n"),
      tools: tools, mayCall: mayCall, turns: turns)
  }

  /// The prompt as the model's template writes it.
  var prompt: String {
    var text = ""
    if !toolText.isEmpty { text += "<|im_start|>system\n# Tools\n\(toolText)<|im_end|>\n" }
    for message in messages {
      let calls = message.calls.map { "\n<tool_call>\n\($0.tool) \(JSONValue.object($0.arguments).text)\n</tool_call>" }
      text += "<|im_start|>\(message.role)\n\(message.text)\(calls.joined())<|im_end|>\n"
    }
    text += "<|im_start|>assistant\n"
    return thinking ? text : text + "<think>\n\n</think>\n\n"
  }
}
