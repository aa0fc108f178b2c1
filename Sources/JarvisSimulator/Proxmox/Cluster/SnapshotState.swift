import JarvisAPI

/// A snapshot of a guest: what it was like, and what it builds on.
struct SnapshotState: Sendable {
  let name: String
  /// Seconds since 1970.
  let takenAt: Double
  let description: String
  let parent: String?
  let withMemory: Bool
  let config: [String: JSONValue]
}

extension GuestState {
  /// The snapshots that a configuration names, a week apart, each on the one before.
  static func snapshots(_ names: [String], config: [String: JSONValue], begunAt: Double) -> [SnapshotState] {
    names.enumerated().map { index, name in
      SnapshotState(
        name: name, takenAt: (begunAt - 86_400 * 7 * Double(names.count - index)).rounded(.down), description: "",
        parent: index > 0 ? names[index - 1] : nil, withMemory: false, config: config)
    }
  }

  /// Snapshots of one guest, at most; more are refused as a full disk would.
  static let snapshotLimit = 64
}

extension SimulatedCluster {
  /// Begins to take a snapshot; what is wrong is told by the task.
  mutating func takeSnapshot(
    _ vmid: Int, name: String, description: String, memory: Bool, user: String
  ) -> String? {
    guard let guest = guests[vmid] else { return nil }
    let type = guest.kind == .qemu ? "qmsnapshot" : "vzsnapshot"
    var failure = guest.lock.map { "\(guest.kind == .qemu ? "VM" : "CT") is locked (\($0))" }
    if guest.snapshots.contains(where: { $0.name == name }) { failure = "snapshot name '\(name)' already used" }
    if guest.snapshots.count >= GuestState.snapshotLimit { failure = "out of space" }
    if failure == nil { guests[vmid]?.lock = "snapshot" }
    return begin(
      type, target: "\(vmid)", on: guest.node, user: user, seconds: failure == nil ? (memory ? 12 : 3) : 0,
      failure: failure,
      effect: .snapshot(vmid, name: name, description: description, memory: memory && guest.power == .running),
      lines: ["snapshotting '\(guest.configuration.storage)'"])
  }

  mutating func deleteSnapshot(_ vmid: Int, name: String, user: String) -> String? {
    guard let guest = guests[vmid] else { return nil }
    let type = guest.kind == .qemu ? "qmdelsnapshot" : "vzdelsnapshot"
    var failure = guest.lock.map { "\(guest.kind == .qemu ? "VM" : "CT") is locked (\($0))" }
    if !guest.snapshots.contains(where: { $0.name == name }) { failure = "snapshot '\(name)' does not exist" }
    return begin(
      type, target: "\(vmid)", on: guest.node, user: user, seconds: failure == nil ? 4 : 0, failure: failure,
      effect: .deleteSnapshot(vmid, name: name))
  }

  mutating func rollback(_ vmid: Int, to name: String, start: Bool, user: String) -> String? {
    guard let guest = guests[vmid] else { return nil }
    let type = guest.kind == .qemu ? "qmrollback" : "vzrollback"
    var failure = guest.lock.map { "\(guest.kind == .qemu ? "VM" : "CT") is locked (\($0))" }
    if !guest.snapshots.contains(where: { $0.name == name }) { failure = "snapshot '\(name)' does not exist" }
    let zfs = storages.contains { $0.name == guest.configuration.storage && $0.plugin == "zfspool" }
    if failure == nil, zfs, guest.snapshots.last?.name != name {
      failure =
        "can't rollback, '\(name)' is not most recent snapshot on '\(GuestConfigText.volumeName(guest.configuration))'"
    }
    if failure == nil { guests[vmid]?.lock = "rollback" }
    return begin(
      type, target: "\(vmid)", on: guest.node, user: user, seconds: failure == nil ? 5 : 0, failure: failure,
      effect: .rollback(vmid, name: name, start: start))
  }

  mutating func finishSnapshot(_ vmid: Int, name: String, description: String, memory: Bool) {
    guard let guest = guests[vmid] else { return }
    guests[vmid]?.snapshots.append(
      SnapshotState(
        name: name, takenAt: now.rounded(.down), description: description, parent: guest.config["parent"]?.string,
        withMemory: memory, config: guest.config))
    guests[vmid]?.config["parent"] = .string(name)
    guests[vmid]?.lock = nil
  }

  mutating func finishDeletion(_ vmid: Int, name: String) {
    guard let gone = guests[vmid]?.snapshots.first(where: { $0.name == name }) else { return }
    let left = (guests[vmid]?.snapshots ?? []).filter { $0.name != name }.map { snapshot in
      guard snapshot.parent == name else { return snapshot }
      return SnapshotState(
        name: snapshot.name, takenAt: snapshot.takenAt, description: snapshot.description, parent: gone.parent,
        withMemory: snapshot.withMemory, config: snapshot.config)
    }
    guests[vmid]?.snapshots = left
    if guests[vmid]?.config["parent"]?.string == name {
      guests[vmid]?.config["parent"] = gone.parent.map { .string($0) }
    }
  }

  mutating func finishRollback(_ vmid: Int, name: String, start: Bool) {
    guard let snapshot = guests[vmid]?.snapshots.first(where: { $0.name == name }) else { return }
    guests[vmid]?.end(at: now)
    guests[vmid]?.config = snapshot.config
    guests[vmid]?.config["parent"] = .string(name)
    guests[vmid]?.adoptSettings()
    guests[vmid]?.adoptHardware()
    guests[vmid]?.lock = nil
    if start || snapshot.withMemory { boot(vmid) }
  }
}
