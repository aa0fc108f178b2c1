import JarvisAPI

/// The storages with how full they are.
struct ListStorageTool: ReadTool {
  let context: ToolContext
  let name = "list_storage"
  let summary = "All storages with how full they are, or those that one node reports."
  let inputSchema = ToolParameter.schema([.text("node", "only what this node has; shared storage belongs to all")])
  let typedName = "storage"
  let typedArguments = ["node"]

  func run(_ arguments: JSONValue) async throws(UserFacingError) -> ToolReport {
    let picture = try await context.picture()
    var storages = picture.storages.sorted { ($0.name, $0.node) < ($1.name, $1.node) }
    if let query = arguments["node"]?.string {
      let node = try TargetFinder(picture: picture).node(query)
      storages = storages.filter { $0.shared || $0.node == node.name }
    }
    var table = TextTable(["storage", "node", "type", "used", "full"])
    for storage in storages {
      table.add([
        storage.name, storage.shared ? "shared" : storage.node, storage.plugin ?? "?",
        storage.available ? ToolFormat.text(storage.usage, ToolFormat.text) : "not available",
        ToolFormat.text(storage.usage) { $0.fraction.map(ToolFormat.percentText) ?? "?" },
      ])
    }
    return ToolReport(
      content: ["storages": .array(storages.map { .object($0.toolFields) })],
      summary: CountWords.of(storages.count, "storage"),
      text: table.text)
  }
}

extension Storage {
  fileprivate var toolFields: [String: JSONValue] {
    [
      "name": .string(name), "node": .string(node), "shared": .bool(shared), "type": ToolFormat.json(plugin),
      "available": .bool(available), "used_gib": ToolFormat.json(usage) { ToolFormat.gib($0.used) },
      "total_gib": ToolFormat.json(usage) { ToolFormat.gib($0.total) },
      "percent": ToolFormat.json(usage) { $0.fraction.map(ToolFormat.percent) ?? .null },
    ]
  }
}
