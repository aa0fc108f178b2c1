/// `zpool`, `pvesm` and the storage configuration of the simulated nodes.
enum ShellPools {
  static func pools(_ scene: ShellScene) -> [StorageConfiguration] {
    scene.cluster.storages.filter { $0.plugin == "zfspool" && scene.cluster.isThere($0, on: scene.node.name) }
  }

  static func zpool(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    let pools = pools(scene)
    let wanted = arguments.dropFirst().filter { !$0.hasPrefix("-") }
    if let missing = wanted.first(where: { name in !pools.contains { $0.name == name } }) {
      return ShellOutput(error: "cannot open '\(missing)': no such pool\n", code: 1)
    }
    let shown = pools.filter { wanted.isEmpty || wanted.contains($0.name) }
    switch arguments.first {
    case "list": return list(shown, scene)
    case "status":
      return ShellOutput(
        shown.isEmpty ? "no pools available\n" : shown.map { status($0, scene) }.joined(separator: "\n"))
    default: return ShellOutput(error: "unrecognized command '\(arguments.first ?? "")'\n", code: 2)
    }
  }

  /// `zfs list`: the pools and the disks of guests on them.
  static func zfs(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    guard arguments.first == "list" else {
      return ShellOutput(error: "the simulated zfs knows `list` only\n", code: 2)
    }
    let pools = pools(scene)
    guard !pools.isEmpty else { return ShellOutput("no datasets available\n") }
    let rows = pools.flatMap { pool -> [[String]] in
      let used = scene.cluster.use(of: pool, on: scene.node.name, at: scene.now)
      let free = TextTable.size(pool.size - used)
      let disks = scene.cluster.guests(on: scene.node.name).filter { $0.configuration.storage == pool.name }
      return [[pool.name, TextTable.size(used), free, "/" + pool.name]]
        + disks.map { guest in
          let volume = GuestConfigText.volumeName(guest.configuration).split(separator: ":").last ?? ""
          return ["\(pool.name)/\(volume)", TextTable.size(guest.configuration.disk), free, "-"]
        }
    }
    return ShellOutput(
      TextTable.text([["NAME", "USED", "AVAIL", "MOUNTPOINT"]] + rows, [.left, .right, .right, .left]))
  }

  private static func list(_ pools: [StorageConfiguration], _ scene: ShellScene) -> ShellOutput {
    guard !pools.isEmpty else { return ShellOutput("no pools available\n") }
    let rows = pools.map { pool -> [String] in
      let used = scene.cluster.use(of: pool, on: scene.node.name, at: scene.now)
      return [
        pool.name, TextTable.size(pool.size), TextTable.size(used), TextTable.size(pool.size - used), "23%",
        "\(used * 100 / max(1, pool.size))%", "1.00x", "ONLINE", "-",
      ]
    }
    let head = ["NAME", "SIZE", "ALLOC", "FREE", "FRAG", "CAP", "DEDUP", "HEALTH", "ALTROOT"]
    return ShellOutput(
      TextTable.text([head] + rows, [.left, .right, .right, .right, .right, .right, .right, .right, .left]))
  }

  private static func status(_ pool: StorageConfiguration, _ scene: ShellScene) -> String {
    var scan = "scrub repaired 0B in 09:41:13 with 0 errors on \(ClockText.unix(scene.cluster.begunAt - 1_150_000))"
    if let scrub = scene.cluster.scrub(of: pool.name) {
      let done = (scene.now - scrub.from) / (scrub.to - scrub.from)
      let left = Int(scrub.to - scene.now)
      scan =
        "scrub in progress since \(ClockText.unix(scrub.from))\n"
        + "\t\(NodeEndpoints.decimal(done * 100, 2))% done, "
        + "\(ClockText.two(left / 3600)):\(ClockText.two(left / 60 % 60)):\(ClockText.two(left % 60)) to go"
    }
    return """
        pool: \(pool.name)
       state: ONLINE
        scan: \(scan)
      config:

      \tNAME        STATE     READ WRITE CKSUM
      \t\(pool.name)        ONLINE       0     0     0
      \t  raidz1-0  ONLINE       0     0     0
      \t    sda     ONLINE       0     0     0
      \t    sdb     ONLINE       0     0     0
      \t    sdc     ONLINE       0     0     0

      errors: No known data errors

      """
  }

  /// `pvesm status`.
  static func storages(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    guard arguments.first == "status" else {
      return ShellOutput(error: "ERROR: unknown command 'pvesm \(arguments.first ?? "")'\n", code: 255)
    }
    let rows = scene.cluster.storages.map { storage -> [String] in
      guard scene.cluster.isThere(storage, on: scene.node.name) else {
        return [storage.name, storage.plugin, "disabled", "0", "0", "0", "N/A"]
      }
      guard scene.cluster.fault(of: storage) == nil else {
        return [storage.name, storage.plugin, "inactive", "0", "0", "0", "0.00%"]
      }
      let total = scene.cluster.size(of: storage, on: scene.node.name)
      let used = scene.cluster.use(of: storage, on: scene.node.name, at: scene.now)
      let share = NodeEndpoints.decimal(Double(used) / Double(max(1, total)) * 100, 2) + "%"
      return [
        storage.name, storage.plugin, "active", "\(total >> 10)", "\(used >> 10)", "\((total - used) >> 10)", share,
      ]
    }
    let head = ["Name", "Type", "Status", "Total", "Used", "Available", "%"]
    return ShellOutput(TextTable.text([head] + rows, [.left, .right, .right, .right, .right, .right, .right]))
  }

  static func storageFile(_ scene: ShellScene) -> String {
    scene.cluster.storages.map { storage in
      var text = "\(storage.plugin): \(storage.name)\n\tcontent \(storage.content.joined(separator: ","))\n"
      if !storage.nodes.isEmpty { text += "\tnodes \(storage.nodes.joined(separator: ","))\n" }
      return text
    }.joined(separator: "\n")
  }
}
