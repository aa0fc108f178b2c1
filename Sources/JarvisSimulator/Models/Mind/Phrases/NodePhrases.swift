import JarvisAPI

/// Nodes, spoken from `list_nodes` and `node_status`.
enum NodePhrases {
  static func speak(_ node: JSONValue) -> String {
    let name = MindFigures.name(node["name"])
    guard isOnline(node) else { return "Node \(name) is **\(MindFigures.name(node["status"]))**." }
    var text = "Node \(name) is **online**"
    if let up = MindFigures.duration(node["uptime_seconds"]) { text += ", up \(up)" }
    text += ". CPU \(MindFigures.percent(node["cpu_percent"]))"
    if let cores = node["cores"]?.int { text += " of \(MindFigures.count(cores, "core"))" }
    text += ", memory \(MindFigures.memory(used: node["memory_used_gib"], total: node["memory_total_gib"]))"
    text += ", root disk \(MindFigures.percent(node["disk_percent"]))."
    if let load = node["load"]?.array, !load.isEmpty {
      text +=
        " Load " + load.prefix(3).map { $0.number.map(MindFigures.number) ?? "unknown" }.joined(separator: ", ") + "."
    }
    if let version = node["version"]?.string {
      text +=
        " It runs Proxmox VE \(version.split(separator: "/").dropFirst().first.map(String.init) ?? MindFigures.name(.string(version)))."
    }
    return text
  }

  static func isOnline(_ node: JSONValue) -> Bool { node["status"]?.string.map { $0 == "online" } ?? true }

  static func list(_ nodes: [JSONValue]) -> String {
    if nodes.isEmpty { return "No node was listed." }
    let offline = nodes.filter { !isOnline($0) }
    var lines = [
      offline.isEmpty
        ? "All \(MindFigures.count(nodes.count, "node")) are online."
        : "\(nodes.count - offline.count) of \(MindFigures.count(nodes.count, "node")) are online; \(MindFigures.list(offline.map { MindFigures.name($0["name"]) })) \(offline.count == 1 ? "is" : "are") offline."
    ]
    for node in nodes where isOnline(node) {
      lines.append(
        "- \(MindFigures.name(node["name"])): CPU \(MindFigures.percent(node["cpu_percent"])), memory "
          + MindFigures.memory(used: node["memory_used_gib"], total: node["memory_total_gib"])
          + ", root disk \(MindFigures.percent(node["disk_percent"]))")
    }
    return lines.joined(separator: "\n")
  }
}
