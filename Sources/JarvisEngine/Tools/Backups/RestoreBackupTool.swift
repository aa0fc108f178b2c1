import JarvisAPI
import JarvisCluster
import JarvisSafety

/// Restores a backup as a new guest, never over one that is there.
struct RestoreBackupTool: ChangeTool {
  let context: ToolContext
  let name = "restore_backup"
  let summary =
    "Restores a backup as a new guest under a free vmid; never over an existing one. Asks the person, who types the vmid."
  let inputSchema = ToolParameter.schema([
    .text("volid", "the backup, from list_backups", required: true),
    .count("vmid", 100...999_999_999, "a free number for the new guest", required: true),
    .text("storage", "for its disks", required: true), .text("node", "where it shall live", required: true),
  ])
  let typedName = "restore"
  let typedArguments = ["volid", "vmid", "storage", "node"]

  func prepare(_ arguments: JSONValue) async throws(UserFacingError) -> Change {
    let volume = arguments["volid"]?.string ?? ""
    let vmid = arguments["vmid"]?.int ?? 0
    let place = try await NewGuestPlace.read(arguments, context, attempted: "restore \(volume) as \(vmid)")
    // Over a guest that is there: BLACK, whoever asks.
    if let there = place.picture.guests.first(where: { $0.vmid == vmid }) {
      return place.refused(action: "restore", over: there)
    }
    let (backup, kind) = try await backup(volume, place)
    let guest = GuestPlace(vmid: vmid, kind: kind, node: place.node.name)
    let change = ClusterChange.create(
      guest,
      kind == .qemu
        ? [("archive", volume), ("storage", place.storage.name), ("unique", "1")]
        : [("ostemplate", volume), ("restore", "1"), ("storage", place.storage.name), ("unique", "1")], restoring: true)
    let owner = backup.vmid.flatMap { number in place.picture.guests.first { $0.vmid == number } }
    var impact = ["a new \(kind == .qemu ? "virtual machine" : "container") \(vmid) appears on \(place.node.name)"]
    if let owner {
      impact.append(
        "it is a copy of \(owner.labelWithNode), which stays as it is; started beside it, both have the same addresses inside"
      )
    }
    impact.append("backup of \(context.format.clock(backup.made, now: context.now())); \(place.storageWords)")
    return place.change(
      context, action: "restore", tool: name, target: guest, change: change, impact: impact,
      typed: String(vmid), stateKey: backup.id)
  }

  private func backup(
    _ volume: String, _ place: NewGuestPlace
  ) async throws(UserFacingError) -> (StorageVolume, Guest.Kind) {
    let storage = volume.prefix { $0 != ":" }
    let attempted = "restore \(volume)"
    let source = try StoragePlace.find(String(storage), on: place.node.name, in: place.picture)
    let volumes = try await context.read(.volumes(of: source.storage, on: source.node, content: "backup"))
    guard let found = volumes.first(where: { $0.id == volume }) else {
      throw UserFacingError(
        .usage, attempted: attempted, reason: "node \(source.node) shows no such backup on \(source.storage)",
        advice: "take a volid from list_backups; the token needs a right to see backups")
    }
    if volume.contains("vzdump-qemu-") || volume.contains("backup/vm/") { return (found, .qemu) }
    if volume.contains("vzdump-lxc-") || volume.contains("backup/ct/") { return (found, .lxc) }
    throw UserFacingError(
      .negative, attempted: attempted, reason: "its name does not tell whether it is of a VM or a container",
      advice: "restore it by hand")
  }
}
