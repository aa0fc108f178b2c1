import JarvisAPI

/// A guest's configuration, what of it waits for a restart, and its snapshots.
enum GuestConfigEndpoints {
  static let all: [Endpoint] = GuestEndpoints.kinds.flatMap { kind -> [Endpoint] in
    let base = "/nodes/{node}/\(kind.rawValue)/{vmid}"
    return [
      Endpoint(
        "GET", base + "/config", [.boolean("current"), .string("snapshot", .configID, upTo: 40)],
        need: GuestEndpoints.audit
      ) { (call, cluster) throws(APIFailure) in try read(kind, call, cluster) },
      Endpoint("PUT", base + "/config", kind == .qemu ? ConfigRules.qemu : ConfigRules.lxc, need: writeNeed(kind)) {
        (call, cluster) throws(APIFailure) in try write(kind, call, &cluster)
      },
      Endpoint("GET", base + "/pending", need: GuestEndpoints.audit) { (call, cluster) throws(APIFailure) in
        try pending(kind, call, cluster)
      },
      Endpoint("GET", base + "/snapshot", need: GuestEndpoints.audit) { (call, cluster) throws(APIFailure) in
        try snapshots(kind, call, cluster)
      },
    ]
  }

  private static func writeNeed(_ kind: GuestConfiguration.Kind) -> Need {
    kind == .qemu
      ? .any(
        "/vms/{vmid}", "VM.Config.Disk", "VM.Config.CDROM", "VM.Config.CPU", "VM.Config.Memory", "VM.Config.Network",
        "VM.Config.HWType", "VM.Config.Options", "VM.Config.Cloudinit")
      : .any(
        "/vms/{vmid}", "VM.Config.Disk", "VM.Config.CPU", "VM.Config.Memory", "VM.Config.Network", "VM.Config.Options")
  }

  private static func read(
    _ kind: GuestConfiguration.Kind, _ call: APICall, _ cluster: SimulatedCluster
  ) throws(APIFailure) -> APIReply {
    let guest = try GuestEndpoints.guest(kind, call, cluster)
    if let name = call.parameters["snapshot"], !guest.snapshots.contains(where: { $0.name == name }) {
      throw .failed("snapshot '\(name)' does not exist")
    }
    var config = call.parameters.bool("current") ? applied(guest) : guest.config
    config["digest"] = .string(GuestConfigText.digest(guest.config))
    if let lock = guest.lock { config["lock"] = .string(lock) }
    return APIReply(.object(config))
  }

  /// The configuration that the running guest was started with.
  private static func applied(_ guest: GuestState) -> [String: JSONValue] {
    var config = guest.config
    guard guest.power != .stopped else { return config }
    let mebibytes = guest.configuration.memory >> 20
    config["cores"] = .int(guest.configuration.cores)
    config["memory"] = guest.kind == .qemu ? .string("\(mebibytes)") : .int(mebibytes)
    return config
  }

  private static func pending(
    _ kind: GuestConfiguration.Kind, _ call: APICall, _ cluster: SimulatedCluster
  ) throws(APIFailure) -> APIReply {
    let guest = try GuestEndpoints.guest(kind, call, cluster)
    let now = applied(guest)
    var rows = guest.config.keys.sorted().map { key -> JSONValue in
      let value = now[key] ?? .null
      var row: [String: JSONValue] = ["key": .string(key), "value": value]
      if let wanted = guest.config[key], wanted != value { row["pending"] = wanted }
      return .object(row)
    }
    rows.append(["key": "digest", "value": .string(GuestConfigText.digest(guest.config))])
    return APIReply(.array(rows))
  }

  private static func snapshots(
    _ kind: GuestConfiguration.Kind, _ call: APICall, _ cluster: SimulatedCluster
  ) throws(APIFailure) -> APIReply {
    let guest = try GuestEndpoints.guest(kind, call, cluster)
    var rows = guest.snapshots.map { snapshot -> JSONValue in
      var row: [String: JSONValue] = [
        "name": .string(snapshot.name), "description": .string(snapshot.description),
        "snaptime": .int(Int(snapshot.takenAt)),
      ]
      if kind == .qemu { row["vmstate"] = .int(snapshot.withMemory ? 1 : 0) }
      if let parent = snapshot.parent { row["parent"] = .string(parent) }
      return .object(row)
    }
    var current: [String: JSONValue] = [
      "name": "current", "description": "You are here!", "running": .int(guest.power == .stopped ? 0 : 1),
      "digest": .string(GuestConfigText.digest(guest.config)),
    ]
    if let parent = guest.config["parent"] { current["parent"] = parent }
    rows.append(.object(current))
    return APIReply(.array(rows))
  }

  /// Parameters that steer the call and are no settings.
  private static let steering: Set<String> = ["node", "vmid", "digest", "delete", "revert", "skiplock", "force"]

  private static func write(
    _ kind: GuestConfiguration.Kind, _ call: APICall, _ cluster: inout SimulatedCluster
  ) throws(APIFailure) -> APIReply {
    let guest = try GuestEndpoints.guest(kind, call, cluster)
    let settings = call.parameters.names.filter { !steering.contains($0) }
    let deleted = (call.parameters["delete"] ?? "").split { ", ;".contains($0) }.map(String.init)
    guard !settings.isEmpty || !deleted.isEmpty else { throw .failed("no options specified") }
    if settings.contains("args") { throw .failed("only root can set 'args' config") }
    if let digest = call.parameters["digest"], digest != GuestConfigText.digest(guest.config) {
      throw .failed("checksum mismatch (file change by other user?)")
    }
    if let lock = guest.lock { throw .failed("\(kind == .qemu ? "VM" : "CT") is locked (\(lock))") }
    for name in settings {
      if let missing = missingStorage(name, call.parameters[name] ?? "", cluster) {
        throw .failed("storage '\(missing)' does not exist")
      }
    }
    let rules = kind == .qemu ? ConfigRules.qemu : ConfigRules.lxc
    var values: [String: JSONValue] = [:]
    for name in settings {
      guard let text = call.parameters[name] else { continue }
      values[name] = value(text, rules.first { $0.matches(name) })
    }
    cluster.configure(guest.vmid, set: values, delete: deleted)
    return APIReply(.null)
  }

  /// Settings that name a volume, without their number.
  private static let volumes: Set<String> = [
    "scsi", "virtio", "ide", "sata", "efidisk", "tpmstate", "rootfs", "mp", "unused",
  ]

  /// The storage that a disk's setting names and that does not exist.
  private static func missingStorage(_ name: String, _ value: String, _ cluster: SimulatedCluster) -> String? {
    guard volumes.contains(String(name.prefix { !$0.isNumber })), let colon = value.firstIndex(of: ":") else {
      return nil
    }
    let storage = String(value[..<colon])
    return cluster.storages.contains { $0.name == storage } ? nil : storage
  }

  private static func value(_ text: String, _ rule: ParameterRule?) -> JSONValue {
    switch rule?.kind {
    case .boolean, .integer: Int(text).map { .int($0) } ?? .string(text)
    default: .string(text)
    }
  }
}
