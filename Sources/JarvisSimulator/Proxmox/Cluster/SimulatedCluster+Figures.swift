/// The figures of guests, nodes and storages at a moment: all of them follow from the loads, so they fit each other.
extension SimulatedCluster {
  /// The moment of the last broadcast, which `/cluster/resources` shows.
  var broadcastAt: Double { (now / Limit.broadcast).rounded(.down) * Limit.broadcast }

  // MARK: Guests

  /// Share of the guest's own cores in use, 0…1.
  func cpu(of guest: GuestState, at time: Double) -> Double {
    guard guest.ran(at: time), guest.power != .paused else { return 0 }
    let backingUp = guest.lock == "backup" ? 0.12 : 0
    return min(1, guest.cpu.value(at: time) + backingUp)
  }

  /// Bytes in use. After a start it grows for three minutes.
  func memory(of guest: GuestState, at time: Double) -> Int {
    guard guest.ran(at: time) else { return 0 }
    let since = time - (guest.runs.last { $0.from <= time }?.from ?? time)
    let warm = min(1, 0.35 + 0.65 * since / 180)
    // Memory moves less than a processor: a fifth of the curve's swing.
    let level = guest.memory.level
    let share = level + (guest.memory.value(at: time) - level) / 5
    return Int(Double(guest.configuration.memory) * min(0.98, share * warm))
  }

  /// Whole seconds since the start; 0 while stopped.
  func uptime(of guest: GuestState, at time: Double) -> Int {
    guard let start = guest.startedAt else { return 0 }
    return max(0, Int(time - start))
  }

  /// Bytes since the start.
  func traffic(of guest: GuestState, at time: Double) -> (into: Int, out: Int) {
    guard let start = guest.startedAt else { return (0, 0) }
    let sum = Int(guest.traffic.total(from: start, to: time))
    return (sum, sum / 2)
  }

  /// Bytes since the start.
  func diskTransfer(of guest: GuestState, at time: Double) -> (read: Int, written: Int) {
    guard let start = guest.startedAt else { return (0, 0) }
    let sum = Int(guest.reads.total(from: start, to: time))
    return (sum, sum * 2 / 3)
  }

  /// Bytes of a container's root file system in use; a VM's are not known from outside: 0.
  func diskUse(of guest: GuestState) -> Int {
    guard guest.kind == .lxc, guest.power != .stopped else { return 0 }
    return Int(Double(guest.configuration.disk) * (0.2 + 0.4 * guest.configuration.memoryLoad))
  }

  // MARK: Nodes

  func guests(on node: String) -> [GuestState] {
    (residents[node] ?? []).compactMap { guests[$0] }
  }

  /// Share of the node's cores in use, 0…1: its guests', its own, and what its tasks and scrubs take.
  func cpu(of node: NodeState, at time: Double) -> Double {
    let used = guests(on: node.name).reduce(0.0) { $0 + cpu(of: $1, at: time) * Double($1.configuration.cores) }
    let working = Double(tasks.filter { $0.node == node.name && !$0.ended }.count) * 0.4
    let scrubbing = scrubs.isEmpty ? 0 : Double(scrubsOn(node.name, at: time)) * 1.1
    return min(1, (used + working + scrubbing) / Double(node.configuration.cores) + node.own.value(at: time))
  }

  /// Bytes in use: its guests', one and a half for Proxmox itself, and ZFS's cache where it has a pool.
  func memory(of node: NodeState, at time: Double) -> Int {
    let used = guests(on: node.name).reduce(0) { $0 + memory(of: $1, at: time) }
    let total = node.configuration.memory
    let base = min(total / 8, 3 << 29)
    return min(total * 97 / 100, used + base + cache(of: node))
  }

  /// Bytes that ZFS keeps for its cache.
  func cache(of node: NodeState) -> Int {
    let pools = storages.contains { $0.plugin == "zfspool" && isThere($0, on: node.name) }
    return pools ? node.configuration.memory / 16 : 0
  }

  func uptime(of node: NodeState, at time: Double) -> Int { max(0, Int(time - node.bootedAt)) }

  /// Bytes of the root file system in use; it creeps up by logs.
  func rootUse(of node: NodeState, at time: Double) -> Int {
    let grown = Int((time - begunAt) * 220)
    return min(
      node.configuration.rootDisk,
      max(0, Int(Double(node.configuration.rootDisk) * node.configuration.rootUsed) + grown))
  }

  /// Averages over 1, 5 and 15 minutes.
  func load(of node: NodeState, at time: Double) -> [Double] {
    [30.0, 150, 450].map { cpu(of: node, at: time - $0) * Double(node.configuration.cores) * 1.15 }
  }

  /// Bytes a second through its bridge.
  func trafficRate(of node: NodeState, at time: Double) -> (into: Double, out: Double) {
    let sum = guests(on: node.name).reduce(0.0) { $0 + ($1.ran(at: time) ? $1.traffic.value(at: time) : 0) }
    return (sum, sum / 2)
  }

  /// Share of time spent waiting for disks, 0…1.
  func ioWait(of node: NodeState, at time: Double) -> Double {
    let busy = Double(tasks.filter { $0.node == node.name && !$0.ended && $0.type == "vzdump" }.count) * 0.03
    return min(0.5, node.own.value(at: time + 977) / 4 + busy + Double(scrubsOn(node.name, at: time)) * 0.06)
  }

  private func scrubsOn(_ node: String, at time: Double) -> Int {
    storages.filter { storage in
      guard isThere(storage, on: node), let span = scrubs[storage.name] else { return false }
      return span.from <= time && time < span.to
    }.count
  }

  // MARK: Storages

  func isThere(_ storage: StorageConfiguration, on node: String) -> Bool {
    storage.nodes.isEmpty || storage.nodes.contains(node)
  }

  /// Why a storage cannot be used now; nil where it can.
  func fault(of storage: StorageConfiguration) -> String? {
    if let fault = storage.fault { return fault }
    guard let server = storage.server, let guest = guests[server] else { return nil }
    let serves = guest.power == .running && nodes.contains { $0.name == guest.node && $0.online }
    return serves
      ? nil : "\(storage.name): error fetching datastores - 500 Can't connect to 192.168.1.64:8007 (No route to host)"
  }

  /// Bytes. A storage that is not shared differs a little from node to node.
  func size(of storage: StorageConfiguration, on node: String) -> Int {
    guard !storage.shared, storage.plugin == "dir", let state = nodes.first(where: { $0.name == node }) else {
      return storage.size
    }
    return state.configuration.rootDisk
  }

  /// Bytes in use, never above what fits.
  func use(of storage: StorageConfiguration, on node: String, at time: Double) -> Int {
    if storage.plugin == "dir", !storage.shared, let state = nodes.first(where: { $0.name == node }) {
      return rootUse(of: state, at: time)
    }
    let size = Double(storage.size)
    return Int(max(0, min(size * 0.999, size * storage.used + storage.growth * (time - begunAt))))
  }

  /// True with the votes of more than half of the nodes.
  var quorate: Bool { nodes.filter(\.online).count * 2 > nodes.count }
}
