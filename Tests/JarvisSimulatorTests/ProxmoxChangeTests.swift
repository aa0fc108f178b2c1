import Foundation
import JarvisAPI
import JarvisSSH
import Testing

@testable import JarvisSimulator

/// Changes beyond power: what they answer, how long they take, and what they leave behind.
struct ProxmoxChangeTests {
  private let bench: APIBench

  init() throws {
    bench = try APIBench(.homelab(life: .quiet))
  }

  private func send(_ method: String, _ path: String, _ form: [String: String] = [:]) async -> APIBench.Answer {
    await bench.send(method, path, form, as: "demo")
  }

  /// Lets time pass and gives the exit status of a task.
  private func end(of answer: APIBench.Answer, after seconds: Double = 400) -> String? {
    guard let upid = answer.data?.string else { return nil }
    bench.clock.advance(seconds)
    return bench.cluster.update { $0.exitStatus(upid) }
  }

  private func snapshots(_ guest: String) async -> [String] {
    (await send("GET", "/nodes/\(guest)/snapshot").data?.array ?? []).compactMap { $0["name"]?.string }
  }

  @Test(
    "TEST-12 snapshots are taken, build on each other, are gone back to and deleted, each by a task that takes time")
  func snapshotTree() async throws {
    let guest = "agent/lxc/102"
    let taken = await send("POST", "/nodes/\(guest)/snapshot", ["snapname": "one", "description": "first"])
    #expect(taken.data?.string?.contains(":vzsnapshot:102:") == true)
    #expect(await snapshots(guest) == ["current"], "it is not there before its task has ended")
    #expect(end(of: taken) == "OK")
    #expect(end(of: await send("POST", "/nodes/\(guest)/snapshot", ["snapname": "two"])) == "OK")
    let rows = await send("GET", "/nodes/\(guest)/snapshot").data?.array ?? []
    #expect(rows.map { $0["name"] } == ["one", "two", "current"])
    #expect(rows[1]["parent"] == "one" && rows[2]["parent"] == "two" && rows[0]["description"] == "first")
    #expect(
      end(of: await send("POST", "/nodes/\(guest)/snapshot", ["snapname": "one"])) == "snapshot name 'one' already used"
    )
    #expect(end(of: await send("POST", "/nodes/\(guest)/snapshot/one/rollback")) == "OK")
    #expect(bench.cluster.update { $0.guestStatus(102) } == "stopped")
    #expect(await send("GET", "/nodes/\(guest)/config").data?["parent"] == "one")
    #expect(end(of: await send("DELETE", "/nodes/\(guest)/snapshot/one")) == "OK")
    #expect(await snapshots(guest) == ["two", "current"])
    #expect(end(of: await send("DELETE", "/nodes/\(guest)/snapshot/nope")) == "snapshot 'nope' does not exist")
    #expect(await send("POST", "/nodes/\(guest)/snapshot", ["snapname": "1 bad"]).status == 400)
  }

  @Test("TEST-12 a backup locks its guest, grows the storage's list, and can be restored as a new guest")
  func backups() async throws {
    let content = "/nodes/agent/storage/pbs/content"
    let before = await send("GET", content, ["vmid": "102"]).data?.array?.count ?? 0
    let dump = await send("POST", "/nodes/agent/vzdump", ["vmid": "102", "storage": "pbs", "mode": "snapshot"])
    #expect(await send("GET", "/nodes/agent/lxc/102/status/current").data?["lock"] == "backup")
    #expect(end(of: dump) == "OK")
    #expect(await send("GET", "/nodes/agent/lxc/102/status/current").data?["lock"] == nil)
    let list = await send("GET", content, ["vmid": "102"]).data?.array ?? []
    #expect(list.count == before + 1)
    let volume = try #require(list.last?["volid"]?.string)
    let restore = ["vmid": "300", "ostemplate": volume, "restore": "1", "storage": "local-lvm"]
    #expect(end(of: await send("POST", "/nodes/home/lxc", restore)) == "OK")
    #expect(await send("GET", "/nodes/home/lxc/300/status/current").data?["name"] == "pihole")
    #expect(await send("POST", "/nodes/home/lxc", restore).reason.contains("CT 300 already exists"))
    bench.cluster.update { $0.crash(140) }
    let broken = await send("POST", "/nodes/agent/vzdump", ["vmid": "102", "storage": "pbs"])
    #expect(end(of: broken)?.contains("could not activate storage 'pbs'") == true)
    #expect(await send("GET", "/nodes/agent/lxc/102/status/current").data?["lock"] == nil)
  }

  @Test("TEST-12 guests are cloned, created and moved, and appear where they are")
  func births() async throws {
    #expect(
      end(of: await send("POST", "/nodes/pve/qemu/9000/clone", ["newid": "301", "name": "web", "full": "0"])) == "OK")
    #expect(await send("GET", "/nodes/pve/qemu/301/status/current").data?["status"] == "stopped")
    #expect(await send("POST", "/nodes/pve/qemu/9000/clone", ["newid": "100"]).status == 500)
    let created = await send(
      "POST", "/nodes/home/qemu", ["vmid": "302", "name": "new", "memory": "1024", "scsi0": "local-lvm:8"])
    #expect(end(of: created) == "OK")
    #expect(await send("GET", "/nodes/home/qemu/302/status/current").data?["maxmem"] == .int(1 << 30))
    let check = await send("GET", "/nodes/pve/qemu/100/migrate", ["target": "home"]).data
    #expect(check?["not_allowed_nodes"]?["home"]?["unavailable_storages"] == ["tank"])
    #expect(await send("POST", "/nodes/pve/qemu/100/migrate", ["target": "home", "online": "1"]).status == 500)
    let moved = await send("POST", "/nodes/agent/lxc/107/migrate", ["target": "home", "restart": "1"])
    #expect(end(of: moved) == "OK")
    #expect(await send("GET", "/nodes/home/lxc/107/status/current").data?["status"] == "running")
    #expect(await send("GET", "/nodes/agent/lxc/107/status/current").status == 500)
    let live = await send(
      "POST", "/nodes/home/qemu/103/migrate", ["target": "agent", "online": "1", "with-local-disks": "1"])
    let process = bench.cluster.update { $0.guests[103]?.startedAt }
    #expect(end(of: live) == "OK")
    #expect(bench.cluster.update { $0.guests[103]?.startedAt } == process, "it moved while it ran")
  }

  @Test("TEST-12 API and shell of a node tell the same of services, updates, disks, heat and journal")
  func care() async throws {
    let shell = SimulatedNodeShell(cluster: bench.cluster)
    func run(_ command: String) async throws -> String {
      String(decoding: try await shell.execute(command, on: "pve", limits: .init()).standardOutput, as: UTF8.self)
    }
    bench.cluster.update { $0.failService("postfix", on: "pve") }
    let services = await send("GET", "/nodes/pve/services").data?.array ?? []
    #expect(services.first { $0["service"] == "postfix" }?["state"] == "failed")
    #expect(try await run("systemctl --failed").contains("postfix"))
    #expect(end(of: await send("POST", "/nodes/pve/services/postfix/restart")) == "OK")
    #expect(try await run("systemctl --failed").hasPrefix("0 loaded"))
    let packages = (await send("GET", "/nodes/pve/apt/update").data?.array ?? []).compactMap { $0["Package"]?.string }
    let listed = try await run("apt list --upgradable")
    #expect(!packages.isEmpty && packages.allSatisfy { listed.contains($0 + "/") })
    let disks = await send("GET", "/nodes/pve/disks/list").data?.array ?? []
    #expect(disks.count == 4)
    let smart = await send("GET", "/nodes/pve/disks/smart", ["disk": "/dev/sdb"]).data
    let sectors = smart?["attributes"]?.array?.first?["raw"]?.number
    let over = try JSONValue(parsing: try await run("smartctl -j -H -A '/dev/sdb'"))
    #expect(over["ata_smart_attributes"]?["table"]?.array?.first?["raw"]?["value"]?.number == sectors && sectors == 8)
    #expect(try JSONValue(parsing: try await run("sensors -j"))["k10temp-pci-00c3"] != nil)
    let journal = (await send("GET", "/nodes/pve/journal").data?.array ?? []).compactMap(\.string)
    #expect(journal.first?.hasPrefix("s=") == true && journal.contains { $0.contains("postfix.service: Failed") })
    let found = try await run("journalctl --no-pager -o short-unix --since=@0 -n 50 -p err --grep='postfix\\.service'")
    #expect(found.split(separator: "\n").count == 1 && found.first?.isNumber == true)
    #expect(await send("GET", "/cluster/ceph/status").reason == "binary not installed: /usr/bin/ceph-mon")
  }

  @Test("TEST-12 under HA a wish is recorded at once and carried out by a task of HA's own")
  func highAvailability() async throws {
    bench.cluster.update { $0.change(108) { $0.highlyAvailable = true } }
    let wish = await send("POST", "/nodes/home/lxc/108/status/shutdown")
    #expect(wish.data?.string?.contains(":hastop:108:") == true)
    #expect(end(of: wish, after: 2) == "OK")
    #expect(bench.cluster.update { $0.guestStatus(108) } == "running", "only the wish is recorded")
    bench.clock.advance(30)
    let now = await send("GET", "/nodes/home/lxc/108/status/current").data
    #expect(now?["status"] == "stopped" && now?["ha"]?["state"] == "stopped")
    let services = (await send("GET", "/cluster/ha/status/current").data?.array ?? []).filter {
      $0["type"] == "service"
    }
    #expect(services.map { $0["sid"] } == ["ct:108"])
  }
}
