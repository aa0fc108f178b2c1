import JarvisAPI

/// How dangerous a command is and why, without running it.
struct ExplainCommandTool: ReadTool {
  let context: ToolContext
  let name = "explain_command"
  let summary = "Says which tier a shell command has and which rule decided, without running anything."
  let inputSchema = ToolParameter.schema([.text("command", "the command", required: true, upTo: 65_536)])
  let typedName = "explain"
  let typedArguments = ["command"]
  let typedRest: String? = "command"

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let command = arguments["command"]?.string ?? ""
    guard let classifier = context.classifier else {
      throw UserFacingError(
        .configuration, attempted: "explain a command", reason: "this Jarvis has no judge of commands")
    }
    let verdict = classifier.classify(command)
    return ToolReport(
      content: [
        "command": .string(command), "tier": .string(verdict.tier.rawValue), "rule": .string(verdict.rule),
        "reasons": .array(verdict.reasons.map { .string($0) }), "alternative": .string(verdict.alternative),
      ], summary: "\(verdict.tier.rawValue): \(verdict.rule)",
      text: (["\(verdict.tier.rawValue): \(verdict.rule)"] + verdict.reasons
        + (verdict.alternative.isEmpty ? [] : [verdict.alternative])).joined(separator: "\n"))
  }
}
