import Foundation
import JarvisAPI
import JarvisStorage
import JarvisTestSupport
import Testing

@testable import JarvisSafety

/// Self-preservation and `protected:`, as a pure function and at the gate.
@Suite struct ProtectionTests {
  static let home = Home(
    place: .guest(vmid: 100, node: "pve", isContainer: false), storages: ["local-zfs"], bridges: ["vmbr0"],
    modelHost: .guest(vmid: 110, node: "home", isContainer: true), confirmedAt: noon)

  private func objection(
    _ call: GatedCall, home: HomeStanding = .known(Self.home), protected: Policy.Protected = .init()
  ) -> String? {
    Protection(home: home, protected: protected).objection(to: call) { vmid in
      [100: ("jarvis", false), 110: ("qwen", true), 102: ("pihole", true)][vmid]
    }
  }

  static let cutting: [GatedCall] = [
    call("stop_guest", ["guest": "100"]), call("shutdown_guest", ["guest": .int(100)]),
    call("reset_guest", ["guest": "100"]),
    call("reboot_guest", ["guest": "100"]), call("rollback_snapshot", ["guest": "100", "name": "x"]),
    call("set_guest_config", ["guest": "100"]), call("stop_guest", ["guests": ["102", "100"]]),
    call("backup_guest", ["guest": "100", "mode": "stop"]), call("migrate_guest", ["guest": "100", "online": false]),
    call("migrate_guest", ["guest": "110"]), call("stop_guest", ["guest": "110"]),
    call("reboot_node", ["node": "pve"]), call("shutdown_node", ["node": "home"]),
    call("restart_service", ["node": "pve", "service": "networking.service"]),
    call("restart_service", ["node": "pve", "service": "pve-cluster"]),
    call("run_command", ["node": "agent", "command": "q'm' stop \"100\" --skiplock"]),
    call("run_command", ["node": "pve", "command": "pvesh create /nodes/pve/qemu/100/status/stop"]),
    call("run_command", ["node": "home", "command": "/usr/sbin/pct shutdown 110"]),
    call("run_command", ["node": "pve", "command": "zfs destroy -r local-zfs/x"]),
    call("run_command", ["node": "pve", "command": "ip link set vmbr0 down"]),
  ]

  @Test("FOUND-01 what would cut Jarvis's own legs is BLACK", arguments: cutting)
  func ownLegs(_ call: GatedCall) {
    #expect(objection(call)?.contains("Jarvis") == true || objection(call)?.contains("local model") == true)
  }

  @Test(
    "FOUND-01 what does not cut them is left alone",
    arguments: [
      call("start_guest", ["guest": "100"]), call("create_snapshot", ["guest": "100"]),
      call("stop_guest", ["guest": "102"]),
      call("backup_guest", ["guest": "100", "mode": "snapshot"]), call("migrate_guest", ["guest": "100"]),
      call("reboot_node", ["node": "backup"]), call("restart_service", ["node": "pve", "service": "nginx"]),
      call("run_command", ["node": "pve", "command": "qm stop 1000"]),
      call("run_command", ["node": "agent", "command": "ip link set vmbr0 down"]),
      call("run_command", ["node": "pve", "command": "sleep 100"]),
    ])
  func others(_ call: GatedCall) {
    #expect(objection(call) == nil)
  }

  @Test("FOUND-01 what the policy protects is BLACK: guests by number and name, nodes, services on any node")
  func protected() {
    var protected = Policy.Protected()
    protected.guests = [105]
    protected.guestNames = ["pihole"]
    protected.nodes = ["backup"]
    protected.services = ["nginx"]
    for cut in [
      call("stop_guest", ["guest": "105"]), call("stop_guest", ["guest": "102"]),
      call("reboot_node", ["node": "backup"]),
      call("restart_service", ["node": "agent", "service": "nginx.service"]),
      call("run_command", ["node": "x", "command": "systemctl stop nginx"]),
      call("run_command", ["node": "x", "command": "pct stop 102"]),
    ] {
      #expect(objection(cut, home: .unknown("-"), protected: protected)?.contains("policy") == true, "\(cut)")
    }
    #expect(objection(call("stop_guest", ["guest": "103"]), home: .unknown("-"), protected: protected) == nil)
  }

  @Test("FOUND-01 at the gate it is refused as BLACK whoever asks, and what the tool itself declares counts, too")
  func atTheGate() async throws {
    let fixture = try await GateFixture(context: GateContext(home: { .known(Self.home) }))
    for caller in Caller.allCases {
      let outcome = await fixture.send(call("stop_guest", ["guest": "100"], by: caller), target: assessment(.red))
      #expect(outcome.refusal?.kind == .black && outcome.refusal?.advice.isEmpty == false)
      #expect(try await fixture.records.latest().first?.tier == .black)
    }
    let declared = assessment(.red)
    declared.change { $0.cuts = [.storage("local-zfs")] }
    #expect(await fixture.send(call("delete_snapshot"), target: declared).refusal?.kind == .black)
    #expect(await fixture.send(call("guest_status", ["guest": "100"]), target: assessment(.green)).hasRun)
    try await fixture.store.close()
  }

  @Test("FOUND-01 with an unknown home nothing acts by itself, and a node made milder by the policy stays BLACK")
  func unknownHome() async throws {
    let policy = try PolicyFile(path: "p").parse("tools: {reboot_node: red}")
    let fixture = try await GateFixture(rules: SafetyRules(policy: policy))
    var act = call("start_guest", by: .runbook)
    act.runbook = .init(runbook: "book", autonomy: .act, enabled: true)
    #expect(await fixture.send(act, target: assessment(.yellow)).refusal?.kind == .homeUnknown)
    #expect(await fixture.send(call("reboot_node", ["node": "pve"]), target: assessment(.red)).refusal?.kind == .black)
    let (_, task) = try await fixture.ask(call("start_guest"), target: assessment(.yellow))
    task.cancel()
    _ = await task.value
    try await fixture.store.close()
    let known = try await GateFixture(
      rules: SafetyRules(policy: policy), context: GateContext(home: { .known(Self.home) }))
    #expect(await known.send(call("reboot_node", ["node": "pve"]), target: assessment(.red)).refusal?.kind == .black)
    let (card, second) = try await known.ask(call("reboot_node", ["node": "agent"]), target: assessment(.red))
    #expect(card.tier == .red)
    second.cancel()
    _ = await second.value
    #expect(await known.send(act, target: assessment(.yellow)).hasRun)
    #expect(try await known.records.latest().first?.authority == "runbook book")
    try await known.store.close()
  }

  @Test("FOUND-01 without quorum nothing is changed, with that reason; reading goes on")
  func quorum() async throws {
    let quorate = Mutable<Bool?>(true)
    let fixture = try await GateFixture(context: GateContext(quorate: { quorate.value }))
    let (card, task) = try await fixture.ask(call("start_guest"), target: assessment(.yellow))
    quorate.change { $0 = false }
    try await fixture.approve(card)
    #expect(await task.value.refusal?.kind == .noQuorum)
    let outcome = await fixture.send(call("start_guest"), target: assessment(.yellow))
    #expect(outcome.refusal?.reason.contains("quorum") == true)
    #expect(await fixture.send(call("list_guests"), target: assessment(.green)).hasRun)
    try await fixture.store.close()
  }

  @Test("TEST-03 the gate classes a command itself: a tool that calls it mild does not lower it")
  func classified() async throws {
    let fixture = try await GateFixture(
      context: GateContext(classify: {
        CommandReading(tier: $0.hasPrefix("rm") ? .black : .green, rule: "rule of \($0.prefix(2))")
      }))
    let bad = await fixture.send(call("run_command", ["node": "x", "command": "rm -rf /"]), target: assessment(.green))
    #expect(bad.refusal?.kind == .black && bad.refusal?.reason == "rule of rm")
    #expect(await fixture.send(call("run_command", ["node": "x", "command": "ls"]), target: assessment(.green)).hasRun)
    try await fixture.store.close()
  }
}
