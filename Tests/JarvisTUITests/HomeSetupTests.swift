import ArgumentParser
import Foundation
import JarvisAPI
import JarvisEngine
import JarvisHTTP
import JarvisSafety
import JarvisSimulator
import JarvisTestSupport
import Testing

@testable import JarvisTUI

/// `init --home`, on the simulated cluster: what a script can ask for without being asked anything.
@Suite("init: what Jarvis lives on")
struct HomeSetupTests {
  private func simulation() async throws -> (Simulation, Configuration) {
    var lab = SimulatedCluster.Configuration.homelab()
    lab.life = .quiet
    let cluster = try await Simulation.start(.init(cluster: lab, seed: 7, ownAddresses: true))
    return (
      cluster,
      Configuration(
        cluster: ClusterConfiguration(
          entrances: cluster.entrances.map { .init(url: $0.url, node: $0.node) }, token: cluster.token,
          authority: cluster.authorityPEM), local: LocalModelConfiguration(url: "http://127.0.0.11:8080"))
    )
  }

  private func home(
    _ configuration: Configuration, _ place: String, model: String? = nil, hints: HomeHints = HomeHints()
  ) async throws -> Home? {
    try await HomeSetup(prompt: Prompt(), place: place, modelHost: model, hints: hints)
      .run(configuration, transport: CurlTransport(environment: [:]))
  }

  @Test("FOUND-01 --home takes a number, a node or elsewhere, and tells what the guest stands on")
  func named() async throws {
    let (cluster, configuration) = try await simulation()
    let guest = try await home(configuration, "105", model: "none")
    #expect(guest?.place == .guest(vmid: 105, node: "agent", isContainer: false) && guest?.modelHost == nil)
    #expect(guest?.storages == ["local-lvm"] && guest?.bridges == ["vmbr0"])
    #expect(
      try await home(configuration, "pve", model: "103")?.modelHost
        == .guest(vmid: 103, node: "home", isContainer: false))
    #expect(try await home(configuration, "elsewhere")?.place == .elsewhere)
    // The model's address is that of node pve here.
    #expect(try await home(configuration, "elsewhere", model: "auto")?.modelHost == .node("pve"))
    await #expect(throws: UserFacingError.self) { try await home(configuration, "4711") }
    #expect(try await home(Configuration(), "105") == nil, "without a cluster there is nothing to live on")
    await cluster.stop()
  }

  @Test("FOUND-01 --home auto takes the one guest that has this machine's MAC address, and never a guess")
  func automatic() async throws {
    let (cluster, configuration) = try await simulation()
    let mac = cluster.cluster.snapshot().macAddress(of: 105) ?? ""
    #expect(try await home(configuration, "auto", hints: HomeHints(macs: [mac]))?.place.words == "VM 105 on agent")
    do {
      _ = try await home(configuration, "auto", hints: HomeHints(hostName: "jarvis"))
      Issue.record("a name alone was taken")
    } catch let error as UserFacingError {
      #expect(error.reason.contains("no guest has this machine's UUID or MAC address") && error.exitCode == 1)
    }
    await cluster.stop()
  }

  @Test("FOUND-01 init takes the options, and its places are words")
  func options() throws {
    let parsed = try InitCommand.parse(["--address", "pve", "--home", "auto", "--model-host", "none", "--only-home"])
    #expect(parsed.home == "auto" && parsed.modelHost == "none" && parsed.onlyHome)
    #expect(try InitCommand.parse([]).home == nil)
  }
}
