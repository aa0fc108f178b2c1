import JarvisAPI
import JarvisCluster

/// What high availability manages and how it fares.
struct HAStatusTool: ReadTool {
  let context: ToolContext
  let name = "ha_status"
  let summary =
    "High availability: quorum, the deciding node, and each managed guest with state and wish; nodes in maintenance."
  let inputSchema = ToolParameter.schema()
  let typedName = "ha"
  let typedArguments: [String] = []

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let picture = try await context.picture()
    let status = try await context.read(.highAvailability())
    // Where the manager does not tell of the nodes, the rest is still worth knowing.
    let manager = try? await context.read(.haManager())
    let nodes = (manager?.nodes ?? [:]).sorted { $0.key < $1.key }
      .map { ($0.key, manager?.inMaintenance.contains($0.key) == true ? "maintenance" : $0.value) }
    let maintained = (manager?.inMaintenance ?? []).sorted()
    let bad = status.services.filter { ["error", "fence", "recovery"].contains($0.state ?? "") }
    var table = TextTable(["service", "guest", "node", "state", "wanted"])
    let rows = status.services.map { service -> (HAStatus.Service, String) in
      let vmid = service.id.split(separator: ":").last.flatMap { Int($0) }
      return (service, picture.guests.first { $0.vmid == vmid }?.label ?? "")
    }
    for (service, guest) in rows {
      table.add([service.id, guest, service.node ?? "?", service.state ?? "?", service.requested ?? "?"])
    }
    return ToolReport(
      content: [
        "quorate": status.quorate.map { .bool($0) } ?? .null, "master": ToolFormat.json(status.master),
        "nodes": .object(Dictionary(nodes.map { ($0.0, .string($0.1)) }, uniquingKeysWith: { first, _ in first })),
        "in_maintenance": .array(maintained.map { .string($0) }), "in_trouble": .array(bad.map { .string($0.id) }),
        "services": .array(
          rows.map { service, guest in
            [
              "id": .string(service.id), "guest": .string(guest), "node": ToolFormat.json(service.node),
              "state": ToolFormat.json(service.state), "wanted": ToolFormat.json(service.requested),
            ]
          }),
      ],
      summary: (maintained.isEmpty ? "" : "in maintenance: \(maintained.joined(separator: ", ")); ")
        + (status.services.isEmpty
          ? "HA manages nothing"
          : "\(CountWords.of(status.services.count, "guest")) managed"
            + (bad.isEmpty ? "" : ", \(bad.map(\.id).joined(separator: ", ")) in trouble")),
      text: (maintained.isEmpty ? "" : "in maintenance: \(maintained.joined(separator: ", "))\n")
        + (status.services.isEmpty ? "HA manages no guest" : table.text))
  }
}
