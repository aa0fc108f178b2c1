import JarvisAPI
import JarvisCluster
import JarvisSafety

/// What a power action on a guest would do, in words made from data read just now. Pure.
struct PowerAssessment {
  let action: GuestAction
  let subject: GuestSubject

  private var guest: Guest { subject.guest }
  private var details: GuestDetails { subject.details }

  func make() throws(UserFacingError) -> CallAssessment {
    try subject.refuseUnfit(for: action.rawValue)
    try refuseIdle()
    return subject.assessment(
      action.toolName, plan: plan, impact: impact, undo: undo, typed: action == .stop)
  }

  /// A wish that is fulfilled already, or that this guest cannot fulfil.
  private func refuseIdle() throws(UserFacingError) {
    if guest.template {
      throw refusal(.refused, "it is a template, and templates do not run", "clone it and start the clone")
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
    subject.refusal(action.rawValue, kind, reason, advice)
  }

  private var plan: [String] {
    let path = "/nodes/\(guest.node)/\(guest.kind.rawValue)/\(guest.vmid)/status"
    let follow =
      haCarriesOut
      ? ["follow the task, which only records the wish", "read HA and guest state until the wish is reached"]
      : ["follow the task to its end"]
    return [ClusterChange.power(action, subject.place).line] + follow + [
      "GET \(path)/current until \(goal) is read back"
    ]
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
    var lines = [consequence]
    if guest.kind == .qemu, details.agent == false, action == .shutdown || action == .reboot {
      lines.append("no guest agent is configured: it is asked by ACPI, which it may not heed in time")
    }
    if action == .start, let memory = guest.memory.value?.total, memory > 0 {
      let node = subject.picture.nodes.first { $0.name == guest.node }
      let used = node.map { ToolFormat.text($0.memory) { $0.fraction.map(ToolFormat.percentText) ?? "?" } } ?? "?"
      let size = ToolFormat.text(Usage(used: memory, total: 0))
      lines.append("may take up to \(size) of memory on \(guest.node), where \(used) are in use")
    }
    return lines
  }

  private var consequence: String {
    let name = subject.shortName
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
}
