import JarvisAPI
import JarvisCluster
import JarvisSafety

/// Presses a virtual machine's reset button.
struct ResetGuestTool: ChangeTool {
  let context: ToolContext
  let name = "reset_guest"
  let summary =
    "Resets a VM as its button would: what it has not written is lost. Asks the person, who types the guest."
  let inputSchema = ToolParameter.schema([.guest])
  let typedName = "reset"
  let typedArguments = ["guest"]

  func canonical(_ arguments: JSONValue) async throws(UserFacingError) -> JSONValue {
    try await context.bound(arguments)
  }

  func prepare(_ arguments: JSONValue) async throws(UserFacingError) -> Change {
    let subject = try await GuestSubject.read(arguments["guest"]?.string ?? "", context)
    try subject.refuseUnfit(for: "reset")
    guard subject.guest.kind == .qemu else {
      throw subject.refusal(
        "reset", .refused, "it is a container, and containers have no reset",
        "reboot_guest, or stop_guest and start_guest")
    }
    guard subject.guest.status == .running || subject.guest.status == .paused else {
      throw subject.refusal("reset", .negative, "it is \(subject.guest.status.rawValue)", "start_guest starts it")
    }
    let change = ClusterChange.reset(subject.place)
    let (cluster, vmid) = (context.cluster, subject.guest.vmid)
    return Change(
      action: "reset",
      assessment: subject.assessment(
        name, plan: [change.line, "follow the task to its end", "read that it runs"],
        impact: ["whoever uses \(subject.shortName) loses it while it starts anew, and unsaved data is lost"],
        undo: "nothing to undo; what was not written to its disks stays lost", typed: true),
      send: context.sending(change), trace: TaskTrace(change), readBack: context.patience.readBack, confirmations: 2,
      look: { () async throws(ProxmoxError) in
        let now = try await cluster.guestStatus(vmid)
        let runs = now.guest.status == .running && (now.qmpStatus == nil || now.qmpStatus == "running")
        return Change.Look(state: now.stateWords, reached: runs, missing: "it is \(now.stateWords), not running")
      },
      // A reset keeps QEMU's process and uptime: that it began anew inside cannot be seen from here.
      remark: "the task's word is all that tells of the reset itself: process and uptime stay")
  }
}
