import JarvisAPI
import JarvisCluster
import JarvisSafety

/// Where a guest that does not exist yet shall live: what restoring, cloning and creating have in common.
struct NewGuestPlace: Sendable {
  let picture: ClusterSnapshot
  let node: Node
  let storage: Storage

  /// Reads the picture anew and finds node and storage of the arguments.
  static func read(
    _ arguments: JSONValue, _ context: ToolContext, attempted: String
  ) async throws(UserFacingError) -> NewGuestPlace {
    let picture = try await context.freshPicture()
    try refuseWithoutQuorum(picture, attempted)
    let node = try TargetFinder(picture: picture).node(arguments["node"]?.string ?? "")
    guard node.status == .online else {
      throw UserFacingError(
        .unreachable, attempted: attempted, reason: "node \(node.name) is \(node.status.rawValue)",
        advice: "take a node that is online")
    }
    let query = arguments["storage"]?.string ?? ""
    let here = picture.storages.filter { $0.shared || $0.node == node.name }
    guard let storage = here.first(where: { $0.name == query }) else {
      let fit = here.filter { !$0.content.allSatisfy { !["images", "rootdir"].contains($0) } }.map(\.name)
      throw UserFacingError(
        .usage, attempted: attempted, reason: "there is no storage \(query) on \(node.name)",
        advice: "for disks there are \(fit.joined(separator: ", "))")
    }
    guard storage.available else {
      throw UserFacingError(
        .unreachable, attempted: attempted, reason: "storage \(query) is not available", advice: "see list_storage")
    }
    return NewGuestPlace(picture: picture, node: node, storage: storage)
  }

  static func refuseWithoutQuorum(_ picture: ClusterSnapshot, _ attempted: String) throws(UserFacingError) {
    guard picture.quorate.value == false else { return }
    throw UserFacingError(
      .refused, attempted: attempted, reason: "the cluster has no quorum",
      advice: "nothing can be changed until enough nodes are back; see cluster_status")
  }

  /// "tank: 91 % full".
  var storageWords: String {
    let share = ToolFormat.text(storage.usage) { $0.fraction.map(ToolFormat.percentText) ?? "?" }
    return "\(storage.name) is \(share) full"
  }

  /// A change that is BLACK, since a guest of that number is there: it has no way to run.
  func refused(action: String, over guest: Guest) -> Change {
    let assessment = CallAssessment(
      tier: .black, rule: "\(guest.labelWithNode) has this vmid: nothing is ever put over an existing guest",
      target: guest.labelWithNode, targetState: guest.status.rawValue)
    return Change.impossible(action, assessment)
  }

  func change(
    _ context: ToolContext, action: String, tool: String, target: GuestPlace, change: ClusterChange, impact: [String],
    typed: String?, stateKey: String
  ) -> Change {
    let rule = TierTable.standard.rule(for: tool)
    let assessment = CallAssessment(
      tier: rule.tier, rule: rule.rule, target: "new guest \(target.vmid) on \(target.node)", targetState: "not there",
      stateKey: "none|\(stateKey)|\(storage.id)",
      plan: [
        "\(change.line) \(change.arguments.joined(separator: " "))", "follow the task to its end",
        "read guest \(target.vmid) on \(target.node)",
      ], impact: impact, undo: "remove guest \(target.vmid) by hand; Jarvis destroys none", typedWord: typed)
    return Change(
      action: action, assessment: assessment, send: context.sending(change), trace: TaskTrace(change),
      readBack: context.patience.readBack, taskPatience: context.patience.longTask,
      look: NewGuestLook(cluster: context.cluster, vmid: target.vmid).look)
  }
}

/// Looks whether a new guest is there, whole and unlocked.
struct NewGuestLook: Sendable {
  let cluster: any ClusterAPI
  let vmid: Int

  func look() async throws(ProxmoxError) -> Change.Look {
    let picture = try await cluster.refresh()
    guard picture.guests.contains(where: { $0.vmid == vmid }) else {
      return Change.Look(state: "not there", reached: false, missing: "no guest \(vmid) is to be seen")
    }
    let now = try await cluster.guestStatus(vmid)
    let lock = now.guest.lock.map { ", locked (\($0))" } ?? ""
    return Change.Look(
      state: "\(now.guest.labelWithNode), \(now.stateWords)\(lock)", reached: lock.isEmpty,
      missing: "it is there\(lock)")
  }
}

extension Change {
  /// A change that no consent can run.
  static func impossible(_ action: String, _ assessment: CallAssessment) -> Change {
    Change(
      action: action, assessment: assessment,
      send: { () async throws(ProxmoxError) in
        throw ProxmoxError(.failed, attempted: action, reason: assessment.rule)
      }, trace: TaskTrace(.wake("")), readBack: .zero,
      look: { () async throws(ProxmoxError) in Look(state: "as it was", reached: false, missing: "nothing was done") })
  }
}
