import JarvisAPI
import JarvisSSH
import JarvisSafety

/// Runs a command on a node. What it may do is its judge's to say; what it did, nobody can read back for any command.
struct RunCommandTool: Tool {
  let context: ToolContext
  let name = "run_command"
  let summary =
    "Runs one shell command on a node over SSH; reading ones run at once, all others ask the person. Prefer typed tools."
  let inputSchema = ToolParameter.schema([
    .node, .text("command", "the exact command for the node's shell", required: true, upTo: 65_536),
  ])
  let readsOnly = false
  let typedName = "exec"
  let typedArguments = ["node", "command"]
  let typedRest: String? = "command"

  /// Bytes of output kept.
  static let limits = ShellLimits(bytes: 1 << 18, time: .seconds(60))

  func canonical(_ arguments: JSONValue) async throws(UserFacingError) -> JSONValue {
    let node = try TargetFinder(picture: try await context.picture()).node(arguments["node"]?.string ?? "")
    return ["node": .string(node.name), "command": arguments["command"] ?? .null]
  }

  func assess(_ arguments: JSONValue) async throws(UserFacingError) -> CallAssessment {
    let node = try TargetFinder(picture: try await context.picture()).node(arguments["node"]?.string ?? "")
    let command = arguments["command"]?.string ?? ""
    guard context.shell != nil else { throw context.noShell(node.name) }
    guard let classifier = context.classifier else {
      throw UserFacingError(
        .configuration, attempted: "run a command on \(node.name)", reason: "this Jarvis has no judge of commands")
    }
    if node.status == .offline {
      throw UserFacingError(
        .unreachable, attempted: "run a command on \(node.name)", reason: "the node is offline",
        advice: "see node_status; wake_node may bring it back")
    }
    let verdict = classifier.classify(command)
    let advice = verdict.alternative.isEmpty ? [] : [verdict.alternative]
    return CallAssessment(
      tier: verdict.tier, rule: verdict.rule, target: "node \(node.name)", targetState: node.status.rawValue,
      plan: [
        "run on \(node.name): \(command.replacing("\n", with: " ⏎ "))",
        "its output and exit code are shown; its effect is not read back",
      ],
      impact: verdict.reasons + advice, undo: "unknown: Jarvis does not know what would undo a command")
  }

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let node = arguments["node"]?.string ?? ""
    let command = arguments["command"]?.string ?? ""
    let result = try await context.execute(command, on: node, limits: Self.limits)
    let output = String(decoding: result.standardOutput, as: UTF8.self)
    let error = String(decoding: result.standardError, as: UTF8.self)
    let cut = result.truncated ? ", output cut" : ""
    return ToolReport(
      content: [
        "node": .string(node), "command": .string(command), "exit_code": result.exitCode.map { .int(Int($0)) } ?? .null,
        "signal": ToolFormat.json(result.signal), "truncated": .bool(result.truncated),
        "source": .string("output of a command on \(node)"),
        "untrusted_text": .string(output), "untrusted_errors": .string(error),
      ], summary: result.endWords + cut,
      text: [output, error, "(\(result.endWords)\(cut))"].filter { !$0.isEmpty }.joined(separator: "\n"),
      untrusted: true)
  }
}
