import JarvisAPI

/// Makes a reply of what the mind says: thinking and its signature, text between calls, limits, and the odd things that
/// faults ask for.
struct AnthropicComposer: Sendable {
  var request: AnthropicRequest
  var model: ClaudeModel
  /// Under which new thinking is signed.
  var prefix: ThinkingSignature.Prefix
  var usage: InputUsage
  var fault: ModelFault?

  /// Tokens after which endless thinking is cut by the model's own limit, where the request allows more.
  static let endlessThinkingTokens = 1_500

  /// - Parameter identify: makes the ids of message and calls, by their kind.
  func reply(identify: (String) -> String) -> AnthropicReply {
    var reply = AnthropicReply(
      id: identify("msg"), model: request.model, blocks: [], stopReason: "end_turn", usage: usage)
    if request.maximumOutput == 0 {
      reply.stopReason = "max_tokens"
      return reply
    }
    if fault == .endlessThinking { return endless(reply) }
    if fault == .emptyAnswer { return reply }
    var said = ToolMind().reply(to: request.conversation)
    if !request.parallelTools { said.calls = Array(said.calls.prefix(1)) }
    bend(&said)
    reply.blocks = blocks(of: said, identify: identify)
    if !said.calls.isEmpty { reply.stopReason = "tool_use" }
    limit(&reply)
    switch fault {
    case .refusal(let category):
      reply.stopReason = "refusal"
      reply.category = category
      reply.blocks = []
    case .pauseTurn: reply.stopReason = "pause_turn"
    case .maximumTokens: shorten(&reply, "max_tokens")
    case .windowExceeded: shorten(&reply, "model_context_window_exceeded")
    default: break
    }
    return reply
  }

  /// What faults make the mind say.
  private func bend(_ said: inout MindReply) {
    let tools = request.tools.map { MindTool(name: $0["name"]?.string ?? "", schema: $0["input_schema"]) }
    let simple = tools.first { $0.required.isEmpty } ?? tools.first
    switch fault {
    case .loop:
      if let simple, request.toolChoice != "none" {
        said = MindReply(thought: "I look once more.", calls: [MindCall(tool: simple.name)])
      }
    case .brokenToolArguments:
      if said.calls.isEmpty, let simple { said.calls = [MindCall(tool: simple.name)] }
    case .cutMidCharacter: said.text = "Voilà: " + said.text
    case .pauseTurn:
      said = MindReply(thought: said.thought, text: "This takes a little longer.")
    default:
      if ["any", "tool"].contains(request.toolChoice), said.calls.isEmpty, let simple {
        said.calls = [MindCall(tool: simple.name)]
      }
    }
  }

  private var thinks: Bool {
    switch model.thinking {
    case .always: true
    case .betweenTools: true
    case .optional: request.thinkingType != "disabled"
    case .onRequest: request.thinkingType == "enabled"
    }
  }

  private func blocks(of said: MindReply, identify: (String) -> String) -> [AnthropicReply.Block] {
    var blocks: [AnthropicReply.Block] = []
    let betweenTools = request.thinkingType == "between_tools"
    // On models with preserved thinking, words between calls are thinking; before, they were text.
    let notes = !said.calls.isEmpty && thinks && model.preservesThinking
    if thinks && (!betweenTools || notes) {
      let thought = [betweenTools ? "" : said.thought, notes ? said.text : ""].filter { !$0.isEmpty }
        .joined(separator: " ")
      let shown = !model.omitsThinking || request.thinkingDisplay == "summarized" || betweenTools
      blocks.append(thinking(thought, shown: shown && request.thinkingDisplay != "omitted"))
    }
    if !said.text.isEmpty && !notes { blocks.append(.text(said.text)) }
    for call in said.calls {
      let text = JSONValue.object(call.arguments).text
      blocks.append(
        .toolUse(
          id: identify("toolu"), name: call.tool,
          arguments: fault == .brokenToolArguments ? "{\"guest\": \"pih" : text))
    }
    return blocks
  }

  private func thinking(_ thought: String, shown: Bool) -> AnthropicReply.Block {
    let text = shown ? thought : ""
    let signature = ThinkingSignature(model: model.id, prefix: prefix.value, thinking: text)
    return .thinking(text: text, signature: signature.text, tokens: TokenCounter.tokens(thought) + 4)
  }

  /// Stop sequences and the request's own limit.
  private func limit(_ reply: inout AnthropicReply) {
    var left = request.maximumOutput
    for (index, block) in reply.blocks.enumerated() {
      if case .text(let text) = block {
        let stops = request.stopSequences.compactMap { stop in text.firstRange(of: stop).map { (stop, $0.lowerBound) } }
        if let (stop, end) = stops.min(by: { $0.1 < $1.1 }) {
          reply.blocks = Array(reply.blocks[..<index]) + [.text(String(text[..<end]))]
          reply.stopReason = "stop_sequence"
          reply.stopSequence = stop
          return
        }
      }
      let tokens = AnthropicReply.tokens(of: block)
      if tokens > left {
        var kept = Array(reply.blocks[..<index])
        if case .text(let text) = block { kept.append(.text(text.prefix(tokens: left))) }
        reply.blocks = kept
        reply.stopReason = "max_tokens"
        return
      }
      left -= tokens
    }
  }

  private func shorten(_ reply: inout AnthropicReply, _ reason: String) {
    reply.stopReason = reason
    reply.blocks = reply.blocks.compactMap { block in
      switch block {
      case .text(let text): .text(text.prefix(tokens: max(1, TokenCounter.tokens(text) / 2)))
      case .thinking: block
      case .toolUse: nil
      }
    }
  }

  private func endless(_ reply: AnthropicReply) -> AnthropicReply {
    var reply = reply
    let tokens = min(request.maximumOutput, Self.endlessThinkingTokens)
    let thought = String(repeating: "Hmm, let me think about that again. ", count: tokens / 10 + 1)
    let signature = ThinkingSignature(model: model.id, prefix: prefix.value, thinking: thought)
    reply.blocks = [.thinking(text: thought, signature: signature.text, tokens: tokens)]
    reply.stopReason = "max_tokens"
    return reply
  }
}
