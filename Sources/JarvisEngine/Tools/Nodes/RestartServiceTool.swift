import JarvisAPI
import JarvisCluster
import JarvisSafety

/// Restarts a service on a node.
struct RestartServiceTool: ChangeTool {
  let context: ToolContext
  let name = "restart_service"
  let summary = "Restarts a service on a node, by its name from node_services. Asks the person first."
  let inputSchema = ToolParameter.schema([.node, .text("service", "name of the service", required: true, upTo: 64)])
  let typedName = "restartservice"
  let typedArguments = ["node", "service"]

  /// Services whose restart touches nobody else: all others are RED (`safety.md`).
  static let ordinary: Set<String> = [
    "chrony", "cron", "ksmtuned", "postfix", "pvefw-logger", "syslog", "systemd-journald", "systemd-timesyncd",
  ]

  func canonical(_ arguments: JSONValue) async throws(UserFacingError) -> JSONValue {
    let node = try TargetFinder(picture: try await context.picture()).node(arguments["node"]?.string ?? "")
    return ["node": .string(node.name), "service": .string(Self.bare(arguments["service"]?.string ?? ""))]
  }

  func prepare(_ arguments: JSONValue) async throws(UserFacingError) -> Change {
    let picture = try await context.freshPicture()
    let node = try TargetFinder(picture: picture).node(arguments["node"]?.string ?? "")
    let attempted = "restart a service on \(node.name)"
    try NewGuestPlace.refuseWithoutQuorum(picture, attempted)
    let wanted = Self.bare(arguments["service"]?.string ?? "")
    let services = try await context.read(.services(on: node.name)).map(NodeService.init)
    guard let service = services.first(where: { $0.name == wanted }) else {
      let names = services.map(\.name).sorted()
      throw UserFacingError(
        .usage, attempted: attempted, reason: "Proxmox VE looks after no service \"\(wanted)\" there",
        advice: Suggestion.phrase(for: wanted, among: names) ?? "there are \(names.joined(separator: ", "))")
    }
    let isOrdinary = Self.ordinary.contains(service.name)
    let change = ClusterChange.restartService(service.name, on: node.name)
    let guests = picture.guests.filter { $0.node == node.name && $0.status == .running }.map(\.label)
    let rule = TierTable.standard.rule(for: name)
    let (cluster, place, name) = (context.cluster, node.name, service.name)
    return Change(
      action: "restart service",
      assessment: CallAssessment(
        tier: isOrdinary ? rule.tier : .red,
        rule: isOrdinary
          ? rule.rule : "\(name) is no ordinary service: cluster, access, storage or guests depend on it",
        target: "service \(name) on \(place)", targetState: service.state,
        plan: [change.line, "follow the task to its end", "read that \(name) runs"],
        impact: [
          service.description.isEmpty ? "service \(name)" : "\(name): \(service.description)",
          isOrdinary
            ? "the guests there go on"
            : "running there: \(guests.isEmpty ? "no guests" : guests.joined(separator: ", "))",
        ], undo: "nothing to undo; if it does not come back, see journal with unit=\(name)"),
      send: context.sending(change), trace: TaskTrace(change), readBack: context.patience.readBack, confirmations: 2,
      look: { () async throws(ProxmoxError) in
        let state = try await cluster.read(.services(on: place)).map(NodeService.init).first { $0.name == name }?.state
        return Change.Look(
          state: state ?? "unknown", reached: state == "running", missing: "it is \(state ?? "unknown")")
      })
  }

  private static func bare(_ service: String) -> String {
    service.hasSuffix(".service") ? String(service.dropLast(8)) : service
  }
}
