import JarvisAPI

/// A body of `POST /v1/messages`, checked for its shape. Content given as a string is one text block, and neighbouring
/// messages of one role are one message, as the API itself reads them.
struct AnthropicRequest: Sendable, Equatable {
  struct Message: Sendable, Equatable {
    var role: String
    var blocks: [JSONValue]
    /// Its place in the body, for error paths.
    var index: Int
  }

  var model: String
  var maximumOutput: Int
  var stream: Bool
  var system: [JSONValue]
  var tools: [JSONValue]
  var messages: [Message]
  var toolChoice: String
  var parallelTools: Bool
  var thinkingType: String?
  var thinkingDisplay: String?
  var dropsMismatchedThinking: Bool
  var stopSequences: [String]
  /// The time to live of automatic caching at the request's top level.
  var automaticCache: CacheLifetime?

  /// Fields of this API version; others are refused.
  private static let fields: Set<String> = [
    "model", "max_tokens", "messages", "system", "tools", "tool_choice", "thinking", "output_config", "cache_control",
    "stop_sequences", "stream", "metadata", "service_tier", "speed", "inference_geo", "diagnostics", "container",
    "user_profile_id",
  ]

  /// - Parameter counting: for token counting, where `max_tokens` is not asked for.
  init(_ body: JSONValue, counting: Bool = false) throws(AnthropicError) {
    guard let fields = body.object else { throw .invalid("The request body is not a JSON object.") }
    for name in fields.keys.sorted() where !Self.fields.contains(name) {
      throw .invalid("\(name): Extra inputs are not permitted")
    }
    guard let model = body["model"]?.string else { throw .invalid("model: Field required") }
    self.model = model
    if counting {
      maximumOutput = body["max_tokens"]?.int ?? 0
    } else {
      guard let maximum = body["max_tokens"]?.int else { throw .invalid("max_tokens: Field required") }
      guard maximum >= 0 else { throw .invalid("max_tokens: Input should be greater than or equal to 0") }
      maximumOutput = maximum
    }
    stream = body["stream"]?.bool ?? false
    system = try Self.blocks(body["system"], path: "system")
    tools = body["tools"]?.array ?? []
    toolChoice = body["tool_choice"]?["type"]?.string ?? "auto"
    parallelTools = body["tool_choice"]?["disable_parallel_tool_use"]?.bool != true
    thinkingType = body["thinking"]?["type"]?.string
    thinkingDisplay = body["thinking"]?["display"]?.string
    dropsMismatchedThinking = body["thinking"]?["block_binding"]?["prefix_mismatch_behavior"]?.string == "drop_block"
    stopSequences = body["stop_sequences"]?.array?.compactMap(\.string) ?? []
    automaticCache = try CacheLifetime.read(body["cache_control"], path: "cache_control")
    messages = try Self.messages(body["messages"])
    try checkTools()
  }

  private static func blocks(_ value: JSONValue?, path: String) throws(AnthropicError) -> [JSONValue] {
    switch value {
    case nil, .null: return []
    case .string(let text): return text.isEmpty ? [] : [["type": "text", "text": .string(text)]]
    case .array(let blocks):
      for (index, block) in blocks.enumerated() {
        guard let type = block["type"]?.string else { throw .invalid("\(path).\(index).type: Field required") }
        if type == "text", block["text"]?.string?.isEmpty ?? true {
          throw .invalid("\(path): text content blocks must be non-empty")
        }
      }
      return blocks
    default: throw .invalid("\(path): Input should be a valid string or list")
    }
  }

  private static func messages(_ value: JSONValue?) throws(AnthropicError) -> [Message] {
    guard let list = value?.array else { throw .invalid("messages: Field required") }
    guard !list.isEmpty else { throw .invalid("messages: at least one message is required") }
    var messages: [Message] = []
    for (index, item) in list.enumerated() {
      guard let role = item["role"]?.string, ["user", "assistant", "system"].contains(role) else {
        throw .invalid("messages.\(index).role: Input should be 'user', 'assistant' or 'system'")
      }
      let blocks = try blocks(item["content"], path: "messages.\(index).content")
      if blocks.isEmpty && (role != "assistant" || index + 1 < list.count) {
        throw .invalid(
          "messages.\(index): all messages must have non-empty content except for the optional final assistant message")
      }
      if let last = messages.last, last.role == role {
        messages[messages.count - 1].blocks += blocks
      } else {
        messages.append(Message(role: role, blocks: blocks, index: index))
      }
    }
    return messages
  }

  private func checkTools() throws(AnthropicError) {
    var names = Set<String>()
    for (index, tool) in tools.enumerated() {
      guard let name = tool["name"]?.string else { throw .invalid("tools.\(index).custom.name: Field required") }
      guard name.wholeMatch(of: #/[a-zA-Z0-9_-]{1,128}/#) != nil else {
        throw .invalid("tools.\(index).custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'")
      }
      guard names.insert(name).inserted else { throw .invalid("tools: Tool names must be unique.") }
      guard tool["input_schema"]?["type"]?.string == "object" else {
        throw .invalid("tools.\(index).custom.input_schema.type: Field required")
      }
    }
  }

  /// The conversation as the mind reads it. Returned thinking is the model's own and no part of what was said.
  var conversation: MindRequest {
    var turns: [MindTurn] = []
    for message in messages {
      switch message.role {
      case "assistant":
        let calls = message.blocks.filter { $0["type"]?.string == "tool_use" }.map { block in
          MindCall(
            id: block["id"]?.string ?? "", tool: block["name"]?.string ?? "", arguments: block["input"]?.object ?? [:])
        }
        turns.append(.model(text: Self.text(of: message.blocks), calls: calls))
      case "user":
        let results = message.blocks.filter { $0["type"]?.string == "tool_result" }.map { block in
          MindResult(
            id: block["tool_use_id"]?.string ?? "",
            content: block["content"]?.string ?? Self.text(of: block["content"]?.array ?? []),
            isError: block["is_error"]?.bool ?? false)
        }
        if !results.isEmpty { turns.append(.results(results)) }
        let text = Self.text(of: message.blocks)
        if !text.isEmpty { turns.append(.person(text)) }
      default: break  // Instructions in mid-conversation say nothing that the mind acts upon.
      }
    }
    return MindRequest(
      system: Self.text(of: system),
      tools: tools.map { MindTool(name: $0["name"]?.string ?? "", schema: $0["input_schema"]) },
      mayCall: toolChoice != "none", turns: turns)
  }

  static func text(of blocks: [JSONValue]) -> String {
    blocks.filter { $0["type"]?.string == "text" }.compactMap { $0["text"]?.string }.joined(separator: "\n")
  }
}
