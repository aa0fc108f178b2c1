import JarvisAPI
import JarvisCluster
import JarvisSafety

/// Moves a guest to another node.
struct MigrateGuestTool: ChangeTool {
  let context: ToolContext
  let name = "migrate_guest"
  let summary =
    "Moves a guest to another node: a running VM live, a running container by a restart. Asks the person first."
  let inputSchema = ToolParameter.schema([
    .guest, .text("node", "where to", required: true),
    .flag("online", "false refuses to move it while it runs (true)"),
  ])
  let typedName = "migrate"
  let typedArguments = ["guest", "node"]

  func canonical(_ arguments: JSONValue) async throws(UserFacingError) -> JSONValue {
    var fields = try await context.bound(arguments).object ?? [:]
    fields["node"] = .string(
      try TargetFinder(picture: try await context.picture()).node(arguments["node"]?.string ?? "").name)
    return .object(fields)
  }

  func prepare(_ arguments: JSONValue) async throws(UserFacingError) -> Change {
    let subject = try await GuestSubject.read(arguments["guest"]?.string ?? "", context)
    try subject.refuseUnfit(for: "migrate")
    let target = try TargetFinder(picture: subject.picture).node(arguments["node"]?.string ?? "")
    try refuseTarget(target, subject)
    let runs = subject.guest.status != .stopped
    if runs, arguments["online"]?.bool == false {
      throw subject.refusal(
        "migrate", .refused, "it runs, and may be moved only while it stands still", "shutdown_guest first")
    }
    let check = try await check(subject, target.name)
    let disks = check?.localDisks ?? []
    let change = ClusterChange.migrate(subject.place, to: target.name, running: runs, withLocalDisks: !disks.isEmpty)
    let (cluster, vmid, name) = (context.cluster, subject.guest.vmid, target.name)
    let goesOn = runs
    return Change(
      action: "migrate",
      assessment: subject.assessment(
        self.name, stateKey: name, plan: plan(change, subject, name),
        impact: impact(subject, target, disks, runs: runs),
        undo: "/migrate \(vmid) \(subject.guest.node)"),
      send: context.sending(change), trace: TaskTrace(change),
      readBack: subject.details.managedByHA ? context.patience.ha : context.patience.readBack,
      taskPatience: context.patience.longTask, confirmations: 2, wishOnly: subject.details.managedByHA,
      look: { () async throws(ProxmoxError) in
        _ = try await cluster.refresh()
        let now = try await cluster.guestStatus(vmid)
        let moved = now.guest.node == name
        let fine = !goesOn || now.guest.status == .running || now.guest.status == .paused
        return Change.Look(
          state: "\(now.stateWords) on \(now.guest.node)", reached: moved && fine,
          missing: moved ? "it is \(now.stateWords) there" : "it is still on \(now.guest.node)",
          hopeless: now.guest.haState == "error")
      })
  }

  private func plan(_ change: ClusterChange, _ subject: GuestSubject, _ target: String) -> [String] {
    let wish = subject.details.managedByHA ? ["the task only records the wish: HA carries it out"] : []
    return ["\(change.line) \(change.arguments.joined(separator: " "))", "follow the task to its end"] + wish
      + ["read it on \(target), in the state it had"]
  }

  private func refuseTarget(_ target: Node, _ subject: GuestSubject) throws(UserFacingError) {
    if target.name == subject.guest.node {
      throw subject.refusal("migrate", .negative, "it is on \(target.name) already", "")
    }
    if target.status != .online {
      throw subject.refusal(
        "migrate", .unreachable, "node \(target.name) is \(target.status.rawValue)", "take a node that is online")
    }
    if target.maintenance.value == true {
      throw subject.refusal(
        "migrate", .refused, "node \(target.name) is in maintenance: HA would move it away again", "take another node")
    }
  }

  /// Proxmox VE's own answer; nil where it has no such question: containers before version 9.
  private func check(_ subject: GuestSubject, _ target: String) async throws(UserFacingError) -> MigrationCheck? {
    let check: MigrationCheck
    do throws(ProxmoxError) {
      check = try await context.cluster.read(.migrationCheck(of: subject.place, to: target))
    } catch {
      if subject.guest.kind == .lxc, error.kind == .notImplemented { return nil }
      throw error.userFacing
    }
    if let why = check.refused[target] {
      let open = check.allowed.isEmpty ? "" : "it can go to \(check.allowed.joined(separator: ", "))"
      throw subject.refusal("migrate", .refused, "it cannot go to \(target): \(why)", open)
    }
    if !check.localResources.isEmpty {
      throw subject.refusal(
        "migrate", .refused, "it is tied to \(subject.guest.node) by \(check.localResources.joined(separator: ", "))",
        "take them out of its configuration first")
    }
    return check
  }

  private func impact(
    _ subject: GuestSubject, _ target: Node, _ disks: [MigrationCheck.LocalDisk], runs: Bool
  ) -> [String] {
    let name = subject.shortName
    var lines: [String] = []
    if !runs {
      lines.append("it stands still, so nothing is interrupted")
    } else if subject.guest.kind == .lxc {
      lines.append(
        "a container moves by a restart: \(name) is stopped here and started there; whoever uses it is interrupted")
    } else {
      lines.append("it moves while it runs; whoever uses \(name) notices a pause of seconds at most")
    }
    if !disks.isEmpty {
      let size = disks.compactMap(\.size).reduce(0, +)
      lines.append(
        "local disks are copied over the network: \(disks.map(\.volume).joined(separator: ", "))"
          + (size > 0 ? " (\(ToolFormat.text(Usage(used: size, total: 0))))" : ""))
    }
    let used = ToolFormat.text(target.memory) { $0.fraction.map(ToolFormat.percentText) ?? "?" }
    lines.append("\(target.name) has \(used) of its memory in use")
    return lines
  }
}
