import Foundation
import JarvisAPI
import JarvisCluster
import JarvisSafety
import JarvisStorage
import Testing

@testable import JarvisTools

/// Every tool that changes something: its card, its call, and that it says done only for what was read back.
@Suite struct ChangeToolTests {
  static let guest = "/nodes/agent/lxc/102"

  /// A call of each tool with what the cluster must answer before, what makes its effect visible, and the call it sends.
  struct Case: Sendable {
    var tool: String
    var arguments: JSONValue
    var tier: SafetyTier
    var sends: String
    var typed: String?
    var answers: [String: String] = [:]
    var prepare: @Sendable (inout ScriptedCluster.World) -> Void = { _ in }
    var effect: @Sendable (inout ScriptedCluster.World) -> Void
  }

  static func snapshots(_ names: [String]) -> String {
    let rows = names.enumerated().map { #"{"name":"\#($1)","snaptime":\#(1_795_000_000 + $0)}"# }
    return #"{"data":[\#((rows + [#"{"name":"current"}"#]).joined(separator: ","))]}"#
  }

  static let services =
    #"{"data":[{"service":"chrony","state":"running","desc":"time"},{"service":"pveproxy","state":"running"}]}"#
  static let rights = #"{"data":{"/":{"Datastore.Allocate":1,"VM.Backup":1}}}"#

  static let cases: [Case] = [
    Case(
      tool: "create_snapshot", arguments: ["guest": "pihole", "name": "before"], tier: .yellow,
      sends: "POST \(guest)/snapshot snapname=before", answers: ["\(guest)/snapshot": snapshots([])],
      effect: { $0.answers["\(guest)/snapshot"] = .success(snapshots(["before"])) }),
    Case(
      tool: "delete_snapshot", arguments: ["guest": "102", "name": "old"], tier: .red,
      sends: "DELETE \(guest)/snapshot/old", typed: "pihole", answers: ["\(guest)/snapshot": snapshots(["old"])],
      effect: { $0.answers["\(guest)/snapshot"] = .success(snapshots([])) }),
    Case(
      tool: "rollback_snapshot", arguments: ["guest": "102", "name": "old"], tier: .red,
      sends: "POST \(guest)/snapshot/old/rollback", typed: "pihole", answers: ["\(guest)/snapshot": snapshots(["old"])],
      effect: {
        $0.config = ["parent": "old"]
        $0.halt(102)
      }),
    Case(
      tool: "backup_guest", arguments: ["guest": "102"], tier: .yellow,
      sends: "POST /nodes/agent/vzdump vmid=102 mode=snapshot storage=vault",
      answers: ["/nodes/agent/storage/vault/content": #"{"data":[]}"#, "/access/permissions": rights],
      effect: {
        $0.answers["/nodes/agent/storage/vault/content"] = .success(
          #"{"data":[{"volid":"vault:backup/ct/102/x","content":"backup","vmid":102,"ctime":\#(Int(noon.timeIntervalSince1970))}]}"#
        )
      }),
    Case(
      tool: "backup_guest", arguments: ["guest": "102", "mode": "stop"], tier: .red,
      sends: "POST /nodes/agent/vzdump vmid=102 mode=stop storage=vault",
      answers: ["/nodes/agent/storage/vault/content": #"{"data":[]}"#, "/access/permissions": rights],
      effect: {
        $0.answers["/nodes/agent/storage/vault/content"] = .success(
          #"{"data":[{"volid":"vault:backup/ct/102/x","content":"backup","vmid":102,"ctime":\#(Int(noon.timeIntervalSince1970))}]}"#
        )
      }),
    Case(
      tool: "wake_node", arguments: ["node": "backup"], tier: .yellow, sends: "POST /nodes/backup/wakeonlan",
      effect: { world in for index in world.picture.nodes.indices { world.picture.nodes[index].status = .online } }),
    Case(
      tool: "restart_service", arguments: ["node": "pve", "service": "chrony"], tier: .yellow,
      sends: "POST /nodes/pve/services/chrony/restart", answers: ["/nodes/pve/services": services], effect: { _ in }),
    Case(
      tool: "restart_service", arguments: ["node": "pve", "service": "pveproxy.service"], tier: .red,
      sends: "POST /nodes/pve/services/pveproxy/restart", answers: ["/nodes/pve/services": services], effect: { _ in }),
    Case(
      tool: "reset_guest", arguments: ["guest": "truenas"], tier: .red, sends: "POST /nodes/pve/qemu/101/status/reset",
      typed: "truenas", effect: { _ in }),
    Case(
      tool: "migrate_guest", arguments: ["guest": "102", "node": "pve"], tier: .red,
      sends: "POST \(guest)/migrate target=pve restart=1",
      answers: ["\(guest)/migrate": #"{"data":{"running":1,"local_disks":[],"local_resources":[]}}"#],
      effect: { $0.update(102) { $0.guest.node = "pve" } }),
    Case(
      tool: "restore_backup",
      arguments: ["volid": "vault:backup/ct/102/x", "vmid": 300, "storage": "tank", "node": "pve"], tier: .red,
      sends: "POST /nodes/pve/lxc vmid=300 ostemplate=vault:backup/ct/102/x restore=1 storage=tank unique=1",
      typed: "300",
      answers: ["/nodes/pve/storage/vault/content": #"{"data":[{"volid":"vault:backup/ct/102/x","vmid":102}]}"#],
      effect: { $0.bear(300, on: "pve") }),
    Case(
      tool: "clone_guest", arguments: ["guest": "web-1", "name": "web-9", "newid": 300], tier: .red,
      sends: "POST /nodes/agent/lxc/103/clone newid=300 hostname=web-9 full=1", effect: { $0.bear(300, on: "agent") }),
    Case(
      tool: "create_guest",
      arguments: [
        "type": "lxc", "name": "new", "node": "pve", "storage": "tank", "vmid": 300,
        "template": "local:vztmpl/debian.tar.zst",
      ], tier: .red,
      sends:
        "POST /nodes/pve/lxc vmid=300 cores=2 memory=2048 hostname=new ostemplate=local:vztmpl/debian.tar.zst rootfs=tank:16 unprivileged=1 net0=name=eth0,bridge=vmbr0,ip=dhcp",
      effect: { $0.bear(300, on: "pve") }),
    Case(
      tool: "set_guest_config", arguments: ["guest": "102", "changes": ["memory": 1024, "onboot": true]], tier: .red,
      sends: "PUT \(guest)/config memory=1024 onboot=1 digest=0a",
      prepare: { $0.config = ["memory": 512, "digest": "0a"] },
      effect: { $0.config = ["memory": 1024, "onboot": 1, "digest": "0b"] }),
  ]

  private func fixture(_ row: Case, works: Bool) async throws -> ToolsFixture {
    let cluster = ScriptedCluster()
    cluster.change { world in
      world.picture.storages.append(
        Storage(name: "vault", node: "agent", shared: true, plugin: "pbs", content: ["backup"], seenAt: noon))
      for (path, body) in row.answers { world.answers[path] = .success(body) }
      row.prepare(&world)
      if works { world.onChange = { world, _ in row.effect(&world) } }
    }
    return try await ToolsFixture(cluster)
  }

  @Test("FOUND-01 TEST-10 each change asks with its plan, sends one call and says done after reading it back")
  func works() async throws {
    for row in Self.cases {
      let fixture = try await fixture(row, works: true)
      let (outcome, card, _) = try await fixture.decide(row.tool, row.arguments) {
        .approve(hash: $0.callHash, typed: row.typed)
      }
      let shown = try #require(card, "\(row.tool): \(outcome.content)")
      #expect(shown.tier == row.tier && !shown.impact.isEmpty && !shown.undo.isEmpty, "\(row.tool)")
      #expect(
        shown.plan.contains { $0.hasPrefix(String(row.sends.prefix { $0 != " " })) } || row.tool == "set_guest_config")
      if row.typed != nil { #expect(shown.consent != .capitalYes, "\(row.tool) is typed") }
      #expect(fixture.cluster.world.actions == [row.sends], "\(row.tool)")
      #expect(!outcome.isError, "\(row.tool): \(outcome.content)")
      let content = try fixture.json(outcome)
      #expect(content["verified"] == true && content["done"] == true && content["state"]?.string?.isEmpty == false)
      try await fixture.store.close()
    }
  }

  @Test("FOUND-01 no change is called done whose effect was not seen or whose task failed")
  func unseen() async throws {
    for row in Self.cases where !["restart_service", "reset_guest"].contains(row.tool) {
      let fixture = try await fixture(row, works: false)
      let (outcome, _, _) = try await fixture.decide(row.tool, row.arguments) {
        .approve(hash: $0.callHash, typed: row.typed)
      }
      #expect(outcome.isError, "\(row.tool): \(outcome.content)")
      #expect(try fixture.json(outcome)["verified"] == false, "\(row.tool)")
      try await fixture.store.close()
    }
    for row in Self.cases where !["wake_node", "set_guest_config"].contains(row.tool) {
      let fixture = try await fixture(row, works: true)
      fixture.cluster.change { $0.outcome = .success(.failed("it broke")) }
      let (outcome, _, _) = try await fixture.decide(row.tool, row.arguments) {
        .approve(hash: $0.callHash, typed: row.typed)
      }
      #expect(outcome.isError && outcome.content.contains("it broke"), "\(row.tool): \(outcome.content)")
      try await fixture.store.close()
    }
  }

  @Test("FOUND-01 without quorum, on an offline node and under a lock nothing is asked, and the reason is named")
  func unfit() async throws {
    for row in Self.cases where row.tool != "wake_node" {
      let fixture = try await fixture(row, works: true)
      fixture.cluster.change { $0.picture.quorate = .known(false) }
      let outcome = await fixture.call(row.tool, row.arguments)
      #expect(outcome.error?.reason.contains("no quorum") == true, "\(row.tool): \(outcome.content)")
      fixture.cluster.change {
        $0.picture.quorate = .known(true)
        for vmid in [101, 102, 103] { $0.update(vmid) { $0.guest.lock = "backup" } }
      }
      if row.arguments["guest"] != nil {
        let locked = await fixture.call(row.tool, row.arguments)
        #expect(locked.error?.reason.contains("locked (backup)") == true, "\(row.tool): \(locked.content)")
      }
      #expect(fixture.cluster.world.actions.isEmpty)
      try await fixture.store.close()
    }
  }

  @Test("FOUND-01 nothing is restored or created over a guest that is there: BLACK, whoever asks")
  func neverOver() async throws {
    for row in Self.cases where ["restore_backup", "create_guest"].contains(row.tool) {
      let fixture = try await fixture(row, works: true)
      var arguments = row.arguments.object ?? [:]
      arguments["vmid"] = 102
      let outcome = await fixture.call(row.tool, .object(arguments))
      #expect(outcome.activity.tier == .black && outcome.isError && outcome.content.contains("pihole (102)"))
      #expect(fixture.cluster.world.actions.isEmpty)
      try await fixture.store.close()
    }
  }

  @Test("FOUND-01 every tool but run_command that changes something goes through the one runner")
  func oneRunner() async throws {
    let fixture = try await ToolsFixture()
    for tool in fixture.tools where !tool.readsOnly {
      #expect(tool is any ChangeTool || tool is GuestPowerTool || tool is RunCommandTool, "\(tool.name)")
    }
    try await fixture.store.close()
  }

  @Test("FOUND-01 settings: an allow-list, old and new on the card, the undo is the old values, and the digest is sent")
  func settings() async throws {
    let row = try #require(Self.cases.first { $0.tool == "set_guest_config" })
    let fixture = try await fixture(row, works: true)
    let card = try await fixture.tool("set_guest_config").assess(row.arguments)
    #expect(card.plan.prefix(2) == ["memory: 512 → 1024", "onboot: not set → 1"])
    #expect(card.undo == #"set_guest_config 102 {"memory": "512", "onboot": null}"#)
    #expect(card.snapshotOffer?.words == "a snapshot of pihole (102) first")
    #expect(card.impact.contains { $0.contains("memory may take effect only at the next start") })
    for (changes, words) in [
      (["hookscript": "local:x"], "none of the settings"), (["net0": "x"], "none of the settings"),
      (["cores": "many"], "cannot be"), (["protection": false], "not taken away"), (["memory": 512], "already"),
      (["balloon": 0], "none of the settings"),
    ] as [(JSONValue, String)] {
      let outcome = await fixture.call("set_guest_config", ["guest": "102", "changes": changes])
      #expect(outcome.error?.reason.contains(words) == true, "\(changes.text): \(outcome.content)")
    }
    fixture.cluster.change { $0.config["digest"] = "0c" }
    #expect(try await fixture.tool("set_guest_config").assess(row.arguments).stateKey != card.stateKey)
    try await fixture.store.close()
  }

  @Test("FOUND-01 moving says what is copied, that a container restarts, and why it cannot be")
  func migration() async throws {
    let row = try #require(Self.cases.first { $0.tool == "migrate_guest" })
    let fixture = try await fixture(row, works: true)
    let card = try await fixture.tool("migrate_guest").assess(row.arguments)
    #expect(card.impact.contains { $0.contains("moves by a restart") } && card.undo == "/migrate 102 agent")
    func check(_ body: String) { fixture.cluster.change { $0.answers["\(Self.guest)/migrate"] = .success(body) } }
    check(#"{"data":{"running":1,"local_disks":[{"volid":"local:1","size":1073741824}],"local_resources":[]}}"#)
    let disks = try await fixture.tool("migrate_guest").assess(row.arguments)
    #expect(disks.impact.contains { $0.contains("local:1 (1.0 GiB)") })
    check(
      #"{"data":{"running":1,"local_disks":[],"local_resources":[],"allowed_nodes":["x"],"not_allowed_nodes":{"pve":{"unavailable_storages":["ssd"]}}}}"#
    )
    #expect(await fixture.call("migrate_guest", row.arguments).error?.reason.contains("lacks the storage ssd") == true)
    check(#"{"data":{"running":1,"local_disks":[],"local_resources":["hostpci0"]}}"#)
    #expect(await fixture.call("migrate_guest", row.arguments).error?.reason.contains("hostpci0") == true)
    // Proxmox VE 8 has no such question for containers.
    fixture.cluster.change { $0.answers["\(Self.guest)/migrate"] = nil }
    #expect(try await fixture.tool("migrate_guest").assess(row.arguments).tier == .red)
    #expect(await fixture.call("migrate_guest", ["guest": "102", "node": "backup"]).error?.kind == .unreachable)
    try await fixture.store.close()
  }
}

extension ScriptedCluster.World {
  /// A new, stopped guest appears.
  mutating func bear(_ vmid: Int, on node: String) {
    let guest = Guest(vmid: vmid, name: "new", kind: .lxc, node: node, status: .stopped, seenAt: noon)
    details[vmid] = GuestDetails(guest: guest)
    picture.guests.append(guest)
  }
}
