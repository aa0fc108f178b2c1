import JarvisAPI
import JarvisCluster

/// The services that Proxmox VE looks after on a node.
struct NodeServicesTool: ReadTool {
  let context: ToolContext
  let name = "node_services"
  let summary = "The services of a node (pveproxy, corosync, sshd, chrony, …) with their states; failed ones first."
  let inputSchema = ToolParameter.schema([.node])
  let typedName = "services"
  let typedArguments = ["node"]

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let node = try TargetFinder(picture: try await context.picture()).node(arguments["node"]?.string ?? "")
    let services = try await context.read(.services(on: node.name)).map(NodeService.init)
      .sorted { ($0.rank, $0.name) < ($1.rank, $1.name) }
    var table = TextTable(["service", "state", "enabled", "description"])
    for service in services { table.add([service.name, service.state, service.enabled, service.description]) }
    let failed = services.filter(\.failed).map(\.name)
    return ToolReport(
      content: [
        "node": .string(node.name), "failed": .array(failed.map { .string($0) }),
        "services": .array(
          services.map {
            [
              "name": .string($0.name), "state": .string($0.state), "enabled": .string($0.enabled),
              "description": .string($0.description),
            ]
          }),
      ],
      summary: failed.isEmpty
        ? "\(CountWords.of(services.count, "service")), none failed" : "failed: \(failed.joined(separator: ", "))",
      text: services.isEmpty ? "no services are told" : table.text)
  }
}

/// A service as the API tells it.
struct NodeService: Sendable {
  let name: String
  /// systemd's word: "running", "dead", "failed", "exited".
  let state: String
  /// "enabled", "disabled", "not-found".
  let enabled: String
  let description: String

  init(_ record: Record) {
    name = record.id
    state = record.fields["state"]?.string ?? record.fields["active-state"]?.string ?? "unknown"
    enabled = record.fields["unit-state"]?.string ?? "unknown"
    description = record.fields["desc"]?.string ?? ""
  }

  var failed: Bool { state == "failed" }
  fileprivate var rank: Int { failed ? 0 : state == "running" ? 2 : 1 }
}
