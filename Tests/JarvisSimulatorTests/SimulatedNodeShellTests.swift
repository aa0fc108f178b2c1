import Foundation
import JarvisAPI
import JarvisSSH
import Testing

@testable import JarvisSimulator

/// The simulated shells answer from the cluster's state.
struct SimulatedNodeShellTests {
  private func shell() throws -> (SimulatedNodeShell, LiveCluster) {
    let clock = ManualClock()
    let cluster = LiveCluster(
      try SimulatedCluster(.homelab(life: .quiet), seed: 2, at: clock.now), clock: { clock.now })
    return (SimulatedNodeShell(cluster: cluster), cluster)
  }

  private func text(_ result: ShellResult) -> String { String(decoding: result.standardOutput, as: UTF8.self) }

  @Test("TEST-12 lists of guests follow renames and crashes")
  func guests() async throws {
    let (shell, cluster) = try shell()
    let before = text(try await shell.execute("pct list", on: "agent", limits: ShellLimits()))
    #expect(before.contains("pihole") && before.contains("running"))
    cluster.update {
      $0.rename(102, to: "blocky")
      $0.crash(102, saying: "pihole-FTL: out of memory")
    }
    let after = text(try await shell.execute("pct list | grep 102", on: "agent", limits: ShellLimits()))
    #expect(after.contains("blocky") && after.contains("stopped") && !after.contains("pihole"))
    let journal = text(try await shell.execute("journalctl -n 5 -p err", on: "agent", limits: ShellLimits()))
    #expect(journal.contains("pihole-FTL: out of memory"))
    let status = try await shell.execute("pct status 102", on: "agent", limits: ShellLimits())
    #expect(text(status) == "status: stopped\n")
  }

  @Test(
    "TEST-12 the reading commands that an operator types have an answer",
    arguments: [
      "uptime", "df -h", "free -m", "free -h", "systemctl status pveproxy", "systemctl --failed", "journalctl -n 20",
      "zpool status", "zpool list", "qm list", "pct list", "qm config 100", "pvesm status", "pvecm status", "hostname",
      "uname -a", "nproc", "date", "pveversion", "cat /etc/pve/storage.cfg", "cat /etc/pve/qemu-server/100.conf",
      "pvesh get /cluster/resources --output-format json", "df -h | head -3 | wc -l", "cat /proc/loadavg",
      "ip -br a", "ip a", "ip -br link show vmbr0", "ip r", "lsblk", "smartctl -H /dev/sda", "smartctl -a /dev/nvme0n1",
      "systemctl list-units --failed", "zfs list", "lscpu", "uptime; df -h && free -m", "zpool status 2>/dev/null",
      "qm list 2>&1 | grep docker",
    ])
  func commands(_ command: String) async throws {
    let (shell, _) = try shell()
    let result = try await shell.execute(command, on: "pve", limits: ShellLimits())
    #expect(result.exitCode == 0, "\(command): \(String(decoding: result.standardError, as: UTF8.self))")
    #expect(!result.standardOutput.isEmpty)
  }

  @Test("TEST-12 lists of commands go on as their joints say, and answer from the state")
  func lists() async throws {
    let (shell, cluster) = try shell()
    func run(_ command: String, on node: String = "agent") async throws -> ShellResult {
      try await shell.execute(command, on: node, limits: ShellLimits())
    }
    #expect(text(try await run("cat /nothing 2>/dev/null || hostname && nproc")) == "agent\n8\n")
    #expect(text(try await run("cat /nothing && hostname; nproc")) == "8\n")
    #expect(text(try await run("cat /nothing 2>&1")).contains("No such file"))
    #expect(text(try await run("ip -br a")).contains("192.168.1.61/24"))
    #expect(text(try await run("ip -br l")).contains("veth102i0"))
    cluster.update { $0.crash(102) }
    #expect(!text(try await run("ip -br l")).contains("veth102i0"), "its interface goes with it")
    #expect(text(try await run("smartctl -A /dev/sdb", on: "pve")).contains("Reallocated_Sector_Ct   8"))
  }

  @Test("TEST-12 what it does not know fails as in a shell")
  func unknown() async throws {
    let (shell, _) = try shell()
    let unknown = try await shell.execute("frobnicate --now", on: "pve", limits: ShellLimits())
    #expect(unknown.exitCode == 127)
    #expect(String(decoding: unknown.standardError, as: UTF8.self).contains("frobnicate: not found"))
    #expect(try await shell.execute("rm -rf / ; reboot", on: "pve", limits: ShellLimits()).exitCode == 127)
    for refused in [
      "echo $(uname)", "cat < /etc/hostname", "uname > /tmp/x", "uptime &", "uptime &&", "| wc", "; uptime",
    ] {
      #expect(try await shell.execute(refused, on: "pve", limits: ShellLimits()).exitCode == 2, "\(refused)")
    }
    #expect(try await shell.execute("cat '/etc/x", on: "pve", limits: ShellLimits()).exitCode == 2)
    #expect(try await shell.execute("cat /nothing", on: "pve", limits: ShellLimits()).exitCode == 1)
  }

  @Test("TEST-12 limits cut, and an offline or unknown node says so")
  func limits() async throws {
    let (shell, cluster) = try shell()
    let cut = try await shell.execute("qm config 100", on: "pve", limits: ShellLimits(bytes: 10))
    #expect(cut.standardOutput.count == 10 && cut.truncated)
    cluster.update { $0.setNode("backup", online: false) }
    await #expect(throws: UserFacingError.self) {
      try await shell.execute("uptime", on: "backup", limits: ShellLimits())
    }
    await #expect(throws: UserFacingError.self) { try await shell.execute("uptime", on: "nope", limits: ShellLimits()) }
  }
}
