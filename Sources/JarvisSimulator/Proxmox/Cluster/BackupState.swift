/// A backup on a storage. Times are seconds since 1970.
struct BackupState: Sendable {
  let vmid: Int
  let kind: GuestConfiguration.Kind
  let storage: String
  /// The node it was made on: a storage that is not shared has it only there.
  let node: String
  let at: Double
  /// Bytes.
  let size: Int
  /// What was backed up, for a restore.
  let guest: GuestConfiguration

  /// "pbs:backup/vm/100/2026-11-22T02:30:04Z", "local:backup/vzdump-qemu-100-2026_11_22-02_30_04.vma.zst".
  func volume(plugin: String) -> String {
    if plugin == "pbs" {
      return "\(storage):backup/\(kind == .qemu ? "vm" : "ct")/\(vmid)/\(ClockText.iso(at))"
    }
    let parts = ClockText.parts(at)
    let day = "\(parts.year)_\(ClockText.two(parts.month))_\(ClockText.two(parts.day))"
    let time = "\(ClockText.two(parts.hour))_\(ClockText.two(parts.minute))_\(ClockText.two(parts.second))"
    return "\(storage):backup/vzdump-\(kind.rawValue)-\(vmid)-\(day)-\(time).\(kind == .qemu ? "vma.zst" : "tar.zst")"
  }
}

extension SimulatedCluster {
  /// A backup's name on its storage.
  func volume(_ backup: BackupState) -> String {
    backup.volume(plugin: storages.first { $0.name == backup.storage }?.plugin ?? "dir")
  }

  /// Backups remembered; older ones are pruned.
  static let backupLimit = 2_000

  /// Begins a vzdump of one guest; it holds the guest's lock until it ends.
  /// - Parameter storage: nil for the first shared one that takes backups.
  @discardableResult
  mutating func backUp(_ vmid: Int, user: String, storage: String? = nil, mode: String = "snapshot") -> String? {
    guard let guest = guests[vmid] else { return nil }
    let gibibytes = Double(guest.configuration.disk >> 30)
    let seconds = (20 + min(160, gibibytes)) * (0.8 + random.unit() * 0.4)
    let target = storage ?? storages.first { $0.content.contains("backup") && $0.shared }?.name ?? "local"
    let place = storages.first { $0.name == target }
    var failure = guest.lock.map { "\(guest.kind == .qemu ? "VM" : "CT") is locked (\($0))" }
    if let fault = place.flatMap({ self.fault(of: $0) }) {
      failure = "could not activate storage '\(target)': \(fault)"
    }
    if failure == nil { guests[vmid]?.lock = "backup" }
    let steps = stride(from: 10, through: 100, by: 10).map {
      "INFO: \($0)% (\(Int(gibibytes * Double($0) / 100)).0 GiB of \(Int(gibibytes)).0 GiB)"
    }
    return begin(
      "vzdump", target: "\(vmid)", on: guest.node, user: user, seconds: failure == nil ? seconds : 1, failure: failure,
      effect: .backedUp(vmid, storage: target),
      lines: [
        "INFO: starting new backup job: vzdump \(vmid) --storage \(target) --mode \(mode)",
        "INFO: Starting Backup of VM \(vmid) (\(guest.kind.rawValue))", "INFO: status = \(guest.power.rawValue)",
        "INFO: backup mode: \(mode)", "INFO: VM Name: \(guest.configuration.name)",
      ]
        + (failure == nil
          ? steps + [
            "INFO: Finished Backup of VM \(vmid) (00:00:\(Int(min(59, seconds))))",
            "INFO: Backup job finished successfully",
          ]
          : ["ERROR: Backup of VM \(vmid) failed - \(failure ?? "")"]))
  }

  mutating func finishBackup(_ vmid: Int, storage: String, at time: Double) {
    guests[vmid]?.lock = nil
    keepBackup(of: vmid, on: storage, at: time)
  }

  mutating func keepBackup(of vmid: Int, on storage: String, at time: Double) {
    guard let guest = guests[vmid] else { return }
    backups.append(
      BackupState(
        vmid: vmid, kind: guest.kind, storage: storage, node: guest.node, at: time.rounded(.down),
        size: guest.configuration.disk / 3, guest: guest.configuration))
    backups.removeFirst(max(0, backups.count - Self.backupLimit))
  }
}
