import JarvisAPI

/// Guests that come into being, and guests that move.
extension SimulatedCluster {
  /// Guests that a simulated cluster holds at most.
  static let guestLimit = 20_000

  /// Begins to make a guest; it is there once the task has ended well.
  mutating func create(
    _ guest: GuestConfiguration, type: String, target: Int, on node: String, user: String, seconds: Double,
    failure: String? = nil, lines: [String] = []
  ) -> String {
    let failure = failure ?? (guests.count + births.count >= Self.guestLimit ? "out of space" : nil)
    if failure == nil { births[guest.vmid] = guest }
    return begin(
      type, target: "\(target)", on: node, user: user, seconds: failure == nil ? seconds : 0, failure: failure,
      effect: .birth(guest.vmid), lines: lines)
  }

  mutating func finishBirth(_ vmid: Int) {
    guard var guest = births.removeValue(forKey: vmid), guests[vmid] == nil else { return }
    guest.running = false
    guests[vmid] = GuestState(guest, bootedAt: now, random: &random, seed: seed, begunAt: now)
    residents[guest.node, default: []] = ((residents[guest.node] ?? []) + [vmid]).sorted()
  }

  /// True where the number is taken, or about to be.
  func isTaken(_ vmid: Int) -> Bool { guests[vmid] != nil || births[vmid] != nil }

  /// Begins to move a guest to another node.
  mutating func migrate(_ vmid: Int, to target: String, restart: Bool, user: String) -> String? {
    guard let guest = guests[vmid] else { return nil }
    let failure = guest.lock.map { "\(guest.kind == .qemu ? "VM" : "CT") is locked (\($0))" }
    let type = guest.kind == .qemu ? "qmigrate" : "vzmigrate"
    if failure == nil { guests[vmid]?.lock = "migrate" }
    let gibibytes = Double(guest.configuration.disk >> 30)
    return begin(
      type, target: "\(vmid)", on: guest.node, user: user, seconds: failure == nil ? 8 + min(60, gibibytes / 2) : 0,
      failure: failure, effect: .migrate(vmid, to: target, restart: restart),
      lines: [
        "starting migration of \(guest.kind == .qemu ? "VM" : "CT") \(vmid) to node '\(target)'",
        "found local disk '\(GuestConfigText.volumeName(guest.configuration))' (attached)",
        "migration finished successfully",
      ])
  }

  mutating func finishMigration(_ vmid: Int, to target: String, restart: Bool) {
    guard let guest = guests[vmid] else { return }
    residents[guest.node]?.removeAll { $0 == vmid }
    residents[target, default: []] = ((residents[target] ?? []) + [vmid]).sorted()
    guests[vmid]?.configuration.node = target
    guests[vmid]?.lock = nil
    if restart, guest.power != .stopped {
      guests[vmid]?.end(at: now)
      boot(vmid)
    }
  }

  /// Why a guest cannot go to a node, by the storages that it needs there.
  func unavailableStorages(for guest: GuestState, on node: String) -> [String] {
    storages.filter { $0.name == guest.configuration.storage && !isThere($0, on: node) }.map(\.name)
  }
}
