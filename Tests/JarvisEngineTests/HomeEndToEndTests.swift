import Foundation
import JarvisAPI
import JarvisCluster
import JarvisHTTP
import JarvisSafety
import JarvisSimulator
import JarvisStorage
import JarvisTestSupport
import JarvisTools
import Testing

@testable import JarvisEngine

/// What Jarvis lives on, from finding it to the gate that obeys it: a whole engine on the simulated cluster, started as on a
/// real one.
@Suite struct HomeEndToEndTests {
  /// "jarvis" of the simulated homelab.
  private static let vmid = 105

  private final class House: Sendable {
    let cluster: Simulation
    let directory: TemporaryDirectory
    let options: EngineOptions

    init() async throws {
      var lab = SimulatedCluster.Configuration.homelab()
      lab.life = .quiet
      lab.taskTime = 0.2
      cluster = try await Simulation.start(.init(cluster: lab, seed: 7, ownAddresses: true))
      directory = try TemporaryDirectory()
      let configuration = Configuration(
        cluster: ClusterConfiguration(
          entrances: cluster.entrances.map { .init(url: $0.url, node: $0.node) }, token: cluster.token,
          authority: cluster.authorityPEM, pollInterval: 1))
      options = EngineOptions(
        configuration: configuration, dataDirectory: directory.path + "/data", shell: cluster.shell, zone: .gmt)
    }

    var store: HomeStore { HomeStore(directory: DataDirectory(path: directory.path + "/data")) }

    func live() throws -> JarvisCluster.LiveCluster {
      JarvisCluster.LiveCluster(
        client: try ClusterAssembly.client(
          options.configuration.cluster!, transport: CurlTransport(environment: [:]), now: { Date() }))
    }

    func confirm(_ place: Home.Place? = nil) async throws -> Home {
      let survey = try await HomeSurvey.take(of: try live())
      let found = try place ?? survey.place(named: "\(HomeEndToEndTests.vmid)")
      let home = survey.home(at: found, modelHost: nil, confirmedAt: Date())
      try DataDirectory(path: directory.path + "/data").prepare()
      try store.save(home)
      return home
    }
  }

  /// The card that a call raises; nil where the call ended without.
  private func card(_ engine: Engine, _ screen: JarvisAPI.Attachment, _ node: String, _ command: String) async throws
    -> Approval?
  {
    let call = Task {
      await engine.call(
        tool: "run_command", arguments: ["node": .string(node), "command": .string(command)], why: "test",
        limit: 10_000)
    }
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
      if let pending = await engine.parts.gate.approvals.first(where: { $0.state == .pending }) {
        _ = try await engine.perform(.decide(pending.id, .refuse(reason: "")), from: screen.id)
        _ = await call.value
        return pending
      }
      let last = await engine.parts.gate.approvals.count
      if last == 0, call.isCancelled { return nil }
      try await ContinuousClock().sleep(for: .milliseconds(5))
    }
    throw CancellationError()
  }

  @Test(
    "FOUND-01 a machine's own MAC address or UUID finds its guest among those of the cluster, with what it stands on")
  func survey() async throws {
    let house = try await House()
    let live = try house.live()
    let survey = try await HomeSurvey.take(of: live)
    #expect(survey.unread.isEmpty && survey.nodes.count == 4)
    let facts = try #require(survey.guests.first { $0.fingerprint.name == "jarvis" })
    for hints in [
      HomeHints(macs: facts.fingerprint.macs), HomeHints(smbiosUUID: facts.fingerprint.smbiosUUID?.uppercased()),
    ] {
      let found = try #require(survey.candidates(hints).first)
      #expect(found.isStrong && found.place == .guest(vmid: Self.vmid, node: "agent", isContainer: false))
    }
    let home = survey.home(at: facts.fingerprint.place, modelHost: nil, confirmedAt: Date())
    #expect(home.storages == ["local-lvm"] && home.bridges == ["vmbr0"])
    #expect(try survey.place(named: "pve") == .node("pve") && survey.place(named: "Elsewhere") == .elsewhere)
    #expect(throws: UserFacingError.self) { try survey.place(named: "4711") }
    await house.cluster.stop()
  }

  @Test("FOUND-01 the gate obeys the confirmed home: tools and commands that would cut it are BLACK, doubtful ones RED")
  func obeyed() async throws {
    let house = try await House()
    _ = try await house.confirm()
    let engine = try await Engine.start(house.options) { _ in }
    let screen = try await engine.attach(wantsApprovalKey: true)
    _ = try await engine.status()
    func call(_ tool: String, _ arguments: JSONValue) async -> ToolOutcome {
      await engine.call(tool: tool, arguments: arguments, why: "test", limit: 10_000)
    }
    func run(_ node: String, _ command: String) async -> ToolOutcome {
      await call("run_command", ["node": .string(node), "command": .string(command)])
    }
    let stop = await call("stop_guest", ["guest": "jarvis"])
    #expect(stop.error?.exitCode == 5 && stop.error?.reason.contains("Jarvis lives on VM 105 on agent") == true)
    for (node, command) in [
      ("agent", "qm stop 105"), ("pve", "ssh agent qm shutdown 105"), ("agent", "pvenode stopall"),
      ("pve", "ssh 127.0.0.12 ip link set vmbr0 down"),
    ] {
      let outcome = await run(node, command)
      #expect(outcome.error?.exitCode == 5, "\(command): \(outcome.content)")
      #expect(outcome.error?.reason.contains("Jarvis") == true || outcome.error?.reason.contains("protected") == true)
    }
    let hidden = try #require(try await card(engine, screen, "agent", "qm start $(cat /etc/hostname)"))
    #expect(hidden.tier == .red && hidden.impact.contains { $0.contains("may be 105") })
    let foreign = try #require(try await card(engine, screen, "pve", "ssh 192.0.2.9 uptime"))
    #expect(foreign.tier == .red && foreign.rule.contains("no node of this cluster"))
    // A command on another node's bridge, and a guest that is not Jarvis's, are asked about as ever.
    let other = try #require(try await card(engine, screen, "pve", "ip link set vmbr0 down"))
    #expect(other.tier == .red && other.impact.allSatisfy { !$0.hasPrefix("caution") })
    let read = await run("agent", "qm list")
    #expect(!read.isError, "\(read.content)")
    let rows = try await engine.parts.safety.foundation.audit.latestRows([.home]).compactMap(\.body)
    #expect(rows.count == 1 && rows[0].contains("VM 105 on agent"))
    await engine.stop(reason: "test")
    await house.cluster.stop()
  }

  @Test(
    "FOUND-01 unknown, Jarvis says so; what init confirms beside a running engine holds within seconds, and is recorded"
  )
  func confirmedWhileRunning() async throws {
    let house = try await House()
    let engine = try await Engine.start(house.options) { _ in }
    let before = try await engine.attach(wantsApprovalKey: true)
    #expect(before.snapshot.safety.warnings.contains { $0.contains("does not know what it lives on") })
    _ = try await engine.status()
    _ = try await house.confirm()
    try await until { await engine.parts.safety.foundation.home.standing.warning == nil }
    #expect(await engine.parts.safety.stamp().warnings.allSatisfy { !$0.contains("lives on") })
    let outcome = await engine.call(tool: "stop_guest", arguments: ["guest": "105"], why: "test", limit: 10_000)
    #expect(outcome.error?.reason.contains("Jarvis lives on") == true)
    try await until {
      let rows = try? await engine.parts.safety.foundation.audit.latestRows([.home])
      return rows?.count == 1
    }
    await engine.stop(reason: "test")
    await house.cluster.stop()
  }

  @Test("FOUND-01 after a migration the home is where its guest is, with the bridges and storages of there")
  func migrated() async throws {
    let house = try await House()
    var home = try await house.confirm()
    // As it was confirmed elsewhere: the cluster shows it on agent now.
    home.place = .guest(vmid: Self.vmid, node: "home", isContainer: false)
    home.bridges = ["vmbr9"]
    try house.store.save(home)
    let engine = try await Engine.start(house.options) { _ in }
    _ = try await engine.status()
    try await until {
      guard case .known(let now) = await engine.parts.safety.foundation.home.standing else { return false }
      return now.place == .guest(vmid: Self.vmid, node: "agent", isContainer: false) && now.bridges == ["vmbr0"]
    }
    try await until {
      let rows = (try? await engine.parts.safety.foundation.audit.latestRows([.home]))?.compactMap(\.body) ?? []
      return rows.contains { $0.contains("has moved") }
    }
    await engine.stop(reason: "test")
    guard case .known(let kept) = house.store.load() else {
      Issue.record("not kept")
      return
    }
    #expect(kept.place.words == "VM 105 on agent" && kept.bridges == ["vmbr0"])
    await house.cluster.stop()
  }

  @Test("FOUND-01 a home whose guest has gone is unknown from then on, and the same word is not taken twice")
  func gone() throws {
    let temporary = try TemporaryDirectory()
    let directory = DataDirectory(path: temporary.path)
    let store = HomeStore(directory: directory)
    let first = Home(
      place: .guest(vmid: 100, node: "pve", isContainer: false), confirmedAt: Date(timeIntervalSince1970: 1_000.75))
    try store.save(first)
    let keeper = HomeKeeper(store)
    #expect(keeper.standing == .known(first) && keeper.reload() == nil)
    let other = Guest(vmid: 101, name: "x", kind: .qemu, node: "pve", status: .running, seenAt: .distantPast)
    guard case .gone = try keeper.check([other]) else {
      Issue.record("not gone")
      return
    }
    #expect(keeper.standing.warning != nil && keeper.reload() == nil && keeper.standing.warning != nil)
    #expect(try keeper.check([other]) == nil, "told once")
    let second = Home(place: .elsewhere, confirmedAt: Date(timeIntervalSince1970: 2_000))
    try store.save(second)
    #expect(keeper.reload() == second && keeper.standing == .known(second))
    unlink(temporary.path + "/home.json")
    #expect(keeper.reload() == nil && keeper.standing == .known(second), "a file taken away takes nothing back")
  }

  @Test("FOUND-01 a move that cannot be saved does not count, and an older file takes no move back")
  func savedFirst() throws {
    let temporary = try TemporaryDirectory()
    let path = temporary.path + "/data"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let store = HomeStore(directory: DataDirectory(path: path))
    let first = Home(
      place: .guest(vmid: 100, node: "pve", isContainer: false), confirmedAt: Date(timeIntervalSince1970: 1_000.75))
    try store.save(first)
    let keeper = HomeKeeper(store)
    let moved = Guest(vmid: 100, name: "x", kind: .qemu, node: "agent", status: .running, seenAt: .distantPast)
    try FileManager.default.moveItem(atPath: path, toPath: path + "-away")
    try Data("x".utf8).write(to: URL(filePath: path))
    #expect(throws: StorageError.self) { try keeper.check([moved]) }
    #expect(keeper.standing == .known(first))
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: path + "-away", toPath: path)
    guard case .moved(let home) = try keeper.check([moved]) else {
      Issue.record("not found the second time")
      return
    }
    #expect(keeper.standing == .known(home) && store.load() == .known(home))
    try store.save(first)
    #expect(keeper.reload() == nil && keeper.standing == .known(home), "the same word, from an older place")
  }

  @Test("FOUND-01 what is learned of a move does not overwrite the home that a person confirmed meanwhile")
  func confirmedMeanwhile() throws {
    let temporary = try TemporaryDirectory()
    let store = HomeStore(directory: DataDirectory(path: temporary.path))
    let moved = Home(
      place: .guest(vmid: 100, node: "agent", isContainer: false), confirmedAt: Date(timeIntervalSince1970: 1_000))
    try store.save(moved)
    let keeper = HomeKeeper(store)
    var learned = moved
    learned.bridges = ["vmbr0"]
    let confirmed = Home(place: .elsewhere, confirmedAt: Date(timeIntervalSince1970: 2_000))
    // By `init`, in the file only.
    try store.save(confirmed)
    #expect(try !keeper.keep(learned, replacing: moved))
    #expect(store.load() == .known(confirmed))
    #expect(keeper.reload() == confirmed)
    #expect(try !keeper.keep(learned, replacing: moved))
    #expect(keeper.standing == .known(confirmed) && store.load() == .known(confirmed))
  }

  private func until(_ condition: @Sendable () async -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
      if await condition() { return }
      try await ContinuousClock().sleep(for: .milliseconds(20))
    }
    Issue.record("waited 60 s")
    throw CancellationError()
  }
}
