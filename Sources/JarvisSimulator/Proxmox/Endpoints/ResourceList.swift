import JarvisAPI

/// `/cluster/resources`: the whole cluster in one answer, as the last broadcast told it. What the caller has no right to
/// is left out, not refused.
enum ResourceList {
  static func resources(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    let type = call.parameters["type"]
    var rows: [JSONValue] = []
    if type == nil || type == "vm" { rows += guests(call.caller, cluster) }
    if type == nil || type == "node" { rows += nodes(call.caller, cluster) }
    if type == nil || type == "storage" { rows += storages(call.caller, cluster) }
    if type == nil { rows += networks(call.caller, cluster) }
    return APIReply(.array(rows))
  }

  private static func guests(_ caller: Caller, _ cluster: SimulatedCluster) -> [JSONValue] {
    let online = Set(cluster.nodes.filter(\.online).map(\.name))
    return cluster.guests.values.sorted { $0.vmid < $1.vmid }
      .filter { caller.has("VM.Audit", on: "/vms/\($0.vmid)") }
      .map { guest in
        var row: [String: JSONValue] = [
          "id": .string("\(guest.kind.rawValue)/\(guest.vmid)"), "type": .string(guest.kind.rawValue),
          "vmid": .int(guest.vmid), "node": .string(guest.node), "status": "unknown",
        ]
        guard online.contains(guest.node) else { return .object(row) }
        row.merge(figures(guest, cluster)) { _, new in new }
        return .object(row)
      }
  }

  private static func figures(_ guest: GuestState, _ cluster: SimulatedCluster) -> [String: JSONValue] {
    let at = cluster.broadcastAt
    let traffic = cluster.traffic(of: guest, at: at)
    let disk = cluster.diskTransfer(of: guest, at: at)
    let memory = cluster.memory(of: guest, at: at)
    var row: [String: JSONValue] = [
      "name": .string(guest.configuration.name), "status": .string(guest.power.rawValue),
      "template": .int(guest.configuration.template ? 1 : 0), "cpu": .double(cluster.cpu(of: guest, at: at)),
      "maxcpu": .int(guest.configuration.cores), "mem": .int(memory), "maxmem": .int(guest.configuration.memory),
      "memhost": .int(guest.kind == .qemu && memory > 0 ? memory + 120 : 0), "disk": .int(cluster.diskUse(of: guest)),
      "maxdisk": .int(guest.configuration.disk), "uptime": .int(cluster.uptime(of: guest, at: at)),
      "netin": .int(traffic.into), "netout": .int(traffic.out), "diskread": .int(disk.read),
      "diskwrite": .int(disk.written),
    ]
    if !guest.configuration.tags.isEmpty {
      row["tags"] = .string(guest.configuration.tags.sorted().joined(separator: ";"))
    }
    if let lock = guest.lock { row["lock"] = .string(lock) }
    if guest.configuration.highlyAvailable { row["hastate"] = .string(guest.wishedWord) }
    return row
  }

  private static func nodes(_ caller: Caller, _ cluster: SimulatedCluster) -> [JSONValue] {
    cluster.nodes.map { node in
      var row = NodeEndpoints.summary(node, caller, cluster)
      row["cgroup-mode"] = 2
      row["hastate"] = "online"
      return .object(row)
    }
  }

  private static func storages(_ caller: Caller, _ cluster: SimulatedCluster) -> [JSONValue] {
    var rows: [JSONValue] = []
    for node in cluster.nodes {
      for storage in cluster.storages where cluster.isThere(storage, on: node.name) {
        guard caller.hasAny(["Datastore.Audit", "Datastore.AllocateSpace"], on: "/storage/" + storage.name) else {
          continue
        }
        var row: [String: JSONValue] = [
          "id": .string("storage/\(node.name)/\(storage.name)"), "type": "storage", "node": .string(node.name),
          "storage": .string(storage.name), "plugintype": .string(storage.plugin),
          "content": .string(storage.content.joined(separator: ",")), "shared": .int(storage.shared ? 1 : 0),
          "status": .string(node.online && cluster.fault(of: storage) == nil ? "available" : "unknown"),
        ]
        if node.online, cluster.fault(of: storage) == nil {
          row["disk"] = .int(cluster.use(of: storage, on: node.name, at: cluster.broadcastAt))
          row["maxdisk"] = .int(cluster.size(of: storage, on: node.name))
        }
        rows.append(.object(row))
      }
    }
    return rows
  }

  private static func networks(_ caller: Caller, _ cluster: SimulatedCluster) -> [JSONValue] {
    guard caller.hasAny(["SDN.Audit", "SDN.Use"], on: "/sdn/zones/localnetwork") else { return [] }
    return cluster.nodes.filter(\.online).map {
      [
        "id": .string("network/\($0.name)/zone/localnetwork"), "type": "network", "network": "localnetwork",
        "network-type": "zone", "node": .string($0.name), "status": "ok",
      ]
    }
  }
}
