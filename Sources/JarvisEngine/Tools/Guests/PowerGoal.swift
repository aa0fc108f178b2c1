import JarvisAPI
import JarvisCluster

/// What must be read from a guest before a power action may be called done. Pure.
struct PowerGoal {
  let action: GuestAction
  /// The guest as it was right before the action.
  let before: GuestDetails

  func look(at now: GuestDetails) -> Change.Look {
    Change.Look(
      state: now.stateWords, reached: isReached(by: now), missing: missing(in: now),
      hopeless: now.guest.haState == "error")
  }

  func isReached(by now: GuestDetails) -> Bool {
    switch action {
    case .start: runs(now)
    case .shutdown, .stop: now.guest.status == .stopped
    case .reboot: runs(now) && isNewStart(now)
    }
  }

  /// What was not seen, in words, where the goal is not reached.
  func missing(in now: GuestDetails) -> String {
    switch action {
    case .start: "it is \(now.stateWords), not running"
    case .shutdown, .stop: "it is still \(now.stateWords)"
    case .reboot: runs(now) ? "no new start was seen: it is \(now.stateWords)" : "it is \(now.stateWords), not running"
    }
  }

  private func runs(_ now: GuestDetails) -> Bool {
    // QEMU can be up and not run: paused, prelaunch, internal-error.
    now.guest.status == .running && (now.qmpStatus == nil || now.qmpStatus == "running")
  }

  /// A reboot by Proxmox VE ends the guest's process and starts another; running alone proves nothing.
  private func isNewStart(_ now: GuestDetails) -> Bool {
    if let old = before.processID, let new = now.processID, old != new { return true }
    guard let old = before.guest.uptime.value, let new = now.guest.uptime.value else { return false }
    return new < old
  }
}
