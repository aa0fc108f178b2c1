import JarvisAPI

/// `/version` and `/cluster/…`.
enum ClusterEndpoints {
  static let all = [
    Endpoint("GET", "/version", handler: version),
    Endpoint("GET", "/cluster/status", need: .all("/", "Sys.Audit"), handler: status),
    Endpoint(
      "GET", "/cluster/resources", [.oneOf("type", "vm", "storage", "node", "sdn")], handler: ResourceList.resources),
    Endpoint("GET", "/cluster/tasks", handler: TaskEndpoints.clusterTasks),
    Endpoint("GET", "/cluster/nextid", [.integer("vmid", 100, 999_999_999)], handler: nextID),
    Endpoint("GET", "/cluster/options", need: .all("/", "Sys.Audit"), handler: options),
    Endpoint("GET", "/cluster/log", [.integer("max", 1)], handler: log),
    Endpoint("GET", "/cluster/ha/status/current", need: .all("/", "Sys.Audit"), handler: haStatus),
    Endpoint("GET", "/cluster/ha/status/manager_status", need: .all("/", "Sys.Audit"), handler: haManager),
    Endpoint(
      "GET", "/cluster/ha/resources", [.oneOf("type", "ct", "vm")], need: .all("/", "Sys.Audit"), handler: nothing),
    Endpoint("GET", "/cluster/replication", handler: nothing),
  ]

  /// Identifies the build, as in Proxmox's own versions.
  static let repositoryID = "14a22df35955d97d"

  static func nothing(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    APIReply([])
  }

  static func versionFields(_ cluster: SimulatedCluster) -> [String: JSONValue] {
    let version = cluster.configuration.version
    let release = version.split(separator: ".").prefix(2).joined(separator: ".")
    return ["version": .string(version), "release": .string(release), "repoid": .string(repositoryID)]
  }

  private static func version(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    APIReply(.object(versionFields(cluster).merging(["console": "html5"]) { first, _ in first }))
  }

  private static func status(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    let head: JSONValue = [
      "type": "cluster", "id": "cluster", "name": .string(cluster.configuration.name), "version": 7,
      "nodes": .int(cluster.nodes.count), "quorate": .int(cluster.quorate ? 1 : 0),
    ]
    let nodes = cluster.nodes.map { node -> JSONValue in
      [
        "type": "node", "id": .string("node/" + node.name), "name": .string(node.name), "nodeid": .int(node.number),
        "ip": .string(node.configuration.address), "online": .int(node.online ? 1 : 0), "level": "",
        "local": .int(node.name == call.entrance ? 1 : 0),
      ]
    }
    return APIReply(.array([head] + nodes))
  }

  private static func nextID(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    if let wanted = call.parameters.int("vmid") {
      guard !cluster.isTaken(wanted) else { throw .parameters(["vmid": "VM \(wanted) already exists"]) }
      return APIReply(.string("\(wanted)"))
    }
    var next = 100
    while cluster.isTaken(next) { next += 1 }
    return APIReply(.string("\(next)"))
  }

  private static func options(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    APIReply(["console": "html5", "keyboard": "en-us", "mac_prefix": "BC:24:11"])
  }

  /// Rows of the cluster's log told when nobody says how many.
  private static let defaultRows = 50

  private static func log(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    guard call.caller.has("Sys.Syslog", on: "/") else { return APIReply([]) }
    let rows = cluster.log.suffix(call.parameters.int("max") ?? defaultRows).reversed().map { entry -> JSONValue in
      [
        "uid": .string("\(entry.number)"), "id": .string("\(entry.number):\(entry.node)"), "node": .string(entry.node),
        "pid": .int(entry.process), "tag": .string(entry.tag), "pri": .int(entry.priority), "user": .string(entry.user),
        "time": .int(Int(entry.at)), "msg": .string(entry.text),
      ]
    }
    return APIReply(.array(rows))
  }

  private static func haStatus(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    let at = Int(cluster.broadcastAt)
    let when = Self.when(cluster.broadcastAt)
    let master = cluster.nodes.first(where: \.online)?.name ?? call.entrance
    var rows: [JSONValue] = [
      [
        "id": "quorum", "type": "quorum", "node": .string(call.entrance),
        "status": .string(cluster.quorate ? "OK" : "No quorum on node '\(call.entrance)'!"),
        "quorate": .int(cluster.quorate ? 1 : 0),
      ],
      [
        "id": "master", "type": "master", "node": .string(master), "timestamp": .int(at),
        "status": .string("\(master) (idle, \(when))"),
      ],
      [
        "id": "fencing", "type": "fencing", "node": .string(master), "armed-state": "standby",
        "status": "standby (CRM watchdog standby)",
      ],
    ]
    for node in cluster.nodes {
      let state =
        !node.online ? "old timestamp - dead?" : node.inMaintenance ? "maintenance mode" : "idle, watchdog standby"
      rows.append([
        "id": .string("lrm:" + node.name), "type": "lrm", "node": .string(node.name), "timestamp": .int(at),
        "status": .string("\(node.name) (\(state), \(when))"),
      ])
    }
    for guest in cluster.guests.values.sorted(by: { $0.vmid < $1.vmid }) where guest.configuration.highlyAvailable {
      let sid = "\(guest.kind == .qemu ? "vm" : "ct"):\(guest.vmid)"
      rows.append([
        "id": .string("service:" + sid), "type": "service", "sid": .string(sid), "node": .string(guest.node),
        "state": .string(guest.wishedWord), "crm_state": .string(guest.wishedWord),
        "request_state": .string(guest.wishedWord), "max_restart": 1, "max_relocate": 1,
        "status": .string("\(sid) (\(guest.node), \(guest.wishedWord))"),
      ])
    }
    return APIReply(.array(rows))
  }

  private static func haManager(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    let at = JSONValue.int(Int(cluster.broadcastAt))
    var nodes: [String: JSONValue] = [:]
    var managers: [String: JSONValue] = [:]
    for node in cluster.nodes {
      nodes[node.name] = node.inMaintenance ? "maintenance" : node.online ? "online" : "unknown"
      managers[node.name] = [
        "mode": node.inMaintenance ? "maintenance" : "active", "state": "wait_for_agent_lock", "results": .object([:]),
        "timestamp": at,
      ]
    }
    let services = cluster.guests.values.filter(\.configuration.highlyAvailable).map { guest -> (String, JSONValue) in
      (
        "\(guest.kind == .qemu ? "vm" : "ct"):\(guest.vmid)",
        ["node": .string(guest.node), "state": .string(guest.wishedWord), "running": guest.power == .stopped ? 0 : 1]
      )
    }
    return APIReply([
      "manager_status": [
        "master_node": .string(cluster.nodes.first(where: \.online)?.name ?? call.entrance), "timestamp": at,
        "node_status": .object(nodes),
        "service_status": .object(Dictionary(services, uniquingKeysWith: { first, _ in first })),
      ],
      "lrm_status": .object(managers),
      "quorum": ["node": .string(call.entrance), "quorate": cluster.quorate ? "1" : "0"],
    ])
  }

  /// "Mon Nov 23 01:32:51 2026", in UTC.
  private static func when(_ time: Double) -> String { ClockText.unix(time) }
}
