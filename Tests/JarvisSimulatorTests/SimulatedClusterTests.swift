import Foundation
import Testing

@testable import JarvisSimulator

/// The cluster as a state machine: time and chance come from outside, and everything else follows.
struct SimulatedClusterTests {
  private let begin = Date(timeIntervalSince1970: 1_795_397_619)

  private func homelab(seed: UInt64 = 3, life: SimulatedCluster.Life = .demo) throws -> SimulatedCluster {
    try SimulatedCluster(.homelab(life: life), seed: seed, at: begin)
  }

  /// All that can be seen of a cluster, as text.
  private func picture(_ cluster: SimulatedCluster) -> [String] {
    let guests = cluster.guests.values.sorted { $0.vmid < $1.vmid }.map {
      "\($0.vmid) \($0.power) \($0.lock ?? "-") \(cluster.cpu(of: $0, at: cluster.now)) \(cluster.traffic(of: $0, at: cluster.now))"
    }
    let nodes = cluster.nodes.map { "\($0.name) \($0.online) \(cluster.memory(of: $0, at: cluster.now))" }
    return guests + nodes + cluster.tasks.map { "\($0.upid) \($0.ended) \($0.exitStatus)" } + cluster.log.map(\.text)
  }

  @Test("TEST-05 the same seed has the same history, however often one looks")
  func deterministic() throws {
    var once = try homelab()
    once.advance(to: begin.addingTimeInterval(7_200))
    var often = try homelab()
    for step in stride(from: 7.0, through: 7_200, by: 31) { often.advance(to: begin.addingTimeInterval(step)) }
    often.advance(to: begin.addingTimeInterval(7_200))
    #expect(picture(once) == picture(often))
    var other = try homelab(seed: 4)
    other.advance(to: begin.addingTimeInterval(7_200))
    #expect(picture(once) != picture(other))
  }

  @Test("TEST-12 in two hours of the demo things happen: crashes, outages, backups, failures")
  func lives() throws {
    var cluster = try homelab()
    var crashes = 0
    var outages = 0
    var locked: Set<Int> = []
    var wasOnline = true
    var crashed: Set<Int> = []
    for step in stride(from: 10.0, through: 7_200, by: 10) {
      cluster.advance(to: begin.addingTimeInterval(step))
      let now = Set(cluster.guests.values.filter(\.crashed).map(\.vmid))
      crashes += now.subtracting(crashed).count
      crashed = now
      locked.formUnion(cluster.guests.values.filter { $0.lock == "backup" }.map(\.vmid))
      let online = cluster.isOnline("backup")
      if wasOnline && !online { outages += 1 }
      wasOnline = online
    }
    #expect(crashes > 0)
    #expect(outages > 0)
    #expect(locked.count > 5)
    #expect(cluster.tasks.contains { $0.type == "vzdump" && $0.ended && $0.exitStatus == "OK" })
    #expect(cluster.tasks.contains { $0.failed })
    // Nobody restarts what crashed, and no backup leaves its lock behind.
    #expect(crashed.allSatisfy { cluster.guestStatus($0) == "stopped" })
    let held = cluster.guests.values.filter { $0.lock != nil }.map { "\($0.vmid)" }
    let running = cluster.tasks.filter { !$0.ended && $0.type == "vzdump" }.map(\.target)
    #expect(Set(held) == Set(running))
  }

  @Test("TEST-12 a storage is there only while the guest that serves it runs")
  func servedStorage() throws {
    var cluster = try homelab(life: .quiet)
    let storage = try #require(cluster.storages.first { $0.name == "pbs" })
    #expect(cluster.fault(of: storage) == nil)
    cluster.crash(140)
    #expect(cluster.fault(of: storage)?.contains("No route to host") == true)
    cluster.run(140)
    #expect(cluster.fault(of: storage) == nil)
    cluster.setNode("backup", online: false)
    #expect(cluster.fault(of: storage) != nil)
  }

  @Test("TEST-12 the figures move, fit each other and never leave their bounds")
  func figures() throws {
    var cluster = try homelab(life: .quiet)
    let guest = try #require(cluster.guests[100])
    let before = cluster.traffic(of: guest, at: cluster.now).into
    let uptime = cluster.uptime(of: guest, at: cluster.now)
    var values: Set<Double> = []
    for step in stride(from: 60.0, through: 86_400, by: 60) {
      cluster.advance(to: begin.addingTimeInterval(step))
      let node = cluster.nodes[0]
      let cpu = cluster.cpu(of: guest, at: cluster.now)
      values.insert(cpu)
      #expect((0...1).contains(cpu))
      #expect((0...1).contains(cluster.cpu(of: node, at: cluster.now)))
      #expect(cluster.memory(of: node, at: cluster.now) <= node.configuration.memory)
      let own = cluster.guests(on: "pve").reduce(0) { $0 + cluster.memory(of: $1, at: cluster.now) }
      #expect(cluster.memory(of: node, at: cluster.now) >= own)
    }
    #expect(values.count > 1_000)
    #expect((values.max() ?? 0) - (values.min() ?? 0) > 0.1)
    #expect(cluster.uptime(of: guest, at: cluster.now) == uptime + 86_400)
    let moved = cluster.traffic(of: guest, at: cluster.now).into - before
    #expect(abs(Double(moved) / 86_400 - guest.configuration.traffic) < guest.configuration.traffic * 0.1)
    let tank = try #require(cluster.storages.first { $0.name == "tank" })
    let left = tank.size - cluster.use(of: tank, on: "pve", at: cluster.now)
    #expect((7...10).contains(Double(left) / tank.growth / 86_400))
  }

  @Test("TEST-12 a counter of bytes is the integral of its rate")
  func integral() {
    let curve = LoadCurve(level: 100, seed: 5)
    let sum = stride(from: 0.0, to: 10_000, by: 0.5).reduce(0.0) { $0 + curve.value(at: 1e9 + $1 + 0.25) * 0.5 }
    #expect(abs(curve.total(from: 1e9, to: 1e9 + 10_000) - sum) < sum * 0.001)
    #expect(stride(from: 0.0, to: 90_000, by: 7).allSatisfy { curve.value(at: $0) >= 0 })
  }

  @Test("TEST-12 a node that goes takes its guests, and comes back with them")
  func outage() throws {
    var cluster = try homelab(life: .quiet)
    cluster.setNode("backup", online: false)
    #expect(cluster.guestStatus(140) == "stopped")
    #expect(cluster.quorate)
    cluster.setNode("home", online: false)
    #expect(!cluster.quorate)
    cluster.setNode("backup", online: true)
    #expect(cluster.guestStatus(140) == "stopped")
    cluster.advance(to: begin.addingTimeInterval(30))
    #expect(cluster.guestStatus(140) == "running")
    #expect(cluster.uptime(of: cluster.nodes[3], at: cluster.now) < 120)
  }

  @Test("TEST-12 a failure laid in wait strikes one task and changes nothing")
  func laidFailure() throws {
    var cluster = try homelab(life: .quiet)
    cluster.failNextTask("vzreboot", with: "container did not stop")
    let first = try cluster.call(.reboot, vmid: 102, kind: .lxc, node: "agent", user: "root@pam!demo")
    let started = cluster.guests[102]?.startedAt
    #expect(cluster.exitStatus(first) == nil)
    cluster.advance(to: begin.addingTimeInterval(30))
    #expect(cluster.exitStatus(first) == "container did not stop")
    #expect(cluster.guests[102]?.startedAt == started)
    let second = try cluster.call(.reboot, vmid: 102, kind: .lxc, node: "agent", user: "root@pam!demo")
    cluster.advance(to: begin.addingTimeInterval(60))
    #expect(cluster.exitStatus(second) == "OK")
    #expect(cluster.guests[102]?.startedAt != started)
  }

  @Test("TEST-12 a guest that ignores its shutdown keeps running until it is forced")
  func stubborn() throws {
    var cluster = try homelab(life: .quiet)
    cluster.change(100) { $0.ignoresShutdown = true }
    let polite = try cluster.call(.shutdown, vmid: 100, kind: .qemu, node: "pve", user: "root@pam", timeout: 20)
    cluster.advance(to: begin.addingTimeInterval(19))
    #expect(cluster.exitStatus(polite) == nil)
    cluster.advance(to: begin.addingTimeInterval(21))
    #expect(cluster.exitStatus(polite) == "VM quit/powerdown failed - got timeout")
    #expect(cluster.guestStatus(100) == "running")
    _ = try cluster.call(
      .shutdown, vmid: 100, kind: .qemu, node: "pve", user: "root@pam", timeout: 5, forceStop: true)
    cluster.advance(to: begin.addingTimeInterval(30))
    #expect(cluster.guestStatus(100) == "stopped")
  }

  @Test("TEST-05 a configuration that contradicts itself is refused with what contradicts what")
  func contradictions() {
    var twice = SimulatedCluster.Configuration.homelab()
    twice.guests.append(twice.guests[0])
    var homeless = SimulatedCluster.Configuration.homelab()
    homeless.guests[0].node = "nowhere"
    for bad in [twice, homeless, .init()] {
      #expect(throws: SimulatorError.self) { try SimulatedCluster(bad, at: begin) }
    }
  }

  @Test("TEST-05 a sleep of a year ends, and memory stays bounded")
  func longSleep() throws {
    var cluster = try homelab()
    cluster.advance(to: begin.addingTimeInterval(365 * 86_400))
    #expect(cluster.tasks.count <= SimulatedCluster.Limit.tasks)
    #expect(cluster.log.count <= SimulatedCluster.Limit.logEntries)
    #expect(cluster.guests.values.allSatisfy { $0.runs.count <= GuestState.runLimit })
  }
}
