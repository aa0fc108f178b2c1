import Foundation
import JarvisAPI
import JarvisSafety
import JarvisSimulator
import JarvisTestSupport
import JarvisTools
import Testing

@testable import JarvisEngine

/// A node that HA has in maintenance: silence by itself, and no trouble.
@Suite struct HAMaintenanceTests {
  @Test("FOUND-07 HA's maintenance of a node begins and ends Jarvis's, and stands in the audit; a person's own stays")
  func followed() async throws {
    let shop = try await Workshop()
    let desk = await shop.engine.parts.safety
    func node(_ name: String, _ isMaintained: Bool?) -> Node {
      Node(name: name, status: .online, seenAt: Date(), maintenance: Reading(isMaintained))
    }
    func maintained() async throws -> [String] { try await desk.maintenance().map { "\($0.target) by \($0.by)" } }
    await desk.followMaintenance([node("pve", nil), node("home", nil)])
    #expect(try await maintained().isEmpty, "nobody knows")
    _ = try await shop.engine.perform(
      .maintain(target: "home", until: Date() + 600, reason: "disk"), from: shop.screen.id)
    await desk.followMaintenance([node("pve", true), node("home", true)])
    #expect(try await maintained() == ["home by screen", "pve by HA"])
    await desk.followMaintenance([node("pve", nil), node("home", nil)])
    #expect(try await maintained().count == 2, "what nobody tells changes nothing")
    await desk.followMaintenance([node("pve", nil), node("home", false)])
    #expect(try await maintained().contains("pve by HA"), "of pve HA told nothing")
    await desk.followMaintenance([node("pve", false), node("home", false)])
    #expect(try await maintained() == ["home by screen"])
    let rows = try await desk.foundation.audit.latestRows([.maintenance]).compactMap(\.body)
    #expect(rows.count { $0.contains(#""by":"HA""#) } == 2)
    await shop.stop()
  }

  @Test("FOUND-07 the cluster's word reaches picture, record and tools: no trouble, no target of a migration")
  func endToEnd() async throws {
    var lab = SimulatedCluster.Configuration.homelab()
    lab.life = .quiet
    let cluster = try await Simulation.start(.init(cluster: lab, seed: 7, ownAddresses: true))
    cluster.cluster.update { $0.setMaintenance("home", true) }
    let directory = try TemporaryDirectory()
    let engine = try await Engine.start(
      EngineOptions(
        configuration: Configuration(
          cluster: ClusterConfiguration(
            entrances: cluster.entrances.map { .init(url: $0.url, node: $0.node) }, token: cluster.token,
            authority: cluster.authorityPEM, pollInterval: 1)),
        dataDirectory: directory.path + "/data", simulated: true, zone: .gmt)
    ) { _ in }
    let end = ContinuousClock.now + .seconds(60)
    var held: [Maintenance] = []
    while held.isEmpty, ContinuousClock.now < end {
      held = try await engine.parts.safety.maintenance()
      try await ContinuousClock().sleep(for: .milliseconds(20))
    }
    #expect(held.map(\.target) == ["home"] && held.first?.by == "HA" && held.first?.until == nil)
    let picture = try await engine.status()
    #expect(picture.nodes.first { $0.name == "home" }?.maintenance == .known(true))
    #expect(picture.nodes.first { $0.name == "pve" }?.maintenance == .known(false))
    func call(_ tool: String, _ arguments: JSONValue = [:]) async -> ToolOutcome {
      await engine.call(tool: tool, arguments: arguments, why: "test", limit: 20_000)
    }
    let status = await call("cluster_status")
    #expect(status.text.contains("node home is in maintenance"), "\(status.text)")
    let ha = await call("ha_status")
    #expect(ha.data["in_maintenance"] == ["home"] && ha.data["nodes"]?["home"] == "maintenance")
    let moved = await call("migrate_guest", ["guest": "100", "node": "home"])
    #expect(moved.error?.reason.contains("in maintenance") == true, "\(moved.content)")
    await engine.stop(reason: "test")
    await cluster.stop()
  }
}
