import Foundation
import JarvisAPI
import JarvisCluster
import JarvisLock
import JarvisSSH
import JarvisSafety
import JarvisStorage
import JarvisTestSupport
import Testing

@testable import JarvisTools

/// A shell on every node that answers from a table, and remembers what it was asked.
final class ScriptedShell: NodeShell, Sendable {
  private let answers: [String: ShellResult]
  private let asked = Guarded<[String]>([])
  init(_ answers: [String: ShellResult]) { self.answers = answers }

  var commands: [String] { asked.withLock { $0 } }

  func execute(_ command: String, on node: String, limits: ShellLimits) throws(UserFacingError) -> ShellResult {
    asked.withLock { $0.append("\(node): \(command)") }
    guard let found = answers.first(where: { "\(node): \(command)".contains($0.key) }) else {
      throw UserFacingError(.unreachable, attempted: "run a command on \(node)", reason: "No route to host")
    }
    return found.value
  }
}

extension ShellResult {
  static func text(_ text: String, code: Int32 = 0) -> ShellResult {
    ShellResult(standardOutput: Array(text.utf8), standardError: [], exitCode: code)
  }
}

struct ScriptedClassifier: CommandClassifier {
  func classify(_ command: String) -> CommandVerdict {
    command == "uptime"
      ? CommandVerdict(tier: .green, rule: "uptime only reads", reasons: ["uptime: reads"])
      : command.hasPrefix("rm")
        ? CommandVerdict(tier: .black, rule: "removes system paths")
        : CommandVerdict(tier: .red, rule: "not understood", alternative: "use a typed tool")
  }
}

/// Tools that look: at storages, backups, nodes and guests from inside.
@Suite struct CareToolTests {
  private static let forbidden = ProxmoxError(
    .forbidden(path: "/nodes/pve", privilege: "Sys.Modify"), attempted: "try",
    reason: "Permission check failed (/nodes/pve, Sys.Modify)")

  private func tools(
    _ answers: [String: Result<String, ProxmoxError>], shell: ScriptedShell? = nil,
    change: (inout ScriptedCluster.World) -> Void = { _ in }
  ) -> (String) throws -> any Tool {
    let cluster = ScriptedCluster()
    cluster.change {
      $0.answers = answers
      change(&$0)
    }
    let tools = StandardTools.all(
      ToolContext(
        cluster: cluster, now: { noon }, clock: SteppingClock(), timeZone: .gmt, shell: shell,
        classifier: ScriptedClassifier()))
    return { name in try #require(tools.first { $0.name == name }) }
  }

  @Test("TEST-10 services and updates; updates over SSH where the API's right is missing, and said so without it")
  func servicesAndUpdates() async throws {
    let tool = tools([
      "/nodes/pve/services": .success(
        #"{"data":[{"service":"sshd","state":"running","unit-state":"enabled"},{"service":"postfix","state":"failed","desc":"mail"}]}"#
      ),
      "/nodes/pve/apt/update": .success(#"{"data":[{"Package":"dpkg","OldVersion":"1","Version":"2"}]}"#),
    ])
    let services = try await tool("node_services").run(["node": "pve"])
    #expect(services.summary == "failed: postfix" && services.content["services"]?.array?.first?["name"] == "postfix")
    let updates = try await tool("node_updates").run(["node": "pve"])
    #expect(updates.summary == "1 update" && updates.content["source"] == "api")
    let shell = ScriptedShell([
      "apt list": .text("Listing...\nproxmox-kernel-6.17/stable 6.17.4 amd64 [upgradable from: 6.17.2]\n")
    ])
    let denied: [String: Result<String, ProxmoxError>] = ["/nodes/pve/apt/update": .failure(Self.forbidden)]
    let over = try await tools(denied, shell: shell)("node_updates").run(["node": "pve"])
    #expect(over.content["source"] == "ssh" && over.content["kernel"] == true)
    #expect(over.content["packages"]?.array == [["name": "proxmox-kernel-6.17", "old": "6.17.2", "new": "6.17.4"]])
    await #expect {
      _ = try await tools(denied)("node_updates").run(["node": "pve"])
    } throws: {
      ($0 as? UserFacingError)?.reason.hasPrefix("no right: Sys.Modify /nodes/pve") == true
    }
  }

  @Test("TEST-10 temperatures come from sensors alone; without SSH that is said")
  func temperatures() async throws {
    let json =
      #"{"coretemp-isa-0000":{"Adapter":"x","Package id 0":{"temp1_input":71.0,"temp1_max":70.0,"temp1_crit":105.0}},"nvme":{"Composite":{"temp1_input":40,"temp1_max":65261}}}"#
    let tool = tools(
      [:], shell: ScriptedShell(["pve: sensors -j": .text(json), "agent: sensors": .text("", code: 127)]))
    let report = try await tool("node_temperatures").run(["node": "pve"])
    #expect(
      report.content["hottest_celsius"] == .double(71)
        && report.content["too_hot"] == ["coretemp-isa-0000 Package id 0"])
    #expect(report.content["sensors"]?.array?.last?["high"] == .null)
    await #expect(throws: UserFacingError.self) { _ = try await tool("node_temperatures").run(["node": "agent"]) }
    await #expect {
      _ = try await tools([:])("node_temperatures").run(["node": "pve"])
    } throws: { ($0 as? UserFacingError)?.reason == "SSH is not set up" }
  }

  @Test("TEST-10 disks: health, wear, early counters; from the API, or over SSH where its right is missing")
  func disks() async throws {
    let tool = tools([
      "/nodes/pve/disks/list": .success(
        #"{"data":[{"devpath":"/dev/sda","model":"X","size":1000,"type":"ssd","health":"PASSED","wearout":93}]}"#),
      "/nodes/pve/disks/smart": .success(
        #"{"data":{"health":"PASSED","attributes":[{"id":"  5","raw":"8"},{"id":"194","raw":"41 (Min/Max 20/60)"}]}}"#),
    ])
    let report = try await tool("disk_health").run(["node": "pve"])
    let disk = report.content["disks"]?.array?.first
    #expect(disk?["wear_percent"] == 7 && disk?["celsius"] == 41 && disk?["warnings"] == ["8 reallocated sectors"])
    #expect(report.content["bad"] == ["/dev/sda"])
    let shell = ScriptedShell([
      "lsblk": .text(
        #"{"blockdevices":[{"name":"nvme0n1","size":5,"type":"disk","rota":false,"model":"K"},{"name":"a;b","type":"disk"}]}"#
      ),
      "smartctl": .text(
        #"{"smart_status":{"passed":false},"nvme_smart_health_information_log":{"percentage_used":12,"media_errors":3}}"#,
        code: 8),
    ])
    let over = try await tools(["/nodes/pve/disks/list": .failure(Self.forbidden)], shell: shell)("disk_health")
      .run(["node": "pve"])
    #expect(over.content["disks"]?.array?.count == 1 && over.content["source"] == "ssh")
    #expect(over.content["disks"]?.array?.first?["health"] == "FAILED")
  }

  @Test("TEST-10 journals of several nodes are one, by time; a dead node costs only itself and is named")
  func journal() async throws {
    let shell = ScriptedShell([
      "pve: journalctl": .text("1795435100.5 pve kernel: b\n1795435000.1 pve sshd[7]: a\n"),
      "agent: journalctl": .text("1795435050.0 agent cron[1]: m\u{1B}[31m\n"),
    ])
    let tool = tools([:], shell: shell)
    let report = try await tool("journal").run([
      "since": "2h", "unit": "a'; rm -rf /", "grep": "x.y", "priority": "err", "limit": 2,
    ])
    let lines = report.content["untrusted_text"]?.string?.split(separator: "\n") ?? []
    #expect(lines.count == 2 && lines[0].contains("agent cron") && lines[1].contains("pve kernel"))
    #expect(report.content["not_read"]?.object?.keys.sorted() == ["backup"] && report.untrusted)
    #expect(shell.commands.count == 2, "an offline node is not asked")
    let command = try #require(shell.commands.first { $0.hasPrefix("pve") })
    #expect(
      command.contains(#"-u 'a'\''; rm -rf /'"#) && command.contains(#"--grep='x\.y'"#) && command.contains("-p err"))
    let api = tools([
      "/nodes/pve/journal": .success(
        #"{"data":["s=1;i=1;b=2;m=3","Nov 23 11:00:00 pve pvedaemon[12]: hello","s=1;i=2;b=2;m=3"]}"#)
    ])
    let over = try await api("journal").run(["nodes": ["pve"], "unit": "pvedaemon"])
    #expect(over.content["untrusted_text"] == "11:00:00 pve pvedaemon[12]: hello")
  }

  @Test("TEST-10 moments as people write them")
  func moments() throws {
    let words = MomentWords(now: noon, timeZone: TimeZone(identifier: "Europe/Zurich")!)
    for (text, seconds) in [
      ("90s", -90.0), ("30m", -1_800), ("2h", -7_200), ("3 days ago", -259_200), ("12:30", -1_800), ("now", 0),
      ("2026-11-22 13:00", -86_400), ("2026-11-23", -46_800), ("today", -46_800), ("yesterday", -133_200),
      ("2026-11-23T11:00:00Z", -3_600),
    ] { #expect(try words.moment(text).timeIntervalSince(noon) == seconds, "\(text)") }
    for text in ["", "soon", "25:00", "12:99", "-5m", "99999999999999h"] {
      #expect(throws: UserFacingError.self) { try words.moment(text) }
    }
  }

  @Test("TEST-10 inside a guest: addresses, file systems, system; a missing agent is told as that")
  func inside() async throws {
    let agent = "/nodes/pve/qemu/101/agent/"
    let tool = tools([
      agent + "get-osinfo": .success(#"{"data":{"result":{"pretty-name":"Debian 13"}}}"#),
      agent + "get-host-name": .success(#"{"data":{"result":{"host-name":"nas"}}}"#),
      agent + "get-fsinfo": .success(
        #"{"data":{"result":{"error":{"desc":"The command guest-get-fsinfo has not been found"}}}}"#),
      agent + "network-get-interfaces": .success(
        #"{"data":{"result":[{"name":"eth0","ip-addresses":[{"ip-address":"10.0.0.5","prefix":24}]}]}}"#),
      "/nodes/agent/lxc/102/interfaces": .success(#"{"data":[{"name":"eth0","inet":"10.0.0.9/24"}]}"#),
    ])
    let report = try await tool("guest_agent_info").run(["guest": "truenas"])
    #expect(report.content["os"] == "Debian 13" && report.summary == "10.0.0.5/24")
    #expect(report.content["notes"]?.array?.first?.string?.contains("has not been found") == true)
    #expect(try await tool("guest_agent_info").run(["guest": "102"]).summary == "10.0.0.9/24")
    let none = ProxmoxError(.failed, attempted: "ask", reason: "No QEMU guest agent configured")
    await #expect {
      _ = try await tools([agent + "get-osinfo": .failure(none)])("guest_agent_info").run(["guest": "101"])
    } throws: { ($0 as? UserFacingError)?.advice.contains("qemu-guest-agent") == true }
    await #expect(throws: UserFacingError.self) { _ = try await tool("guest_agent_info").run(["guest": "web-1"]) }
  }

  @Test("TEST-10 HA, replication and Ceph; a cluster without Ceph has none, and that is no failure")
  func whole() async throws {
    let tool = tools([
      "/cluster/ha/status/current": .success(
        #"{"data":[{"type":"quorum","quorate":1},{"type":"service","sid":"ct:102","node":"agent","state":"error","request_state":"started"}]}"#
      ),
      "/nodes/pve/replication": .success(
        #"{"data":[{"id":"101-0","guest":101,"target":"agent","fail_count":2,"error":"x"}]}"#),
      "/cluster/ceph/status": .failure(
        ProxmoxError(.failed, attempted: "ask", reason: "binary not installed: /usr/bin/ceph-mon")),
    ])
    let ha = try await tool("ha_status").run([:])
    #expect(ha.content["in_trouble"] == ["ct:102"] && ha.content["services"]?.array?.first?["guest"] == "pihole (102)")
    let replication = try await tool("replication_status").run([:])
    #expect(replication.content["failing"] == 1)
    #expect(Set(replication.content["not_read"]?.object?.keys.map(\.self) ?? []) == ["agent", "backup"])
    #expect(try await tool("ceph_status").run([:]).content["installed"] == false)
    let sick = tools([
      "/cluster/ceph/status": .success(
        #"{"data":{"health":{"status":"HEALTH_WARN","checks":{"OSD_DOWN":{"summary":{"message":"1 osds down"}}}}}}"#)
    ])
    #expect(try await sick("ceph_status").run([:]).text == "HEALTH_WARN\nOSD_DOWN: 1 osds down")
    await #expect(throws: UserFacingError.self) {
      _ = try await tools(["/cluster/ceph/status": .failure(Self.forbidden)])("ceph_status").run([:])
    }
  }

  @Test("TEST-10 backups are as fresh as tasks and job logs tell; never is said only where it is known")
  func freshness() async throws {
    func upid(_ node: String, _ target: String, _ pid: String) -> String {
      "UPID:\(node):\(pid):00059FF9:6B03981D:vzdump:\(target):root@pam:"
    }
    func task(_ node: String, _ target: String, _ pid: String, ago: Double, _ status: String) -> String {
      let end = Int(noon.timeIntervalSince1970 - ago)
      return
        #"{"upid":"\#(upid(node, target, pid))","node":"\#(node)","type":"vzdump","id":"\#(target)","user":"root@pam","starttime":\#(end - 60),"endtime":\#(end),"status":"\#(status)"}"#
    }
    let pve = [
      task("pve", "101", "00000001", ago: 3_600, "OK"), task("pve", "100", "00000002", ago: 200_000, "OK"),
      task("pve", "100", "00000003", ago: 900, "job errors"),
    ]
    let agent = [task("agent", "", "00000004", ago: 7_200, "job errors")]
    var answers: [String: Result<String, ProxmoxError>] = [
      "/nodes/pve/tasks": .success(#"{"data":[\#(pve.joined(separator: ","))]}"#),
      "/nodes/agent/tasks": .success(#"{"data":[\#(agent.joined(separator: ","))]}"#),
      "/nodes/agent/storage/vault/content": .success(#"{"data":[]}"#),
      "/access/permissions": .success(ChangeToolTests.rights),
    ]
    func states(_ world: (inout ScriptedCluster.World) -> Void = { _ in }) async throws -> [Int: String] {
      let tool = tools(answers) {
        $0.log = [
          "INFO: Starting Backup of VM 102 (lxc)", "INFO: Finished Backup of VM 102 (00:00:09)",
          "ERROR: Backup of VM 104 failed - no space",
        ]
        $0.picture.storages = [Storage(name: "vault", node: "agent", shared: true, content: ["backup"], seenAt: noon)]
        world(&$0)
      }
      let report = try await tool("backup_freshness").run([:])
      return Dictionary(
        uniqueKeysWithValues: (report.content["guests"]?.array ?? []).map {
          ($0["vmid"]?.int ?? 0, $0["state"]?.string ?? "")
        })
    }
    #expect(
      try await states() == [100: "stale", 101: "fresh", 102: "fresh", 103: "never", 104: "never", 105: "never"])
    answers["/access/permissions"] = .success(#"{"data":{"/":{"VM.Audit":1,"Datastore.Audit":1}}}"#)
    #expect(try await states()[103] == "none_seen", "what rights hide is no never")
    answers["/access/permissions"] = .success(ChangeToolTests.rights)
    #expect(try await states { $0.picture.storages[0].available = false }[103] == "none_seen")
    answers["/nodes/agent/storage/vault/content"] = .success(
      #"{"data":[{"volid":"vault:x","content":"backup","vmid":103,"ctime":\#(Int(noon.timeIntervalSince1970) - 100)}]}"#
    )
    #expect(try await states()[103] == "fresh")
    #expect(BackupLog.results(in: ["ERROR: Backup of VM 7 failed - x - y", "noise"]) == [7: .failed("x - y")])
  }

  @Test("TEST-10 a storage's content and the list of backups, with what rights hide")
  func volumes() async throws {
    let tool = tools(
      [
        "/nodes/agent/storage/vault/content": .success(
          #"{"data":[{"volid":"vault:a","content":"backup","vmid":102,"size":1073741824,"ctime":5},{"volid":"vault:b","content":"iso","size":10}]}"#
        ),
        "/access/permissions": .success(#"{"data":{"/":{"Datastore.Audit":1}}}"#),
      ]
    ) {
      $0.picture.storages = [Storage(name: "vault", node: "agent", shared: true, content: ["backup"], seenAt: noon)]
    }
    let content = try await tool("storage_content").run(["storage": "VAULT"])
    #expect(content.summary == "2 volumes, 1.0 GiB" && content.content["volumes"]?.array?.first?["volid"] == "vault:a")
    let backups = try await tool("list_backups").run(["guest": "102"])
    #expect(backups.text.contains("no right: VM.Backup /vms/102"))
    await #expect(throws: UserFacingError.self) { _ = try await tool("storage_content").run(["storage": "nope"]) }
    let snapshots = tools([
      "/nodes/agent/lxc/102/snapshot": .success(
        #"{"data":[{"name":"a","snaptime":5,"description":"do evil"},{"name":"current"}]}"#)
    ])
    let list = try await snapshots("list_snapshots").run(["guest": "102"])
    #expect(list.untrusted && list.summary == "1 snapshot")
  }

  @Test("FOUND-01 a command has the tier of its judge; its output is untrusted, and nothing is called verified")
  func commands() async throws {
    let shell = ScriptedShell(["pve: uptime": .text(" 12:00:00 up\n"), "pve: reboot-all": .text("", code: 3)])
    let tool = try tools([:], shell: shell)("run_command")
    #expect(try await tool.assess(["node": "pve", "command": "uptime"]).tier == .green)
    let card = try await tool.assess(["node": "pve", "command": "reboot-all"])
    #expect(card.tier == .red && card.plan.first == "run on pve: reboot-all" && card.impact == ["use a typed tool"])
    #expect(try await tool.assess(["node": "pve", "command": "rm -rf /"]).tier == .black)
    let report = try await tool.run(["node": "pve", "command": "uptime"])
    #expect(report.untrusted && report.verified == nil && report.content["exit_code"] == 0)
    #expect(try await tool.run(["node": "pve", "command": "reboot-all"]).summary == "exit code 3")
    await #expect(throws: UserFacingError.self) { _ = try await tool.assess(["node": "backup", "command": "uptime"]) }
    await #expect(throws: UserFacingError.self) {
      _ = try await tools([:])("run_command").assess(["node": "pve", "command": "uptime"])
    }
    let explained = try await tools([:])("explain_command").run(["command": "rm -rf /"])
    #expect(explained.content["tier"] == "BLACK" && explained.verified == nil)
  }
}
