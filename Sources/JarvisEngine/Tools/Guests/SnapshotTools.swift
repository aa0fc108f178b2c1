import Foundation
import JarvisAPI
import JarvisCluster
import JarvisSafety

/// Takes a snapshot.
struct CreateSnapshotTool: ChangeTool {
  let context: ToolContext
  let name = "create_snapshot"
  let summary = "Takes a snapshot of a guest; with memory only for running VMs. Asks the person first."
  let inputSchema = ToolParameter.schema([
    .guest, .text("name", "letters, digits, - and _, beginning with a letter", required: true, upTo: 40),
    .text("description", "why it is taken"), .flag("ram", "save the memory, too (VMs only)"),
  ])
  let typedName = "snapshot"
  let typedArguments = ["guest", "name", "ram"]

  func canonical(_ arguments: JSONValue) async throws(UserFacingError) -> JSONValue {
    try await context.bound(arguments)
  }

  func prepare(_ arguments: JSONValue) async throws(UserFacingError) -> Change {
    let subject = try await GuestSubject.read(arguments["guest"]?.string ?? "", context)
    let snapshot = arguments["name"]?.string ?? ""
    try subject.refuseUnfit(for: "take a snapshot of")
    try SnapshotName.check(snapshot, subject)
    if subject.guest.template {
      throw subject.refusal("take a snapshot of", .refused, "it is a template, and never changes", "")
    }
    let existing = try await context.read(.snapshots(of: subject.place))
    guard !existing.contains(where: { $0.name == snapshot }) else {
      throw subject.refusal(
        "take a snapshot of", .refused, "it has a snapshot \(snapshot) already", "take another name")
    }
    let memory = arguments["ram"]?.bool == true && subject.guest.kind == .qemu && subject.guest.status == .running
    let change = ClusterChange.createSnapshot(
      of: subject.place, name: snapshot, description: arguments["description"]?.string, withMemory: memory)
    let pause = memory ? ["it stands still while its memory is written"] : []
    return Change(
      action: "snapshot",
      assessment: subject.assessment(
        name,
        plan: [
          change.line + " " + change.arguments.joined(separator: " "), "follow the task to its end",
          "list its snapshots until \(snapshot) is among them",
        ],
        impact: pause + ["it takes space on the storage of its disks as they change"],
        undo: "/delsnapshot \(subject.guest.vmid) \(snapshot)"),
      send: context.sending(change), trace: TaskTrace(change), readBack: context.patience.readBack,
      look: SnapshotName.look(for: snapshot, there: true, subject.place, context))
  }
}

/// Deletes a snapshot.
struct DeleteSnapshotTool: ChangeTool {
  let context: ToolContext
  let name = "delete_snapshot"
  let summary = "Deletes a guest's snapshot: what it alone held is lost. Asks the person first, who types the guest."
  let inputSchema = ToolParameter.schema([.guest, .text("name", "the snapshot", required: true, upTo: 40)])
  let typedName = "delsnapshot"
  let typedArguments = ["guest", "name"]

  func canonical(_ arguments: JSONValue) async throws(UserFacingError) -> JSONValue {
    try await context.bound(arguments)
  }

  func prepare(_ arguments: JSONValue) async throws(UserFacingError) -> Change {
    let subject = try await GuestSubject.read(arguments["guest"]?.string ?? "", context)
    let snapshot = try await SnapshotName.existing(arguments, subject, context, for: "delete a snapshot of")
    let change = ClusterChange.deleteSnapshot(snapshot.name, of: subject.place)
    return Change(
      action: "delete snapshot",
      assessment: subject.assessment(
        name, stateKey: snapshot.key,
        plan: [change.line, "follow the task to its end", "list its snapshots until it is gone"],
        impact: ["snapshot \(snapshot.words(context)) is lost; the guest itself stays as it is"],
        undo: "nothing brings a deleted snapshot back", typed: true),
      send: context.sending(change), trace: TaskTrace(change), readBack: context.patience.readBack,
      taskPatience: context.patience.longTask,
      look: SnapshotName.look(for: snapshot.name, there: false, subject.place, context))
  }
}

/// Puts a guest back to a snapshot.
struct RollbackSnapshotTool: ChangeTool {
  let context: ToolContext
  let name = "rollback_snapshot"
  let summary =
    "Puts a guest back to a snapshot: everything since is lost, and it is stopped. Asks the person, who types the guest."
  let inputSchema = ToolParameter.schema([.guest, .text("name", "the snapshot", required: true, upTo: 40)])
  let typedName = "rollback"
  let typedArguments = ["guest", "name"]

  func canonical(_ arguments: JSONValue) async throws(UserFacingError) -> JSONValue {
    try await context.bound(arguments)
  }

  func prepare(_ arguments: JSONValue) async throws(UserFacingError) -> Change {
    let subject = try await GuestSubject.read(arguments["guest"]?.string ?? "", context)
    let snapshot = try await SnapshotName.existing(arguments, subject, context, for: "roll back")
    let all = try await context.read(.snapshots(of: subject.place))
    let later = all.filter { ($0.takenAt ?? .distantPast) > (snapshot.takenAt ?? .distantFuture) }.map(\.name)
    let change = ClusterChange.rollback(snapshot.name, of: subject.place, start: false)
    let wasRunning = subject.guest.status == .running
    var impact = ["everything on its disks since \(snapshot.words(context)) is lost"]
    if wasRunning {
      impact.append(
        snapshot.withMemory
          ? "it goes on where the snapshot was taken: its present work is cut off"
          : "power is cut: it is stopped and must be started again")
    }
    if !later.isEmpty { impact.append("later snapshots: \(later.joined(separator: ", ")); ZFS allows only the newest") }
    let (place, cluster, name) = (subject.place, context.cluster, snapshot.name)
    // The parent of the present state is what a rollback changes; a guest on its parent already would look done at once.
    return Change(
      action: "rollback",
      assessment: subject.assessment(
        self.name, stateKey: snapshot.key,
        plan: [change.line, "follow the task to its end", "read the parent of its present state, and its power"],
        impact: impact, undo: "nothing brings back what was written since the snapshot", typed: true),
      send: context.sending(change), trace: TaskTrace(change), readBack: context.patience.readBack,
      taskPatience: context.patience.longTask,
      look: { () async throws(ProxmoxError) in
        let parent = try await cluster.guestConfig(place.vmid)["parent"]?.string
        let now = try await cluster.guestStatus(place.vmid)
        let stopped = snapshot.withMemory || now.guest.status == .stopped
        return Change.Look(
          state: "at \(parent ?? "no snapshot"), \(now.stateWords)", reached: parent == name && stopped,
          missing: parent == name ? "it is \(now.stateWords)" : "its state builds on \(parent ?? "no snapshot")")
      })
  }
}

/// What tools about snapshots have in common.
enum SnapshotName {
  /// As Proxmox VE takes them: a letter, then letters, digits, `-` and `_`; "current" is its own word.
  static func isValid(_ name: String) -> Bool {
    guard let first = name.utf8.first, (2...40).contains(name.utf8.count), name != "current" else { return false }
    func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
    return isLetter(first)
      && name.utf8.allSatisfy { isLetter($0) || (48...57).contains($0) || $0 == 45 || $0 == 95 }
  }

  static func check(_ name: String, _ subject: GuestSubject) throws(UserFacingError) {
    guard !isValid(name) else { return }
    throw subject.refusal(
      "take a snapshot of", .usage, "\"\(name)\" is no name for a snapshot",
      "2 to 40 letters, digits, - and _, beginning with a letter")
  }

  static func existing(
    _ arguments: JSONValue, _ subject: GuestSubject, _ context: ToolContext, for action: String
  ) async throws(UserFacingError) -> SnapshotInfo {
    try subject.refuseUnfit(for: action)
    let wanted = arguments["name"]?.string ?? ""
    let all = try await context.read(.snapshots(of: subject.place))
    if let found = all.first(where: { $0.name == wanted }) { return found }
    let names = all.map(\.name)
    throw subject.refusal(
      action, .usage, "it has no snapshot \(wanted)",
      names.isEmpty ? "it has none at all" : "there are \(names.joined(separator: ", "))")
  }

  static func look(
    for name: String, there: Bool, _ place: GuestPlace, _ context: ToolContext
  ) -> @Sendable () async throws(ProxmoxError) -> Change.Look {
    let cluster = context.cluster
    return { () async throws(ProxmoxError) in
      let names = try await cluster.read(.snapshots(of: place)).map(\.name)
      let state = names.isEmpty ? "no snapshots" : "snapshots: \(names.joined(separator: ", "))"
      return Change.Look(
        state: state, reached: names.contains(name) == there,
        missing: there ? "the snapshot is not among \(names)" : "the snapshot is still there")
    }
  }
}

extension SnapshotInfo {
  fileprivate var key: String { "\(name)@\(takenAt?.timeIntervalSince1970 ?? 0)" }

  /// "before-upgrade of 2026-11-20 18:00".
  fileprivate func words(_ context: ToolContext) -> String {
    takenAt == nil ? name : "\(name) of \(context.format.clock(takenAt, now: context.now()))"
  }
}

extension ToolContext {
  func sending(_ change: ClusterChange) -> @Sendable () async throws(ProxmoxError) -> UPID? {
    let cluster = cluster
    return { () async throws(ProxmoxError) in try await cluster.change(change) }
  }

  /// The arguments with the guest's name become its vmid, so that a rename cannot turn the call elsewhere.
  func bound(_ arguments: JSONValue) async throws(UserFacingError) -> JSONValue {
    let guest = try TargetFinder(picture: try await picture()).guest(arguments["guest"]?.string ?? "")
    var fields = arguments.object ?? [:]
    fields["guest"] = .string(String(guest.vmid))
    return .object(fields)
  }
}
