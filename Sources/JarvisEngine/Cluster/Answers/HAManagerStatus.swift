/// `GET /cluster/ha/status/manager_status`: how the HA manager sees each node.
public struct HAManagerStatus: Sendable, Equatable {
  /// The manager's word by node: "online", "maintenance", "unknown", "fence", "gone".
  public var nodes: [String: String]
  /// Nodes that are in maintenance or on their way there: their own manager says so first.
  public var inMaintenance: Set<String>

  /// More nodes than these are left out; corosync has no larger clusters.
  static let maximumNodes = 256

  init(_ body: AnswerBody) throws(AnswerFault) {
    let root = try body.object()
    nodes = [:]
    inMaintenance = []
    for (name, state) in Self.rows(root["manager_status"]?["node_status"]) {
      let node = OutsideText.name(name)
      nodes[node] = state.string.map(OutsideText.name) ?? "unknown"
      if nodes[node] == "maintenance" { inMaintenance.insert(node) }
    }
    for (name, status) in Self.rows(root["lrm_status"])
    where status["mode"]?.string == "maintenance" {
      inMaintenance.insert(OutsideText.name(name))
    }
  }

  private static func rows(_ view: JSONView?) -> [(name: String, value: JSONView)] {
    guard let view else { return [] }
    return view.members.prefix(maximumNodes).map { ($0.key, $0.value) }
  }
}
