import JarvisAPI

/// What the API refuses although the shape is right; with the API's own words.
enum AnthropicRules {
  static let maximumMessages = 100_000

  /// - Parameter continuesPaused: the last message is a paused reply sent back as it was, which is no prefill.
  static func check(
    _ request: AnthropicRequest, _ model: ClaudeModel, continuesPaused: Bool = false
  ) throws(AnthropicError) {
    if request.messages.count > maximumMessages {
      throw .invalid("messages: List should have at most \(maximumMessages) items")
    }
    if request.maximumOutput > model.maximumOutput {
      throw .invalid(
        "max_tokens: \(request.maximumOutput) > \(model.maximumOutput), which is the maximum allowed number of output tokens for \(model.id)"
      )
    }
    try checkThinking(request, model)
    try checkToolChoice(request, model)
    try checkToolResults(request)
    if let last = request.messages.last, last.role == "assistant", !model.allowsPrefill, !continuesPaused {
      throw .invalid(
        "This model does not support assistant message prefill. The conversation must end with a user message.")
    }
  }

  private static func checkThinking(_ request: AnthropicRequest, _ model: ClaudeModel) throws(AnthropicError) {
    guard let type = request.thinkingType else { return }
    let allowed: Set<String>
    switch model.thinking {
    case .always: allowed = ["adaptive"]
    case .betweenTools: allowed = ["adaptive", "between_tools"]
    case .optional: allowed = ["adaptive", "disabled"]
    case .onRequest: allowed = ["enabled", "disabled"]
    }
    if allowed.contains(type) { return }
    guard ["adaptive", "between_tools", "disabled", "enabled"].contains(type) else {
      throw .invalid("thinking: Input tag '\(type)' found using 'type' does not match any of the expected tags")
    }
    var message =
      "\"thinking.type.\(type)\" is not supported for this model. Use \"thinking.type.adaptive\" and \"output_config.effort\" to control thinking behavior."
    if type == "disabled" && model.thinking == .betweenTools {
      message += " To turn thinking off on this model, send \"thinking\": {\"type\": \"between_tools\"}."
    }
    throw .invalid(message)
  }

  private static func checkToolChoice(_ request: AnthropicRequest, _ model: ClaudeModel) throws(AnthropicError) {
    switch request.toolChoice {
    case "auto", "none": return
    case "any", "tool":
      if request.tools.isEmpty { throw .invalid("tool_choice: tools must be provided when tool_choice is set") }
      if !model.allowsForcedTools {
        throw .invalid(
          "tool_choice: forced tool use is not supported for this model. Use \"tool_choice.type\": \"auto\" instead.")
      }
    default: throw .invalid("tool_choice: Input tag '\(request.toolChoice)' does not match any of the expected tags")
    }
  }

  /// Every call is answered in the very next message, results before text, and nothing is answered that was not called.
  private static func checkToolResults(_ request: AnthropicRequest) throws(AnthropicError) {
    for (position, message) in request.messages.enumerated() {
      if message.role == "assistant" {
        let calls = message.blocks.filter { $0["type"]?.string == "tool_use" }.compactMap { $0["id"]?.string }
        if calls.isEmpty { continue }
        let next = position + 1 < request.messages.count ? request.messages[position + 1].blocks : []
        let results = next.prefix { $0["type"]?.string == "tool_result" }.compactMap { $0["tool_use_id"]?.string }
        let missing = calls.filter { !results.contains($0) }
        if !missing.isEmpty {
          throw .invalid(
            "messages.\(message.index): `tool_use` ids were found without `tool_result` blocks immediately after: \(missing.joined(separator: ", ")). Each `tool_use` block must have a corresponding `tool_result` block in the next message."
          )
        }
        if let twice = calls.first(where: { id in results.filter { $0 == id }.count > 1 }) {
          throw .invalid(
            "messages.\(message.index + 1).content: each tool_use must have a single result. Found multiple `tool_result` blocks with id: \(twice)"
          )
        }
      } else {
        let before = position > 0 ? request.messages[position - 1].blocks : []
        let calls = before.filter { $0["type"]?.string == "tool_use" }.compactMap { $0["id"]?.string }
        for (index, block) in message.blocks.enumerated() where block["type"]?.string == "tool_result" {
          let id = block["tool_use_id"]?.string ?? ""
          if !calls.contains(id) {
            throw .invalid(
              "messages.\(message.index).content.\(index): unexpected `tool_use_id` found in `tool_result` blocks: \(id). Each `tool_result` block must have a corresponding `tool_use` block in the previous message."
            )
          }
        }
      }
    }
  }
}
