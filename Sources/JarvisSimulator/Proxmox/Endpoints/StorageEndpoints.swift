import JarvisAPI

/// `/nodes/{node}/storage/…`, `/storage` and `/pools`.
enum StorageEndpoints {
  private static let rights = ["Datastore.Audit", "Datastore.AllocateSpace"]
  private static let need = Need.any("/storage/{storage}", "Datastore.Audit", "Datastore.AllocateSpace")

  static let all = [
    Endpoint(
      "GET", "/nodes/{node}/storage",
      [
        .string("content"), .boolean("enabled"), .boolean("format"), .string("storage", .storage),
        .string("target", .node),
      ], handler: list),
    Endpoint("GET", "/nodes/{node}/storage/{storage}/status", need: need, handler: status),
    Endpoint(
      "GET", "/nodes/{node}/storage/{storage}/content",
      [.string("content"), .integer("vmid", 100, 999_999_999)], need: need, handler: content),
    Endpoint(
      "GET", "/storage",
      [
        .oneOf(
          "type", "btrfs", "cephfs", "cifs", "dir", "esxi", "iscsi", "iscsidirect", "lvm", "lvmthin", "nfs", "pbs",
          "rbd", "zfs", "zfspool")
      ], handler: definitions),
    Endpoint(
      "GET", "/pools", [.string("poolid"), .oneOf("type", "qemu", "lxc", "storage")],
      handler: ClusterEndpoints.nothing),
  ]

  private static func figures(
    _ storage: StorageConfiguration, on node: String, _ cluster: SimulatedCluster
  ) -> [String: JSONValue] {
    let there = cluster.isThere(storage, on: node)
    let active = there && cluster.fault(of: storage) == nil
    let total = active ? cluster.size(of: storage, on: node) : 0
    let used = active ? cluster.use(of: storage, on: node, at: cluster.now) : 0
    return [
      "type": .string(storage.plugin), "content": .string(storage.content.joined(separator: ",")),
      "shared": .int(storage.shared ? 1 : 0), "enabled": .int(there ? 1 : 0), "active": .int(active ? 1 : 0),
      "total": .int(total), "used": .int(used), "avail": .int(total - used),
    ]
  }

  private static func list(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    let wanted = call.parameters["content"].map { Set($0.split(separator: ",").map(String.init)) }
    let rows = cluster.storages.compactMap { storage -> JSONValue? in
      guard call.caller.hasAny(rights, on: "/storage/" + storage.name) else { return nil }
      if let wanted, wanted.isDisjoint(with: storage.content) { return nil }
      if let one = call.parameters["storage"], one != storage.name { return nil }
      let there = cluster.isThere(storage, on: call.node)
      if call.parameters.bool("enabled"), !there { return nil }
      if let target = call.parameters["target"], !storage.shared || !cluster.isThere(storage, on: target) { return nil }
      var row = figures(storage, on: call.node, cluster)
      row["storage"] = .string(storage.name)
      if let total = row["total"]?.number, let used = row["used"]?.number, total > 0 {
        row["used_fraction"] = .double(used / total)
      }
      return .object(row)
    }
    return APIReply(.array(rows))
  }

  private static func storage(_ call: APICall, _ cluster: SimulatedCluster) throws(APIFailure) -> StorageConfiguration {
    let name = call.parameters["storage"] ?? ""
    guard let storage = cluster.storages.first(where: { $0.name == name }) else {
      throw .parameters(["storage": "No such storage."])
    }
    return storage
  }

  private static func status(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    let storage = try storage(call, cluster)
    guard cluster.isThere(storage, on: call.node) else {
      throw .failed("storage '\(storage.name)' is not available on node '\(call.node)'")
    }
    return APIReply(.object(figures(storage, on: call.node, cluster)))
  }

  private static func content(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    let storage = try storage(call, cluster)
    guard cluster.isThere(storage, on: call.node) else {
      throw .failed("storage '\(storage.name)' is not available on node '\(call.node)'")
    }
    if let fault = cluster.fault(of: storage) { throw .failed(fault) }
    let wanted = call.parameters["content"]
    let vmid = call.parameters.int("vmid")
    func asked(_ kind: String, _ owner: Int) -> Bool { (wanted ?? kind) == kind && (vmid ?? owner) == owner }
    var rows: [JSONValue] = []
    for guest in cluster.guests.values.sorted(by: { $0.vmid < $1.vmid })
    where guest.configuration.storage == storage.name {
      let kind = guest.kind == .qemu ? "images" : "rootdir"
      guard asked(kind, guest.vmid), storage.shared || guest.node == call.node else { continue }
      guard call.caller.has("VM.Audit", on: "/vms/\(guest.vmid)") else { continue }
      rows.append([
        "volid": .string(GuestConfigText.volumeName(guest.configuration)), "content": .string(kind), "format": "raw",
        "size": .int(guest.configuration.disk), "vmid": .int(guest.vmid), "ctime": "1725350400",
      ])
    }
    if storage.content.contains("backup") {
      // Listing backups needs a right that can also delete them.
      for backup in cluster.backups where backup.storage == storage.name {
        guard asked("backup", backup.vmid), storage.shared || backup.node == call.node,
          call.caller.has("VM.Backup", on: "/vms/\(backup.vmid)")
            || call.caller.has("Datastore.Allocate", on: "/storage/\(storage.name)")
        else { continue }
        rows.append(row(backup, storage))
      }
    }
    return APIReply(.array(rows))
  }

  private static func row(_ backup: BackupState, _ storage: StorageConfiguration) -> JSONValue {
    let word = backup.kind == .qemu ? "vm" : "ct"
    return [
      "volid": .string(backup.volume(plugin: storage.plugin)), "content": "backup",
      "format": .string(storage.plugin == "pbs" ? "pbs-\(word)" : backup.kind == .qemu ? "vma.zst" : "tar.zst"),
      "subtype": .string(backup.kind.rawValue), "vmid": .int(backup.vmid), "size": .int(backup.size),
      "ctime": .int(Int(backup.at)),
    ]
  }

  private static func definitions(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    let rows = cluster.storages.compactMap { storage -> JSONValue? in
      guard call.caller.hasAny(rights, on: "/storage/" + storage.name) else { return nil }
      if let type = call.parameters["type"], type != storage.plugin { return nil }
      var row: [String: JSONValue] = [
        "storage": .string(storage.name), "type": .string(storage.plugin),
        "content": .string(storage.content.joined(separator: ",")),
      ]
      row.merge(place(of: storage)) { first, _ in first }
      row["digest"] = .string(GuestConfigText.digest(row))
      if storage.shared { row["shared"] = 1 }
      if !storage.nodes.isEmpty { row["nodes"] = .string(storage.nodes.joined(separator: ",")) }
      return .object(row)
    }
    return APIReply(.array(rows))
  }

  /// Where a storage lies, in the words of its plugin.
  private static func place(of storage: StorageConfiguration) -> [String: JSONValue] {
    switch storage.plugin {
    case "dir": ["path": storage.name == "local" ? "/var/lib/vz" : .string("/mnt/" + storage.name)]
    case "lvmthin": ["vgname": "pve", "thinpool": "data"]
    case "zfspool": ["pool": .string(storage.name)]
    case "nfs":
      [
        "server": "192.168.1.50", "export": .string("/export/" + storage.name),
        "path": .string("/mnt/pve/" + storage.name),
      ]
    case "pbs":
      [
        "server": "192.168.1.64", "datastore": .string(storage.name), "username": "sync@pbs!pve",
        "fingerprint": .string(Fingerprint.text(Fingerprint.digest(Array(storage.name.utf8))).lowercased()),
      ]
    default: [:]
    }
  }
}
