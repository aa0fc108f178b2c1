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
    if let version = version(node) { text += " It runs Proxmox VE \(version)." }
    return text
  }

  /// "9.2.11" of "pve-manager/9.2.11/abc"; nil where it is not told.
  static func version(_ node: JSONValue) -> String? {
    guard let text = node["version"]?.string else { return nil }
    return MindFigures.name(.string(text.split(separator: "/").dropFirst().first.map(String.init) ?? text))
  }

  /// The first of all by memory or CPU, where the question compares; nil where it does not.
  static func ranking(_ nodes: [JSONValue], _ question: MindQuestion) -> String? {
    let words = Set(question.words)
    let most = !words.isDisjoint(with: ["most", "highest", "busiest", "top", "largest", "biggest"])
    let least = !words.isDisjoint(with: ["least", "lowest", "idlest"])
    guard most || least else { return nil }
    let byMemory = !words.isDisjoint(with: ["memory", "ram", "speicher", "memoire", "memoria"])
    let wantsFree = words.contains("free")
    func used(_ node: JSONValue) -> Double? {
      byMemory ? node["memory_used_gib"]?.number : node["cpu_percent"]?.number
    }
    func figure(_ node: JSONValue) -> Double? {
      guard byMemory, wantsFree else { return used(node) }
      guard let used = used(node), let total = node["memory_total_gib"]?.number else { return nil }
      return total - used
    }
    let ranked = nodes.filter { isOnline($0) && figure($0) != nil }
      .sorted { most ? (figure($0) ?? 0) > (figure($1) ?? 0) : (figure($0) ?? 0) < (figure($1) ?? 0) }
    guard let first = ranked.first else { return nil }
    let lines = ranked.map { node in
      let value = figure(node).map(MindFigures.number) ?? "unknown"
      return
        "- \(MindFigures.name(node["name"])): \(byMemory ? "\(value) GiB\(wantsFree ? " free" : " used")" : "\(value) % CPU")"
    }
    return "It is \(MindFigures.name(first["name"])):\n" + lines.joined(separator: "\n")
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
