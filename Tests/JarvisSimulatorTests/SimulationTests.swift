import Foundation
import JarvisAPI
import JarvisHTTP
import JarvisLock
import Testing

@testable import JarvisSimulator

/// The whole simulation over the wire, by the product's own HTTP client.
struct SimulationTests {
  private let client = CurlTransport(environment: [:])
  private let clock = ManualClock()

  private func start(ownAddresses: Bool = false) async throws -> Simulation {
    let clock = clock
    return try await Simulation.start(
      .init(cluster: .homelab(life: .quiet), seed: 5, clock: { clock.now }, ownAddresses: ownAddresses))
  }

  private func ask(
    _ simulation: Simulation, _ method: String, _ path: String, entrance: Int = 0
  ) async throws(HTTPError) -> (head: HTTPHead, data: JSONValue?) {
    let answer = try await client.send(
      HTTPRequest.patient(
        method, simulation.entrances[entrance].url + "/api2/json" + path,
        headers: [("Authorization", "PVEAPIToken=" + simulation.token)],
        trust: .authority(pem: simulation.authorityPEM)))
    let bytes = try await answer.collect()
    return (answer.head, (try? JSONValue(parsing: String(decoding: bytes, as: UTF8.self)))?["data"])
  }

  @Test("TEST-12 over the wire: a guest is renamed, rebooted, and its task followed to the end")
  func wholeWay() async throws {
    let simulation = try await start()
    simulation.cluster.update { $0.rename(102, to: "blocky") }
    let list = try await ask(simulation, "GET", "/cluster/resources?type=vm")
    #expect(list.data?.array?.first { $0["vmid"] == 102 }?["name"] == "blocky")
    let upid = try await ask(simulation, "POST", "/nodes/agent/lxc/102/status/reboot").data?.string ?? ""
    #expect(try await ask(simulation, "GET", "/nodes/agent/tasks/\(upid)/status").data?["status"] == "running")
    clock.advance(20)
    let end = try await ask(simulation, "GET", "/nodes/agent/tasks/\(upid)/status").data
    #expect(end?["exitstatus"] == "OK")
    let uptime = try await ask(simulation, "GET", "/nodes/agent/lxc/102/status/current").data?["uptime"]?.int ?? 99
    #expect(uptime < 20)
    await simulation.stop()
  }

  @Test("TEST-12 every fault on demand shows on the wire, where and as often as asked")
  func faults() async throws {
    let simulation = try await start()
    func status(_ effect: SimulatedFaults.Effect) async throws -> HTTPHead {
      simulation.faults = SimulatedFaults(rules: [.init(effect, path: "/version", times: 1)])
      let struck = try await ask(simulation, "GET", "/version").head
      #expect(try await ask(simulation, "GET", "/version").head.status == 200)
      return struck
    }
    #expect(try await status(.unreachable).status == 595)
    #expect(try await status(.broken).status == 596)
    #expect(try await status(.unauthenticated).reason == "Authentication failed!")
    #expect(try await status(.failed("out of luck")).reason == "out of luck")
    #expect(try await status(.unavailable).status == 503)
    simulation.faults = SimulatedFaults(rules: [.init(.garbage, node: "agent")])
    #expect(try await ask(simulation, "GET", "/nodes/agent/status").data == nil)
    #expect(try await ask(simulation, "GET", "/nodes/pve/status").data != nil)
    for effect in [SimulatedFaults.Effect.cut, .hangUp] {
      simulation.faults = SimulatedFaults(rules: [.init(effect)])
      await #expect(throws: HTTPError.self) { try await ask(simulation, "GET", "/cluster/resources") }
    }
    await simulation.stop()
  }

  @Test("TEST-12 a slow node is slow and nothing else is; a client that leaves ends the wait")
  func slow() async throws {
    let waited = Guarded<[Duration]>([])
    let clock = clock
    let simulation = try await Simulation.start(
      .init(
        cluster: .homelab(life: .quiet), clock: { clock.now }, sleep: { time in waited.withLock { $0.append(time) } }))
    simulation.faults = SimulatedFaults(rules: [.init(.delay(.seconds(30)), node: "home")])
    #expect(try await ask(simulation, "GET", "/nodes/home/status").head.status == 200)
    #expect(try await ask(simulation, "GET", "/nodes/pve/status").head.status == 200)
    #expect(waited.withLock { $0 } == [.seconds(30)])
    await simulation.stop()
  }

  @Test("TEST-12 a node that is gone: 595 through its peers, no entrance of its own, and all else answers")
  func offline() async throws {
    let simulation = try await start()
    simulation.cluster.update { $0.setNode("backup", online: false) }
    let gone = try await ask(simulation, "GET", "/nodes/backup/status")
    #expect(gone.head.status == 595)
    #expect(gone.head.reason == "Connection refused")
    #expect(try await ask(simulation, "GET", "/nodes/backup/rrddata?timeframe=hour").head.status == 200)
    await #expect(throws: HTTPError.self) { try await ask(simulation, "GET", "/version", entrance: 3) }
    #expect(try await ask(simulation, "GET", "/version", entrance: 2).head.status == 200)
    simulation.cluster.update { $0.setNode("backup", online: true) }
    #expect(try await ask(simulation, "GET", "/version", entrance: 3).head.status == 200)
    simulation.faults.apiDown = true
    await #expect(throws: HTTPError.self) { try await ask(simulation, "GET", "/version") }
    await simulation.stop()
  }

  @Test("TEST-12 the certificates that the API tells are those that the ports show; a renewed one is told, too")
  func certificates() async throws {
    let simulation = try await start()
    func told() async throws -> [JSONValue] {
      try await ask(simulation, "GET", "/nodes/pve/certificates/info").data?.array ?? []
    }
    let before = try await told()
    #expect(before.first { $0["filename"] == "pve-root-ca.pem" }?["pem"]?.string == simulation.authorityPEM)
    #expect(
      before.first { $0["filename"] == "pve-ssl.pem" }?["fingerprint"]?.string == simulation.fingerprint(of: "pve"))
    let nodes = try await ask(simulation, "GET", "/nodes").data?.array ?? []
    let shown = nodes.first { $0["node"] == "pve" }?["ssl_fingerprint"]?.string
    #expect(shown == simulation.fingerprint(of: "pve"))
    try simulation.renewCertificate(of: "pve")
    await simulation.cutConnections()
    let after = try await told()
    #expect(
      after.first { $0["filename"] == "pve-ssl.pem" }?["fingerprint"]?.string == simulation.fingerprint(of: "pve"))
    #expect(shown != simulation.fingerprint(of: "pve"))
    await simulation.stop()
  }

  @Test("TEST-12 with addresses of their own, nodes are found from what the cluster tells")
  func ownAddresses() async throws {
    let simulation = try await start(ownAddresses: true)
    let rows = try await ask(simulation, "GET", "/cluster/status").data?.array ?? []
    let addresses = rows.compactMap { $0["ip"]?.string }
    #expect(Set(addresses).count == 4)
    let port = simulation.entrances[0].url.split(separator: ":").last ?? ""
    #expect(Set(simulation.entrances.map(\.url)) == Set(addresses.map { "https://\($0):\(port)" }))
    for index in 0..<4 { #expect(try await ask(simulation, "GET", "/version", entrance: index).head.status == 200) }
    await simulation.stop()
  }

  @Test("TEST-05 a generated cluster of any size comes in one answer")
  func large() async throws {
    let bench = try APIBench(.generated(nodes: 16, guests: 2_000), entrance: "node1")
    let answer = await bench.send("GET", "/cluster/resources", ["type": "vm"], as: "demo")
    #expect(answer.body.count > 500_000)
    #expect(answer.data?.array?.count == 2_000)
  }
}
