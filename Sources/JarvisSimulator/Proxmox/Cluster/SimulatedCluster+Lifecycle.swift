extension SimulatedCluster {
  /// Starts the task of a lifecycle call. As in Proxmox, nearly all that can go wrong goes wrong in the task:
  /// a missing, locked or template guest still answers with a UPID.
  /// - Parameters:
  ///   - timeout: seconds that a shutdown or reboot waits for the guest.
  ///   - forceStop: true to stop it hard when that time is over.
  ///   - skipLock: true to act although the guest is locked.
  /// - Returns: the UPID.
  mutating func call(
    _ call: GuestCall, vmid: Int, kind: GuestConfiguration.Kind, node: String, user: String, timeout: Double? = nil,
    forceStop: Bool = false, skipLock: Bool = false
  ) throws(CallRefused) -> String {
    let type = call.taskType(kind)
    guard let guest = guests[vmid], guest.node == node, guest.kind == kind else {
      let folder = kind == .qemu ? "qemu-server" : "lxc"
      return begin(
        type, target: "\(vmid)", on: node, user: user, seconds: 0,
        failure: "Configuration file 'nodes/\(node)/\(folder)/\(vmid).conf' does not exist")
    }
    try refuse(call, guest)
    if guest.configuration.highlyAvailable, user != Self.manager, [.start, .shutdown, .stop].contains(call) {
      return begin(
        call == .start ? "hastart" : "hastop", target: "\(vmid)", on: node, user: user, seconds: 1,
        effect: .wish(vmid, runs: call == .start),
        lines: ["Requesting HA \(call.rawValue) for \(guest.kind == .qemu ? "VM" : "CT") \(vmid)"])
    }
    if let failure = fault(call, guest, skipLock: skipLock) {
      return begin(type, target: "\(vmid)", on: node, user: user, seconds: 0, failure: failure)
    }
    var seconds = call.seconds(kind) * (0.8 + random.unit() * 0.4)
    var failure: String?
    if call == .shutdown || call == .reboot, guest.power != .stopped, guest.configuration.ignoresShutdown {
      seconds = timeout ?? (kind == .qemu ? 180 : 60)
      if !forceStop {
        failure = kind == .qemu ? "VM quit/powerdown failed - got timeout" : "command 'lxc-stop' failed: got timeout"
      }
    }
    return begin(
      type, target: "\(vmid)", on: node, user: user, seconds: seconds, failure: failure, effect: effect(call, guest))
  }

  /// Who HA acts as.
  static let manager = "root@pam"

  /// The HA manager does what was wished, by a task of its own.
  mutating func carryOutWish(_ vmid: Int, runs: Bool) {
    guard let guest = guests[vmid] else { return }
    guests[vmid]?.wished = runs
    let call: GuestCall = runs ? .start : .shutdown
    guard (guest.power == .stopped) == runs else { return }
    // What the guest itself refuses stands in the log of HA's own task.
    _ = try? self.call(call, vmid: vmid, kind: guest.kind, node: guest.node, user: Self.manager)
  }

  /// What is refused with 500 before a task exists.
  private func refuse(_ call: GuestCall, _ guest: GuestState) throws(CallRefused) {
    let running = guest.power != .stopped
    switch (guest.kind, call) {
    case (.lxc, .start) where running: throw CallRefused(text: "CT \(guest.vmid) already running")
    case (.lxc, .stop) where !running, (.lxc, .shutdown) where !running, (.lxc, .reboot) where !running:
      throw CallRefused(text: "CT \(guest.vmid) not running")
    case (.qemu, .reboot) where !running: throw CallRefused(text: "VM \(guest.vmid) not running")
    default: break
    }
  }

  /// What a task finds wrong as soon as it looks.
  private func fault(_ call: GuestCall, _ guest: GuestState, skipLock: Bool) -> String? {
    let word = guest.kind == .qemu ? "VM" : "CT"
    if let lock = guest.lock, !skipLock { return "\(word) is locked (\(lock))" }
    switch call {
    case .start:
      if guest.configuration.template {
        return guest.kind == .qemu
          ? "you can't start a vm if it's a template" : "you can't start a CT if it's a template"
      }
      return guest.power == .stopped ? nil : "\(word) \(guest.vmid) already running"
    case .suspend, .resume, .reset:
      return guest.power == .stopped ? "\(word) \(guest.vmid) not running" : nil
    case .shutdown, .reboot, .stop:
      return nil
    }
  }

  private func effect(_ call: GuestCall, _ guest: GuestState) -> TaskState.Effect {
    switch call {
    case .start: .start(guest.vmid)
    case .shutdown, .stop: guest.power == .stopped ? .none : .stop(guest.vmid)
    case .reboot, .reset: .restart(guest.vmid)
    case .suspend: .pause(guest.vmid)
    case .resume: .resume(guest.vmid)
    }
  }
}
