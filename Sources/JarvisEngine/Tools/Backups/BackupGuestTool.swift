import Foundation
import JarvisAPI
import JarvisCluster
import JarvisSafety

/// Backs a guest up now.
struct BackupGuestTool: ChangeTool {
  let context: ToolContext
  let name = "backup_guest"
  let summary = "Backs a guest up now; mode snapshot lets it run, suspend and stop interrupt it. Asks the person first."
  let inputSchema = ToolParameter.schema([
    .guest, .text("storage", "where to (the first that takes backups)"),
    .choice("mode", BackupMode.allCases.map(\.rawValue), "snapshot unless told otherwise"),
  ])
  let typedName = "backup"
  let typedArguments = ["guest", "mode", "storage"]

  func canonical(_ arguments: JSONValue) async throws(UserFacingError) -> JSONValue {
    try await context.bound(arguments)
  }

  func prepare(_ arguments: JSONValue) async throws(UserFacingError) -> Change {
    let subject = try await GuestSubject.read(arguments["guest"]?.string ?? "", context)
    try subject.refuseUnfit(for: "back up")
    let mode = arguments["mode"]?.string.flatMap(BackupMode.init) ?? .snapshot
    let storage = try storage(arguments["storage"]?.string, subject)
    let change = ClusterChange.backUp(subject.place, storage: storage.name, mode: mode)
    let began = context.now()
    let runs = subject.guest.status == .running
    let interrupts = mode != .snapshot && runs
    return Change(
      action: "backup",
      assessment: subject.assessment(
        name, tier: mode == .snapshot ? .yellow : .red,
        rule: mode == .snapshot ? nil : "a backup in mode \(mode.rawValue) interrupts the guest",
        stateKey: storage.id,
        plan: [
          "\(change.line) \(change.arguments.joined(separator: " "))", "follow the task to its end",
          "read the backup on \(storage.name), or the end of the task where the token may not list backups",
        ],
        impact: [
          interrupts
            ? "\(subject.shortName) is \(mode == .stop ? "stopped" : "suspended") while it is backed up"
            : "nothing is interrupted; its disks are busy meanwhile",
          "it is locked until the backup has ended",
          "\(storage.name): \(ToolFormat.text(storage.usage, ToolFormat.text)) in use",
        ], undo: "the backup can be removed by hand; Jarvis removes none"),
      send: context.sending(change), trace: TaskTrace(change), readBack: context.patience.readBack,
      taskPatience: context.patience.longTask,
      look: BackupLook(cluster: context.cluster, place: subject.place, storage: storage.name, since: began).look)
  }

  private func storage(_ query: String?, _ subject: GuestSubject) throws(UserFacingError) -> Storage {
    let here = subject.picture.storages.filter {
      $0.content.contains("backup") && ($0.shared || $0.node == subject.guest.node)
    }
    if let query {
      if let found = here.first(where: { $0.name == query }) {
        guard found.available else {
          throw subject.refusal("back up", .unreachable, "storage \(found.name) is not available", "see list_storage")
        }
        return found
      }
      throw subject.refusal(
        "back up", .usage, "\(query) takes no backups on \(subject.guest.node)",
        "there are \(here.map(\.name).joined(separator: ", "))")
    }
    // A shared storage first: a backup on the guest's own node is gone with it.
    let usable = here.filter(\.available).sorted { ($0.shared ? 0 : 1, $0.name) < ($1.shared ? 0 : 1, $1.name) }
    guard let first = usable.first else {
      throw subject.refusal(
        "back up", .refused, "no storage on \(subject.guest.node) takes backups just now", "see list_storage")
    }
    return first
  }
}

/// Looks whether a backup is there: on the storage where it can be listed, and that the guest is no longer locked.
struct BackupLook: Sendable {
  let cluster: any ClusterAPI
  let place: GuestPlace
  let storage: String
  let since: Date
  /// Clocks of nodes may differ from ours by this much.
  static let slack: TimeInterval = 120

  func look() async throws(ProxmoxError) -> Change.Look {
    let guest = try await cluster.guestStatus(place.vmid).guest
    let locked = guest.lock == "backup"
    let volumes = try await cluster.read(
      .volumes(of: storage, on: guest.node.isEmpty ? place.node : guest.node, content: "backup", vmid: place.vmid))
    let newest = volumes.compactMap(\.made).max()
    let seen = newest.map { $0 >= since.addingTimeInterval(-Self.slack) } ?? false
    if seen || locked {
      return Change.Look(
        state: locked ? "still locked (backup)" : "a backup of it is on \(storage)", reached: !locked,
        missing: "it is still locked (backup)")
    }
    // The API leaves backups out, without a word, for a token that may not see them.
    let rights = try await cluster.read(.permissions())
    guard rights.showsBackups(of: place.vmid, on: storage) else {
      return Change.Look(
        state: "no longer locked; the token may not list backups on \(storage)", reached: false,
        missing: "the backup itself cannot be read back: no right: VM.Backup /vms/\(place.vmid)", hopeless: false)
    }
    return Change.Look(state: "no new backup on \(storage)", reached: false, missing: "no new backup is on \(storage)")
  }
}
