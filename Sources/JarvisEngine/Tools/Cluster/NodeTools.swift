import JarvisAPI
import JarvisCluster

/// All nodes with their load.
struct ListNodesTool: ReadTool {
  let context: ToolContext
  let name = "list_nodes"
  let summary = "All nodes with status, CPU, memory, root disk and uptime."
  let inputSchema = ToolParameter.schema()
  let typedName = "nodes"
  let typedArguments: [String] = []

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let picture = try await context.picture()
    let nodes = picture.nodes.sorted { $0.name < $1.name }
    var table = TextTable(["node", "status", "cpu", "memory", "disk", "uptime"])
    for node in nodes { table.add(node.cells) }
    let online = nodes.filter { $0.status == .online }.count
    return ToolReport(
      content: ["nodes": .array(nodes.map { .object($0.toolFields) })], summary: "\(online) of \(nodes.count) online",
      text: table.text)
  }
}

/// One node, asked now.
struct NodeStatusTool: ReadTool {
  let context: ToolContext
  let name = "node_status"
  let summary = "One node in detail, asked now: CPU, load, memory, root disk, uptime, version."
  let inputSchema = ToolParameter.schema([.text("node", "name of the node", required: true)])
  let typedName = "node"
  let typedArguments = ["node"]

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let node = try TargetFinder(picture: try await context.picture()).node(arguments["node"]?.string ?? "")
    let details: NodeDetails
    do throws(ProxmoxError) {
      details = try await context.cluster.nodeStatus(node.name)
    } catch {
      throw error.userFacing
    }
    var fields = details.node.toolFields
    fields["load"] = details.load.isEmpty ? .null : .array(details.load.map { .double($0) })
    fields["version"] = ToolFormat.json(details.version)
    let load = details.load.map { "\($0)" }.joined(separator: " ")
    var table = TextTable(["node", "status", "cpu", "memory", "disk", "uptime"])
    table.add(details.node.cells)
    return ToolReport(
      content: .object(fields), summary: "\(details.node.name) \(details.node.status.rawValue)",
      text: table.text + "\nload \(load.isEmpty ? "?" : load), version \(details.version ?? "?")")
  }
}

extension Node {
  var toolFields: [String: JSONValue] {
    [
      "name": .string(name), "status": .string(status.rawValue),
      "cpu_percent": ToolFormat.json(cpu, ToolFormat.percent), "cores": ToolFormat.json(cores) { .int($0) },
      "memory_used_gib": ToolFormat.json(memory) { ToolFormat.gib($0.used) },
      "memory_total_gib": ToolFormat.json(memory) { ToolFormat.gib($0.total) },
      "disk_percent": ToolFormat.json(disk) { $0.fraction.map(ToolFormat.percent) ?? .null },
      "uptime_seconds": ToolFormat.json(uptime) { .int(ToolFormat.whole($0)) },
    ]
  }

  fileprivate var cells: [String] {
    [
      name, status.rawValue, ToolFormat.text(cpu, ToolFormat.percentText),
      ToolFormat.text(memory, ToolFormat.text),
      ToolFormat.text(disk) { $0.fraction.map(ToolFormat.percentText) ?? "?" },
      ToolFormat.text(uptime, ToolFormat.duration),
    ]
  }
}
