import JarvisAPI

/// What a test, or the demo's director, may do to the cluster by hand.
extension SimulatedCluster {
  /// Gives a guest another name, as an operator would.
  public mutating func rename(_ vmid: Int, to name: String) {
    guard let kind = guests[vmid]?.kind else { return }
    guests[vmid]?.configuration.name = name
    guests[vmid]?.config[kind == .qemu ? "name" : "hostname"] = .string(name)
  }

  /// Stops a guest with no task, as a crash or a power-off from inside does. The node's journal tells which.
  public mutating func crash(_ vmid: Int, saying text: String? = nil) {
    guard let guest = guests[vmid], guest.power != .stopped else { return }
    guests[vmid]?.end(at: now)
    guests[vmid]?.crashed = true
    let process = guest.process ?? 0
    let word =
      text
      ?? (guest.kind == .qemu
        ? "oom-kill: Killed process \(process) (kvm) total-vm:\(guest.configuration.memory >> 10)kB"
        : "oom-kill: Killed process \(process) (systemd) in lxc/\(vmid)")
    note(word, node: guest.node, tag: "kernel", process: 0, priority: 3)
  }

  /// Starts a guest at once, without a task.
  public mutating func run(_ vmid: Int) {
    guard let guest = guests[vmid], guest.power == .stopped else { return }
    guests[vmid]?.begin(at: now, process: 4_000 + vmid)
  }

  /// Locks a guest ("backup", "migrate", …), or lets it go with nil.
  public mutating func lock(_ vmid: Int, as lock: String?) {
    guests[vmid]?.lock = lock
  }

  /// The hardware address of a guest's first interface; nil where it has none.
  public func macAddress(of vmid: Int) -> String? {
    guests[vmid]?.config["net0"]?.string?.split(whereSeparator: { $0 == "," || $0 == "=" }).map(String.init)
      .first { $0.split(separator: ":").count == 6 }
  }

  mutating func unlock(_ vmid: Int) {
    guests[vmid]?.lock = nil
  }

  /// Has HA put a node in maintenance, or end it.
  public mutating func setMaintenance(_ name: String, _ isOn: Bool) {
    guard let index = nodes.firstIndex(where: { $0.name == name }) else { return }
    nodes[index].inMaintenance = isOn
  }

  /// Takes a node off the network, or brings it back: it has then booted afresh, and so have its guests.
  public mutating func setNode(_ name: String, online: Bool) {
    guard let index = nodes.firstIndex(where: { $0.name == name }), nodes[index].online != online else { return }
    nodes[index].online = online
    let witness = nodes.first { $0.online && $0.name != name }?.name ?? name
    if online {
      nodes[index].bootedAt = now - 45
      note("node \(name) joined the cluster", node: witness, tag: "corosync")
      for vmid in guests.keys.sorted() where guests[vmid]?.node == name {
        guard let guest = guests[vmid], guest.configuration.onBoot, !guest.configuration.template else { continue }
        begin(
          GuestCall.start.taskType(guest.kind), target: "\(vmid)", on: name, user: "root@pam",
          seconds: GuestCall.start.seconds(guest.kind), effect: .start(vmid))
      }
    } else {
      note("node \(name) left the cluster: link down", node: witness, tag: "corosync", priority: 4)
      for task in tasks where task.node == name && !task.ended { abort(task.upid, as: "unexpected status") }
      for vmid in guests.keys where guests[vmid]?.node == name {
        guests[vmid]?.end(at: now)
        guests[vmid]?.lock = nil
      }
    }
  }

  /// Fills a storage to this share, 0…1, from now on.
  public mutating func fill(_ storage: String, to share: Double) {
    guard let index = storages.firstIndex(where: { $0.name == storage }) else { return }
    let grown = storages[index].growth * (now - begunAt) / Double(max(1, storages[index].size))
    storages[index].used = share - grown
  }

  /// Makes a storage fail with this text, or work again with nil.
  public mutating func breakStorage(_ storage: String, saying fault: String?) {
    guard let index = storages.firstIndex(where: { $0.name == storage }) else { return }
    storages[index].fault = fault
  }

  /// Changes a guest's disposition, e.g. to ignore shutdowns.
  public mutating func change(_ vmid: Int, _ change: (inout GuestConfiguration) -> Void) {
    guard var configuration = guests[vmid]?.configuration else { return }
    let (number, kind, node) = (configuration.vmid, configuration.kind, configuration.node)
    change(&configuration)
    // What others refer to stays as it is.
    (configuration.vmid, configuration.kind, configuration.node) = (number, kind, node)
    guests[vmid]?.configuration = configuration
  }

  /// "running", "stopped" or "paused"; nil where there is no such guest.
  public func guestStatus(_ vmid: Int) -> String? { guests[vmid]?.power.rawValue }
  /// The guest's name now.
  public func guestName(_ vmid: Int) -> String? { guests[vmid]?.configuration.name }
  /// True where the node is in the cluster now.
  public func isOnline(_ node: String) -> Bool { nodes.first { $0.name == node }?.online ?? false }
  /// Exit status of a task that has ended; nil while it runs.
  public func exitStatus(_ upid: String) -> String? {
    tasks.last { $0.upid == upid && $0.ended }?.exitStatus
  }
}
