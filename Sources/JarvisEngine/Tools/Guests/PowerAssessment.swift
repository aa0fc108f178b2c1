import JarvisAPI
import JarvisCluster
import JarvisSafety

/// What a power action on a guest would do, in words made from data read just now. Pure.
struct PowerAssessment {
  let action: GuestAction
  let details: GuestDetails
  let picture: ClusterSnapshot

  private var guest: Guest { details.guest }

  func make() throws(UserFacingError) -> CallAssessment {
    try refuseImpossible()
    let rule = TierTable.standard.rule(for: action.toolName)
    let cutsPower = action == .stop
    return CallAssessment(
      tier: rule.tier, rule: rule.rule, target: guest.labelWithNode, targetState: details.stateWords,
      stateKey: stateKey, plan: plan, impact: impact, undo: undo,
      typedWord: cutsPower ? (guest.name.isEmpty ? String(guest.vmid) : guest.name) : nil,
      typedAlternatives: cutsPower ? [String(guest.vmid)] : [])
  }

  /// What Proxmox VE would refuse in its task, after a 200: said before anybody is asked.
  private func refuseImpossible() throws(UserFacingError) {
    if picture.quorate.value == false {
      throw refusal(
        .refused, "the cluster has no quorum", "nothing can be changed until enough nodes are back; see cluster_status")
    }
    if let node = picture.nodes.first(where: { $0.name == guest.node }), node.status == .offline {
      throw refusal(
        .unreachable, "its node \(guest.node) is offline", "see node_status; HA or a person must bring it back")
    }
    if guest.template {
      throw refusal(.refused, "it is a template, and templates do not run", "clone it and start the clone")
    }
    if let lock = guest.lock, !lock.isEmpty {
      throw refusal(
        .refused, "it is locked (\(lock))", "wait until that task has ended; see list_tasks with guest=\(guest.vmid)")
    }
    switch (action, guest.status) {
    case (.start, .running) where details.qmpStatus == nil || details.qmpStatus == "running":
      throw refusal(.negative, "it is running already", "reboot_guest restarts it")
    case (.shutdown, .stopped), (.stop, .stopped):
      throw refusal(.negative, "it is stopped already", "")
    case (.reboot, .stopped):
      throw refusal(.negative, "it is stopped", "start_guest starts it")
    default: break
    }
  }

  private func refusal(_ kind: UserFacingError.Kind, _ reason: String, _ advice: String) -> UserFacingError {
    UserFacingError(kind, attempted: "\(action.rawValue) \(guest.labelWithNode)", reason: reason, advice: advice)
  }

  /// Everything that must hold still between card and run; a new process is a new guest.
  private var stateKey: String {
    let process = details.processID.map { "\($0)" } ?? "-"
    let parts = [
      "\(guest.vmid)", guest.kind.rawValue, guest.node, guest.status.rawValue, details.qmpStatus ?? "-", process,
      guest.lock ?? "-", details.managedByHA ? "ha" : "-",
    ]
    return parts.joined(separator: "|")
  }

  private var plan: [String] {
    let path = "/nodes/\(guest.node)/\(guest.kind.rawValue)/\(guest.vmid)/status"
    let follow =
      haCarriesOut
      ? ["follow the task, which only records the wish", "read HA and guest state until the wish is reached"]
      : ["follow the task to its end"]
    return ["POST \(path)/\(action.rawValue)"] + follow + ["GET \(path)/current until \(goal) is read back"]
  }

  private var goal: String {
    switch action {
    case .start: "\"running\""
    case .shutdown, .stop: "\"stopped\""
    case .reboot: "a new start"
    }
  }

  /// Reboot is Proxmox VE's own even where HA manages the guest; the rest goes through the HA manager.
  private var haCarriesOut: Bool { details.managedByHA && action != .reboot }

  private var impact: [String] {
    var lines = [identity, consequence]
    if details.managedByHA {
      lines.append("managed by HA (\(guest.haState ?? "state unknown")): the HA manager carries the wish out")
    }
    if guest.kind == .qemu, details.agent == false, action == .shutdown || action == .reboot {
      lines.append("no guest agent is configured: it is asked by ACPI, which it may not heed in time")
    }
    if action == .start, let memory = guest.memory.value?.total, memory > 0 {
      let node = picture.nodes.first { $0.name == guest.node }
      let used = node.map { ToolFormat.text($0.memory) { $0.fraction.map(ToolFormat.percentText) ?? "?" } } ?? "?"
      let size = ToolFormat.text(Usage(used: memory, total: 0))
      lines.append("may take up to \(size) of memory on \(guest.node), where \(used) are in use")
    }
    return lines
  }

  private var identity: String {
    let kind = guest.kind == .qemu ? "virtual machine" : "container"
    let tags = guest.tags.isEmpty ? "" : ", tags: \(guest.tags.joined(separator: ", "))"
    return "\(kind) \(guest.labelWithNode), \(details.stateWords)\(tags)"
  }

  private var consequence: String {
    let name = guest.name.isEmpty ? "guest \(guest.vmid)" : guest.name
    switch action {
    case .start: return "nothing is interrupted"
    case .shutdown: return "whoever uses \(name) loses it until it is started again"
    case .reboot: return "whoever uses \(name) is interrupted while it restarts"
    case .stop: return "power is cut: whoever uses \(name) loses it at once, and unsaved data is lost"
    }
  }

  private var undo: String {
    switch action {
    case .start: "/shutdown \(guest.vmid)"
    case .shutdown: "/start \(guest.vmid)"
    case .reboot: "nothing to undo; if it does not come back: /start \(guest.vmid)"
    case .stop: "/start \(guest.vmid); what was not written to its disks stays lost"
    }
  }
}

extension GuestAction {
  /// "reboot_guest".
  var toolName: String { rawValue + "_guest" }

  /// Task types that the action makes, with the ones that only record a wish under HA.
  var taskTypes: Set<String> { ["qm\(rawValue)", "vz\(rawValue)", self == .start ? "hastart" : "hastop"] }
}
