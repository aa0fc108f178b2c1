import Foundation
import JarvisAPI
import JarvisCluster
import JarvisSafety
import JarvisStorage
import JarvisTools
import Testing

@Suite struct PowerToolTests {
  private func report(
    _ action: GuestAction, _ vmid: Int = 102, _ change: (inout ScriptedCluster.World) -> Void
  ) async throws -> (ToolReport, ScriptedCluster.World) {
    let cluster = ScriptedCluster()
    cluster.change(change)
    let fixture = try await ToolsFixture(cluster)
    let report = try await fixture.tool(action.rawValue + "_guest").run(["guest": .string(String(vmid))])
    try await fixture.store.close()
    return (report, cluster.world)
  }

  @Test(
    "FOUND-01 a power action is verified when its task ended well and the state is what was wanted",
    arguments: GuestAction.allCases)
  func verified(action: GuestAction) async throws {
    let vmid = action == .start ? 103 : 102
    let (report, world) = try await report(action, vmid) { $0.obey() }
    #expect(report.verified == true)
    #expect(report.content["done"] == true && report.content["verified"] == true)
    #expect(report.content["task_status"] == "OK" && report.content["action"] == .string(action.rawValue))
    #expect(report.summary == (action == .start || action == .reboot ? "running, up 4 s" : "stopped"))
    #expect(report.text.contains("verified") && !report.text.contains("NOT"))
    #expect(report.content["detail"] == "", "what the state says is not said twice")
    #expect(world.actions == ["\(action.rawValue) \(vmid)"] && world.followed.count == 1)
    #expect(world.looks == 2, "the state is read twice")
  }

  @Test(
    "FOUND-01 a task that fails after its 200 is never verified, whatever the state is", arguments: GuestAction.allCases
  )
  func failedTask(action: GuestAction) async throws {
    let vmid = action == .start ? 103 : 102
    for obeys in [false, true] {
      let (report, _) = try await report(action, vmid) {
        if obeys { $0.obey() }
        $0.outcome = .success(.failed("VM is locked (backup)"))
      }
      #expect(report.verified == false && report.content["verified"] == false && report.content["done"] == false)
      #expect(report.content["task_status"] == "VM is locked (backup)")
      #expect(report.summary.contains("the task failed: VM is locked (backup)"))
      #expect(report.content["state"]?.string?.isEmpty == false)
    }
  }

  @Test("FOUND-01 warnings are a success that is told")
  func warnings() async throws {
    let (report, _) = try await report(.start, 103) {
      $0.obey()
      $0.outcome = .success(.warnings(2))
    }
    #expect(report.verified == true)
    #expect(report.summary == "running, up 4 s; the task ended with WARNINGS: 2")
    #expect(report.content["task_status"] == "WARNINGS: 2")
  }

  @Test("FOUND-01 a task that ended OK and changed nothing is not verified")
  func nothingChanged() async throws {
    for action in [GuestAction.shutdown, .stop, .reboot] {
      let (report, world) = try await report(action) { _ in }
      #expect(report.verified == false && report.content["done"] == true)
      #expect(world.looks == 30, "it is looked at until patience is over")
      if action == .reboot { #expect(report.summary.contains("no new start was seen")) }
    }
  }

  @Test("FOUND-01 a reboot is proven by a new process or an uptime that began again, not by running")
  func reboot() async throws {
    let (byUptime, _) = try await report(.reboot) { world in
      world.onAction = { world, _, vmid in world.update(vmid) { $0.guest.uptime = .known(3) } }
    }
    #expect(byUptime.verified == true)
    let (unknown, _) = try await report(.reboot) { world in
      world.update(102) {
        $0.processID = nil
        $0.guest.uptime = .unknown
      }
    }
    #expect(unknown.verified == false)
    let (paused, _) = try await report(.start, 101) { world in
      world.halt(101)
      world.onAction = { world, _, vmid in
        world.restart(vmid)
        world.update(vmid) { $0.qmpStatus = "prelaunch" }
      }
    }
    #expect(paused.verified == false && paused.summary.contains("prelaunch"))
  }

  @Test("FOUND-01 a guest that dies right after its start is not verified")
  func diesAgain() async throws {
    let (report, _) = try await report(.start, 103) { world in
      world.obey()
      world.onLook = { world, look in if look == 2 { world.halt(103) } }
    }
    #expect(report.verified == false && report.summary.contains("stopped"))
  }

  @Test("FOUND-01 a state that comes late is waited for, through failing looks")
  func late() async throws {
    let (report, world) = try await report(.shutdown) { world in
      world.onLook = { world, look in
        world.statusError = look < 10 ? ProxmoxError(.timeout, attempted: "read", reason: "timed out") : nil
        if look == 20 { world.halt(102) }
      }
    }
    // The first look is the one before the action, and no action had been asked for then.
    #expect(report.verified == true && world.looks == 21)
  }

  @Test("FOUND-01 under HA the wish is waited for, longer than a task, and HA's giving up ends it")
  func highAvailability() async throws {
    func managed(_ world: inout ScriptedCluster.World) {
      world.update(102) {
        $0.managedByHA = true
        $0.guest.haState = "started"
      }
    }
    let (reached, world) = try await report(.shutdown) { world in
      managed(&world)
      world.onLook = { world, look in if look == 100 { world.halt(102) } }
    }
    #expect(reached.verified == true && world.looks == 101)
    let (never, _) = try await report(.shutdown) { managed(&$0) }
    #expect(never.verified == false && never.summary.contains("the wish was recorded for HA; it is still running"))
    let (error, looks) = try await report(.stop) { world in
      managed(&world)
      world.onLook = { world, look in if look == 5 { world.update(102) { $0.guest.haState = "error" } } }
    }
    #expect(error.verified == false && error.summary.contains("HA has given up") && looks.looks == 5)
  }

  @Test("FOUND-01 a lost answer is never asked again: its task is looked for, and else nobody knows")
  func lostAnswer() async throws {
    let lost = ProxmoxError(.timeout, attempted: "reboot guest 102", reason: "timed out after 10 s")
    let (found, world) = try await report(.reboot) { world in
      world.obey()
      world.answer = .failure(lost)
      world.tasks.insert(
        ClusterTask(
          upid: "UPID:agent:00000300:00059FF9:6B039820:vzreboot:102:root@pam!jarvis:", node: "agent", type: "vzreboot",
          target: "102", user: "root@pam!jarvis", startedAt: noon + 1, outcome: .running), at: 0)
    }
    #expect(found.verified == true && found.summary.contains("the answer was lost"))
    #expect(world.actions.count == 1 && world.followed.map(\.processID) == [0x300])
    // Neither another user's task, nor one that was known before, nor one of another time is taken for it.
    for (user, start, isKnown) in [
      ("bob@pam", 1.0, false), ("root@pam", 1, false), ("root@pam!jarvis", -3_600, false),
      ("root@pam!jarvis", 3_600, false), ("root@pam!jarvis", -5, true),
    ] {
      let (foreign, left) = try await report(.reboot) { world in
        world.obey()
        world.answer = .failure(lost)
        let task = ClusterTask(
          upid: "UPID:agent:00000301:00059FF9:6B039820:vzreboot:102:\(user):", node: "agent", type: "vzreboot",
          target: "102", user: user, startedAt: noon + start, outcome: .ok)
        world.tasks.insert(task, at: 0)
        if isKnown { world.picture.tasks.insert(task, at: 0) }
      }
      #expect(foreign.verified == false && left.followed.isEmpty, "\(user) \(start)")
    }
    let (unknown, other) = try await report(.shutdown) {
      $0.obey()
      $0.answer = .failure(lost)
    }
    #expect(unknown.verified == false && unknown.content["task_status"] == "unknown" && other.actions.count == 1)
    #expect(unknown.summary.contains("nobody knows how the task ended; it is stopped"))
    let (unfollowed, _) = try await report(.shutdown) {
      $0.obey()
      $0.outcome = .failure(lost)
    }
    #expect(unfollowed.verified == false && unfollowed.summary.contains("could not be followed"))
    let (running, _) = try await report(.shutdown) {
      $0.outcome = .success(.running)
    }
    #expect(running.verified == false && running.summary.contains("still running"))
  }

  @Test("FOUND-01 what Proxmox VE refuses is told in its words")
  func refusedCall() async throws {
    await #expect {
      _ = try await report(.shutdown) {
        $0.answer = .failure(
          ProxmoxError(
            .forbidden(path: "/vms/102", privilege: "VM.PowerMgmt"), attempted: "shutdown guest 102",
            reason: "Permission check failed (/vms/102, VM.PowerMgmt)"))
      }
    } throws: { error in
      let error = error as? UserFacingError
      return error?.reason.contains("VM.PowerMgmt") == true && error?.advice.isEmpty == false
    }
  }

  @Test("FOUND-01 what cannot work is refused before anybody is asked")
  func upFront() async throws {
    typealias Change = (inout ScriptedCluster.World) -> Void
    let cases: [(tool: String, guest: String, kind: UserFacingError.Kind, words: String, change: Change)] = [
      ("start_guest", "web-1", .refused, "no quorum", { $0.picture.quorate = .known(false) }),
      ("start_guest", "web-1", .refused, "locked (backup)", { $0.update(103) { $0.guest.lock = "backup" } }),
      ("start_guest", "web-1", .refused, "template", { $0.update(103) { $0.guest.template = true } }),
      ("start_guest", "win11", .unreachable, "node backup is offline", { _ in }),
      ("start_guest", "pihole", .negative, "running already", { _ in }),
      ("shutdown_guest", "web-1", .negative, "stopped already", { _ in }),
      ("stop_guest", "web-1", .negative, "stopped already", { _ in }),
      ("reboot_guest", "web-1", .negative, "it is stopped", { _ in }),
      ("stop_guest", "pihol3", .usage, "no such guest", { _ in }),
      (
        "stop_guest", "web", .usage, "more than one guest could be meant: web-1 (103) on agent, web-2 (104) on agent",
        { _ in }
      ),
    ]
    for row in cases {
      let cluster = ScriptedCluster()
      cluster.change(row.change)
      let fixture = try await ToolsFixture(cluster)
      let outcome = await fixture.call(row.tool, ["guest": .string(row.guest)])
      #expect(outcome.isError && outcome.error?.kind == row.kind, "\(row.tool) \(row.guest): \(outcome.content)")
      #expect(outcome.error?.reason.contains(row.words) == true, "\(outcome.content)")
      #expect(await fixture.gate.approvals.isEmpty)
      #expect(cluster.world.actions.isEmpty)
      try await fixture.store.close()
    }
  }

  @Test("FOUND-01 a paused VM can be started, which resumes it")
  func paused() async throws {
    let cluster = ScriptedCluster()
    cluster.change { $0.update(101) { $0.qmpStatus = "paused" } }
    let fixture = try await ToolsFixture(cluster)
    #expect(try await fixture.tool("start_guest").assess(["guest": "truenas"]).targetState == "paused, up 3 d 3 h")
    try await fixture.store.close()
  }

  @Test("FOUND-01 the card tells what will happen, who notices and what brings it back, from data read just then")
  func card() async throws {
    let cluster = ScriptedCluster()
    let fixture = try await ToolsFixture(cluster)
    let reboot = try await fixture.tool("reboot_guest").assess(["guest": "PiHole"])
    #expect(cluster.world.refreshes == 1)
    #expect(reboot.tier == .red && reboot.target == "pihole (102) on agent" && reboot.typedWord == nil)
    #expect(reboot.targetState == "running, up 3 d 3 h")
    #expect(reboot.plan.first == "POST /nodes/agent/lxc/102/status/reboot" && reboot.plan.count == 3)
    #expect(reboot.impact.first == "container pihole (102) on agent, running, up 3 d 3 h, tags: dns")
    #expect(reboot.undo.contains("/start 102"))
    let stop = try await fixture.tool("stop_guest").assess(["guest": "102"])
    #expect(stop.typedWord == "pihole" && stop.typedAlternatives == ["102"])
    #expect(stop.impact.contains { $0.contains("unsaved data is lost") })
    let start = try await fixture.tool("start_guest").assess(["guest": "103"])
    #expect(start.tier == .yellow && start.impact.contains { $0.contains("2.0 GiB of memory on agent, where 38 %") })
    // An uptime that moves on changes nothing that consent is bound to; a new process does.
    cluster.change { $0.update(102) { $0.guest.uptime = .known(270_400) } }
    #expect(try await fixture.tool("reboot_guest").assess(["guest": "102"]).stateKey == reboot.stateKey)
    cluster.change { $0.restart(102) }
    #expect(try await fixture.tool("reboot_guest").assess(["guest": "102"]).stateKey != reboot.stateKey)
    cluster.change {
      $0.update(102) {
        $0.managedByHA = true
        $0.guest.haState = "started"
      }
      $0.update(101) { $0.agent = false }
    }
    let managed = try await fixture.tool("shutdown_guest").assess(["guest": "102"])
    #expect(managed.plan.contains { $0.contains("wish") } && managed.impact.contains { $0.contains("HA (started)") })
    let agentless = try await fixture.tool("shutdown_guest").assess(["guest": "101"])
    #expect(agentless.impact.contains { $0.contains("ACPI") })
    try await fixture.store.close()
  }
}
