import JarvisAPI

/// Moving a guest, and what stands in its way.
enum MigrationEndpoints {
  private static let right = Need.all("/vms/{vmid}", "VM.Migrate")
  private static let target = ParameterRule.string("target", .node, required: true)

  static let all: [Endpoint] = GuestEndpoints.kinds.flatMap { kind -> [Endpoint] in
    let path = "/nodes/{node}/\(kind.rawValue)/{vmid}/migrate"
    return [
      Endpoint("GET", path, [.string("target", .node)], need: right) { (call, cluster) throws(APIFailure) in
        try check(kind, call, cluster)
      },
      Endpoint("POST", path, rules(kind), need: right) { (call, cluster) throws(APIFailure) in
        try migrate(kind, call, &cluster)
      },
    ]
  }

  private static func rules(_ kind: GuestConfiguration.Kind) -> [ParameterRule] {
    kind == .qemu
      ? [
        .integer("bwlimit", 0), .boolean("force"), .string("migration_network"),
        .oneOf("migration_type", "secure", "insecure"), .boolean("online"), target, .string("targetstorage"),
        .boolean("with-conntrack-state"), .boolean("with-local-disks"),
      ]
      : [
        .number("bwlimit", 0), .boolean("online"), .boolean("restart"), target, .string("target-storage"),
        .integer("timeout"),
      ]
  }

  private static func check(
    _ kind: GuestConfiguration.Kind, _ call: APICall, _ cluster: SimulatedCluster
  ) throws(APIFailure) -> APIReply {
    let guest = try GuestEndpoints.guest(kind, call, cluster)
    var refused: [String: JSONValue] = [:]
    var allowed: [JSONValue] = []
    for node in cluster.nodes where node.name != guest.node {
      let missing = cluster.unavailableStorages(for: guest, on: node.name)
      if missing.isEmpty {
        allowed.append(.string(node.name))
      } else {
        refused[node.name] = ["unavailable_storages": .array(missing.map { .string($0) })]
      }
    }
    let shared = cluster.storages.first { $0.name == guest.configuration.storage }?.shared ?? false
    let disk: JSONValue = [
      "volid": .string(GuestConfigText.volumeName(guest.configuration)), "size": .int(guest.configuration.disk),
      "cdrom": 0, "is_attached": 1, "is_unused": 0, "is_vmstate": 0, "is_tpmstate": 0, "is_cloudinit": 0, "shared": 0,
      "replicate": 1, "drivename": .string(kind == .qemu ? "scsi0" : "rootfs"),
    ]
    var data: [String: JSONValue] = [
      "running": .int(guest.power == .stopped ? 0 : 1), "local_disks": .array(shared ? [] : [disk]),
      "local_resources": [], "mapped-resources": [], "not_allowed_nodes": .object(refused),
    ]
    data["allowed_nodes"] = .array(allowed)
    return APIReply(.object(data))
  }

  private static func migrate(
    _ kind: GuestConfiguration.Kind, _ call: APICall, _ cluster: inout SimulatedCluster
  ) throws(APIFailure) -> APIReply {
    let guest = try GuestEndpoints.guest(kind, call, cluster)
    let target = call.parameters["target"] ?? ""
    guard target != guest.node else { throw .parameters(["target": "target is local node."]) }
    guard let node = cluster.nodes.first(where: { $0.name == target }) else {
      throw .failed("no such cluster node '\(target)'")
    }
    guard node.online else { throw .failed("target node '\(target)' not online") }
    if let missing = cluster.unavailableStorages(for: guest, on: target).first {
      throw .failed("storage '\(missing)' is not available on node '\(target)'")
    }
    let runs = guest.power != .stopped
    if runs, kind == .qemu, !call.parameters.bool("online") {
      throw .failed("can't migrate running VM without --online")
    }
    if runs, kind == .lxc, !call.parameters.bool("restart"), !call.parameters.bool("online") {
      throw .failed("lxc live migration is currently not implemented")
    }
    let shared = cluster.storages.first { $0.name == guest.configuration.storage }?.shared ?? false
    if runs, kind == .qemu, !shared, !call.parameters.bool("with-local-disks") {
      throw .failed("can't live migrate attached local disks without with-local-disks option")
    }
    guard let upid = cluster.migrate(guest.vmid, to: target, restart: kind == .lxc, user: call.caller.name) else {
      throw .failed("no such guest")
    }
    return APIReply(.string(upid))
  }
}
