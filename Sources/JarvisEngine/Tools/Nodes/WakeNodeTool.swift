import JarvisAPI
import JarvisCluster
import JarvisSafety

/// Wakes a node that is offline, by a packet that a living node sends.
struct WakeNodeTool: ChangeTool {
  let context: ToolContext
  let name = "wake_node"
  let summary = "Wakes an offline node by wake-on-LAN through a living one, and waits until it is back. Asks first."
  let inputSchema = ToolParameter.schema([.node])
  let typedName = "wake"
  let typedArguments = ["node"]

  func canonical(_ arguments: JSONValue) async throws(UserFacingError) -> JSONValue {
    ["node": .string(try TargetFinder(picture: try await context.picture()).node(arguments["node"]?.string ?? "").name)]
  }

  func prepare(_ arguments: JSONValue) async throws(UserFacingError) -> Change {
    let picture = try await context.freshPicture()
    let node = try TargetFinder(picture: picture).node(arguments["node"]?.string ?? "")
    guard node.status == .offline else {
      throw UserFacingError(
        .negative, attempted: "wake node \(node.name)", reason: "it is \(node.status.rawValue)",
        advice: node.status == .online ? "" : "look again when its state is known")
    }
    let change = ClusterChange.wake(node.name)
    let guests = picture.guests.filter { $0.node == node.name && !$0.template }.map(\.label)
    let rule = TierTable.standard.rule(for: name)
    let cluster = context.cluster
    let name = node.name
    return Change(
      action: "wake",
      assessment: CallAssessment(
        tier: rule.tier, rule: rule.rule, target: "node \(name)", targetState: "offline", stateKey: "\(name)|offline",
        plan: [change.line + ", sent by the node that is asked", "read the cluster until \(name) is online"],
        impact: [
          guests.isEmpty
            ? "no guests live there" : "its guests, which start if they are set to: \(guests.joined(separator: ", "))"
        ], undo: "shut the node down by hand"),
      send: context.sending(change), trace: TaskTrace(change), readBack: context.patience.boot,
      look: { () async throws(ProxmoxError) in
        let status = try await cluster.refresh().nodes.first { $0.name == name }?.status ?? .unknown
        return Change.Look(
          state: "node \(name) is \(status.rawValue)", reached: status == .online,
          missing: "node \(name) is still \(status.rawValue)")
      },
      remark: nil)
  }
}
