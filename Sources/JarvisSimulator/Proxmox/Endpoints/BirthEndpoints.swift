import JarvisAPI

/// Creating, restoring and cloning guests, and backing them up.
enum BirthEndpoints {
  static let all: [Endpoint] =
    [
      Endpoint("POST", "/nodes/{node}/qemu", ConfigRules.newMachine) { (call, cluster) throws(APIFailure) in
        try create(.qemu, call, &cluster)
      },
      Endpoint("POST", "/nodes/{node}/lxc", ConfigRules.newContainer) { (call, cluster) throws(APIFailure) in
        try create(.lxc, call, &cluster)
      },
      Endpoint("POST", "/nodes/{node}/vzdump", backupRules, handler: backUp),
    ]
    + GuestEndpoints.kinds.map { kind in
      Endpoint("POST", "/nodes/{node}/\(kind.rawValue)/{vmid}/clone", cloneRules(kind)) {
        (call, cluster) throws(APIFailure) in try clone(kind, call, &cluster)
      }
    }

  private static func cloneRules(_ kind: GuestConfiguration.Kind) -> [ParameterRule] {
    let both: [ParameterRule] = [
      .string("description"), .boolean("full"), .integer("newid", 100, 999_999_999, required: true), .string("pool"),
      .string("snapname", .configID, upTo: 40), .string("storage", .storage), .string("target", .node),
    ]
    return kind == .qemu
      ? both + [.integer("bwlimit", 0), .oneOf("format", "raw", "qcow2", "vmdk"), .string("name", .dnsName)]
      : both + [.number("bwlimit", 0), .string("hostname", .dnsName)]
  }

  private static let backupRules: [ParameterRule] = [
    .boolean("all"), .integer("bwlimit", 0), .oneOf("compress", "0", "1", "gzip", "lzo", "zstd"), .string("dumpdir"),
    .string("exclude"), .list("exclude-path"), .string("fleecing"), .integer("ionice", 0, 8),
    .string("job-id", upTo: 50), .integer("lockwait", 0), .oneOf("mailnotification", "always", "failure"),
    .string("mailto"), .oneOf("mode", "snapshot", "suspend", "stop"), .string("notes-template", upTo: 1024),
    .oneOf("notification-mode", "auto", "legacy-sendmail", "notification-system"),
    .oneOf("pbs-change-detection-mode", "legacy", "data", "metadata"), .string("performance"), .integer("pigz"),
    .string("pool"), .boolean("protected"), .string("prune-backups"), .boolean("quiet"), .boolean("remove"),
    .string("script"), .boolean("stdexcludes"), .boolean("stdout"), .boolean("stop"), .integer("stopwait", 0),
    .string("storage", .storage), .string("tmpdir"), .string("vmid"), .integer("zstd"),
  ]

  private static func create(
    _ kind: GuestConfiguration.Kind, _ call: APICall, _ cluster: inout SimulatedCluster
  ) throws(APIFailure) -> APIReply {
    let vmid = call.vmid
    guard call.caller.has("VM.Allocate", on: "/vms/\(vmid)") else { throw .forbidden("/vms/\(vmid), VM.Allocate") }
    let word = kind == .qemu ? "VM" : "CT"
    if let there = cluster.guests[vmid] {
      throw .failed(
        "unable to create \(word) \(vmid) - \(there.kind == .qemu ? "VM" : "CT") \(vmid) already exists on node '\(there.node)'"
      )
    }
    if cluster.isTaken(vmid) { throw .failed("unable to create \(word) \(vmid): config file already exists") }
    var guest = configuration(kind, call)
    let archive =
      kind == .qemu ? call.parameters["archive"] : call.parameters.bool("restore") ? call.parameters["ostemplate"] : nil
    let restored = archive.flatMap { volume in cluster.backups.first { cluster.volume($0) == volume } }
    if let archive, restored == nil { throw .failed("volume '\(archive)' does not exist") }
    if let source = restored {
      guest = source.guest
      (guest.vmid, guest.node, guest.snapshots) = (vmid, call.node, [])
      guest.storage = call.parameters["storage"] ?? guest.storage
    }
    guard let place = cluster.storages.first(where: { $0.name == guest.storage }), cluster.isThere(place, on: call.node)
    else {
      throw .failed("storage '\(guest.storage)' does not exist")
    }
    let type = (kind == .qemu ? "qm" : "vz") + (restored == nil ? "create" : "restore")
    return APIReply(
      .string(
        cluster.create(
          guest, type: type, target: vmid, on: call.node, user: call.caller.name, seconds: restored == nil ? 4 : 20,
          failure: cluster.fault(of: place),
          lines: ["\(restored == nil ? "creating" : "restoring") \(word) \(vmid) on '\(guest.storage)'"])))
  }

  /// The guest that the parameters describe.
  private static func configuration(_ kind: GuestConfiguration.Kind, _ call: APICall) -> GuestConfiguration {
    let parameters = call.parameters
    let disk = parameters[kind == .qemu ? "scsi0" : "rootfs"] ?? ""
    let storage = disk.split(separator: ":").first.map(String.init) ?? parameters["storage"] ?? "local"
    let size = disk.split(separator: ":").last.flatMap { Int($0.prefix { $0.isNumber }) } ?? 4
    return GuestConfiguration(
      vmid: call.vmid,
      name: parameters[kind == .qemu ? "name" : "hostname"] ?? "\(kind == .qemu ? "VM" : "CT")\(call.vmid)",
      kind: kind, node: call.node, cores: parameters.int("cores") ?? 1, memory: (parameters.int("memory") ?? 512) << 20,
      disk: size << 30, storage: storage, running: false, onBoot: parameters.bool("onboot"),
      notes: parameters["description"] ?? "")
  }

  private static func clone(
    _ kind: GuestConfiguration.Kind, _ call: APICall, _ cluster: inout SimulatedCluster
  ) throws(APIFailure) -> APIReply {
    let newID = call.parameters.int("newid") ?? 0
    guard call.caller.has("VM.Clone", on: "/vms/\(call.vmid)") else { throw .forbidden("/vms/\(call.vmid), VM.Clone") }
    guard call.caller.has("VM.Allocate", on: "/vms/\(newID)") else { throw .forbidden("/vms/\(newID), VM.Allocate") }
    let source = try GuestEndpoints.guest(kind, call, cluster)
    if cluster.isTaken(newID) {
      throw .failed("unable to create \(kind == .qemu ? "VM" : "CT") \(newID): config file already exists")
    }
    let full = call.parameters["full"].map { $0 == "1" } ?? !source.configuration.template
    if !full, !source.configuration.template {
      throw .failed("Linked clone feature is not supported for a guest that is no template")
    }
    var copy = source.configuration
    copy.vmid = newID
    copy.name = call.parameters[kind == .qemu ? "name" : "hostname"] ?? "Copy-of-\(copy.name)"
    (copy.template, copy.protected, copy.snapshots, copy.lock, copy.onBoot) = (false, false, [], nil, false)
    copy.storage = call.parameters["storage"] ?? copy.storage
    let gibibytes = Double(copy.disk >> 30)
    return APIReply(
      .string(
        cluster.create(
          copy, type: kind == .qemu ? "qmclone" : "vzclone", target: source.vmid, on: call.node, user: call.caller.name,
          seconds: full ? 6 + min(60, gibibytes / 4) : 2,
          failure: source.lock.map { "\(kind == .qemu ? "VM" : "CT") is locked (\($0))" },
          lines: ["creating a clone of VM \(source.vmid) with ID \(newID)"])))
  }

  private static func backUp(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    guard let text = call.parameters["vmid"], let vmid = Int(text) else {
      throw .parameters(["vmid": "the simulated vzdump backs up one guest at a time"])
    }
    guard call.caller.has("VM.Backup", on: "/vms/\(vmid)") else { throw .forbidden("/vms/\(vmid), VM.Backup") }
    let storage = call.parameters["storage"]
    if let storage {
      guard call.caller.has("Datastore.AllocateSpace", on: "/storage/\(storage)") else {
        throw .forbidden("/storage/\(storage), Datastore.AllocateSpace")
      }
      guard let place = cluster.storages.first(where: { $0.name == storage }) else {
        throw .failed("storage '\(storage)' does not exist")
      }
      guard place.content.contains("backup") else {
        throw .parameters(["storage": "storage '\(storage)' does not support backups"])
      }
    }
    guard let guest = cluster.guests[vmid], guest.node == call.node else {
      return APIReply(
        .string(
          cluster.begin(
            "vzdump", target: "\(vmid)", on: call.node, user: call.caller.name, seconds: 0,
            failure: "VM \(vmid) does not exist on this node")))
    }
    let upid = cluster.backUp(
      guest.vmid, user: call.caller.name, storage: storage, mode: call.parameters["mode"] ?? "snapshot")
    return APIReply(.string(upid ?? ""))
  }
}
