import Foundation
import JarvisAPI
import Testing

@testable import JarvisCluster

@Suite("Recorded answers of real Proxmox")
struct RecordingTests {
  @Test(
    "TEST-10 every recorded answer that has a type is decoded", .enabled(if: TestData.has("recorded-9.2.11.jsonl")),
    arguments: ["recorded-9.2.11.jsonl", "responses.jsonl"])
  func everyRowDecodes(file: String) throws {
    var decoded = 0
    for (number, line) in try TestData.lines(file).enumerated() {
      switch RecordedAnswer.verdict(ofLine: line) {
      case .ok: decoded += 1
      case .failed(let why): Issue.record("\(file) line \(number + 1): \(why)")
      case .unsupported: break
      }
    }
    #expect(decoded > 200, "a test that decodes nothing proves nothing")
  }

  @Test(
    "TEST-10 every recorded error reaches the user in words that help",
    .enabled(if: TestData.has("recorded-9.2.11.jsonl")))
  func everyErrorHelps() throws {
    var kinds: Set<Int> = []
    for row in try Recording.all() where row.status >= 300 {
      let error = ErrorReader.error(
        status: row.status, reason: row.reason, body: Array(row.body.utf8), attempted: "try", node: "backup")
      let words = error.userFacing
      kinds.insert(row.status)
      #expect(!words.reason.isEmpty && !words.advice.isEmpty, "\(row.name)")
      #expect(!words.reason.contains("\n") && !words.reason.hasPrefix("HTTP status"), "\(row.name): \(words.reason)")
      #expect(!words.reason.contains("{") || row.reason.contains("{"), "\(row.name): \(words.reason)")
      // What the server said is what the person reads: the reason phrase, but for the details of parameters.
      let said = OutsideText.line(row.reason).trimmingCharacters(in: .whitespaces.union(["."]))
      #expect(words.reason.hasPrefix(said), "\(row.name): \(words.reason) for \(said)")
    }
    #expect(kinds.isSuperset(of: [400, 401, 403, 404, 500, 501, 506, 595]))
  }

  @Test(
    "TEST-10 a 403 names path, privilege and the command that grants it",
    .enabled(if: TestData.has("recorded-9.2.11.jsonl")))
  func forbiddenNamesTheRight() throws {
    let row = try Recording.named("as-none-GET/nodes/pve/qemu/100/status/current")
    let error = ErrorReader.error(
      status: row.status, reason: row.reason, body: Array(row.body.utf8), attempted: "read guest 100")
    #expect(error.kind == .forbidden(path: "/vms/100", privilege: "VM.Audit"))
    #expect(error.userFacing.advice.contains("pveum acl modify /vms/100 --tokens 'USER@REALM!ID' --roles PVEAuditor"))
  }

  @Test("TEST-10 names encoded twice are read as they were meant", .enabled(if: TestData.has("recorded-9.2.11.jsonl")))
  func doubleEncoding() throws {
    let wrong = try #require(try Recording.all().first { $0.path.hasSuffix("/n%C3%B6pe") && $0.status == 501 })
    let error = ErrorReader.error(status: 501, reason: wrong.reason, body: Array(wrong.body.utf8), attempted: "try")
    #expect(error.reason.contains("nöpe"))
    let right = try #require(try Recording.all().first { $0.status == 400 && $0.body.contains("Größe") })
    let once = ErrorReader.error(status: 400, reason: right.reason, body: Array(right.body.utf8), attempted: "try")
    #expect(once.reason.contains("Größe"))
  }

  @Test(
    "TEST-10 the whole recorded cluster becomes the live picture", .enabled(if: TestData.has("recorded-9.2.11.jsonl")))
  func wholeCluster() throws {
    let list = try ResourceList(Fixture.body(Recording.named("GET/cluster/resources").body))
    let status = try ClusterStatus(Fixture.body(Recording.named("GET/cluster/status").body))
    let rights = try Permissions(Fixture.body(Recording.named("GET/access/permissions").body))
    var picture = Fixture.picture()
    _ = picture.apply(.rights(rights), at: Fixture.start)
    _ = picture.apply(.status(status), at: Fixture.start)
    let events = picture.apply(.resources(list, via: "pve"), at: Fixture.start)
    let snapshot = picture.snapshot
    #expect(events.isEmpty, "nothing is wrong: \(events.map(\.text))")
    #expect(snapshot.name == "sued")
    #expect(snapshot.quorate == .known(true))
    #expect(snapshot.nodes.map(\.name) == ["agent", "backup", "home", "pve"])
    #expect(snapshot.nodes[3].address == "10.40.0.11")
    #expect(snapshot.nodes[3].memory == .known(Usage(used: 38_192_273_021, total: 68_719_476_736)))
    #expect(snapshot.guests.count == 16)
    #expect(snapshot.guests.map(\.vmid) == snapshot.guests.map(\.vmid).sorted())
    let nas = snapshot.storages.filter { $0.name == "nas" }
    #expect(nas.count == 1 && nas[0].available && nas[0].node == "agent", "shared storage counts once")
    #expect(snapshot.storages.filter { $0.name == "local" }.count == 4)
    let web = try #require(snapshot.guests.first { $0.vmid == 100 })
    #expect(web.disk == .unknown, "a VM's disk is 0 in the API: unknown")
    #expect(web.tags == ["prod", "web"])
    let bare = try #require(snapshot.guests.first { $0.vmid == 131 })
    #expect(bare.status == .unknown && bare.memory == .unknown && bare.cpu == .unknown)
    #expect(snapshot.blindSpots.isEmpty)
  }

  @Test(
    "TEST-10 a token without rights sees that it is blind, not zeros",
    .enabled(if: TestData.has("recorded-9.2.11.jsonl")))
  func blindToken() throws {
    var picture = Fixture.picture()
    _ = picture.apply(
      .rights(try Permissions(Fixture.body(Recording.named("as-none-GET/access/permissions").body))), at: Fixture.start)
    _ = picture.apply(
      .resources(try ResourceList(Fixture.body(Recording.named("as-none-GET/cluster/resources").body)), via: "pve"),
      at: Fixture.start)
    let refused = try Recording.named("as-none-GET/cluster/status")
    _ = picture.apply(
      .noStatus(
        ErrorReader.error(status: 403, reason: refused.reason, body: Array(refused.body.utf8), attempted: "try")),
      at: Fixture.start)
    let snapshot = picture.snapshot
    let node = try #require(snapshot.nodes.first { $0.name == "pve" })
    #expect(node.status == .online)
    #expect(node.cpu == .withheld(right: "Sys.Audit /nodes/pve"))
    #expect(node.memory == .withheld(right: "Sys.Audit /nodes/pve"))
    #expect(snapshot.quorate == .withheld(right: "Sys.Audit /"))
    #expect(snapshot.blindSpots.contains { $0.contains("VM.Audit /vms") && $0.contains("no guests are shown") })
    #expect(snapshot.blindSpots.contains { $0.contains("Datastore.Audit /storage") })
  }

  @Test(
    "TEST-10 guests of an offline node are unknown, not running on", .enabled(if: TestData.has("recorded-9.2.11.jsonl"))
  )
  func offlineNode() throws {
    var picture = Fixture.picture()
    _ = picture.apply(
      .resources(try ResourceList(Fixture.body(Recording.named("GET/cluster/resources").body)), via: "pve"),
      at: Fixture.start)
    let later = Fixture.start + 12
    let events = picture.apply(
      .resources(try ResourceList(Fixture.body(Recording.named("offline-GET/cluster/resources").body)), via: "pve"),
      at: later)
    #expect(events.map(\.text) == ["node backup is offline; 3 guests inside"])
    let node = try #require(picture.snapshot.nodes.first { $0.name == "backup" })
    #expect(
      node.status == .offline && node.offlineSince == later && node.seenAt == Fixture.start && node.cpu == .unknown)
    let guest = try #require(picture.snapshot.guests.first { $0.vmid == 130 })
    #expect(
      guest.status == .unknown && guest.name == "pbs" && guest.seenAt == Fixture.start && guest.memory == .unknown)
    let local = try #require(picture.snapshot.storages.first { $0.id == "backup/local" })
    #expect(!local.available && local.seenAt == Fixture.start && local.usage.value != nil)
  }

  @Test("TEST-10 task ends: OK, warnings and failures after a 200", .enabled(if: TestData.has("recorded-9.2.11.jsonl")))
  func taskEnds() throws {
    func outcome(_ name: String) throws -> ClusterTask.Outcome {
      try TaskAnswers.status(Fixture.body(Recording.named(name).body))
    }
    #expect(try outcome("life-qm-start-status-immediately") == .running)
    #expect(try outcome("life-qm-start-status-final") == .ok)
    #expect(try outcome("task-status-qmconfig-WARNINGS: 2") == .warnings(2))
    #expect(
      try outcome("life-qm-start-missing-status-immediately")
        == .failed("Configuration file 'nodes/pve/qemu-server/999.conf' does not exist"))
    let log = try TaskLog(Fixture.body(Recording.named("task-log-default-limit").body))
    #expect(log.lines.first == "INFO: Schritt 1 – Übertragung läuft (1 %)")
  }

  @Test(
    "FOUND-03 first contact learns addresses, authority and rights", .enabled(if: TestData.has("recorded-9.2.11.jsonl"))
  )
  func discovery() async throws {
    let rows = Dictionary(
      try Recording.all().filter { $0.method == "GET" && $0.name.hasPrefix("GET/") }.map { ($0.path, $0) },
      uniquingKeysWith: { first, _ in first })
    let transport = ScriptedTransport { request in
      guard let row = rows["/api2/json" + request.path] else { return .status(501, reason: "not recorded") }
      return .status(row.status, reason: row.reason, body: row.body)
    }
    let client = try Fixture.client(transport, endpoints: [Fixture.endpoint(nil, "10.40.0.11")])
    let found = try await client.discover()
    #expect(found.name == "sued" && found.version == "9.2.11" && found.gaps.isEmpty)
    #expect(found.entrances.map(\.address) == ["10.40.0.12", "10.40.0.14", "10.40.0.13", "10.40.0.11"])
    #expect(found.entrances.allSatisfy { $0.fingerprint?.count == 95 })
    #expect(found.authority?.pem?.hasPrefix("-----BEGIN CERTIFICATE-----") == true)
    #expect(found.rights.missing.isEmpty)
    #expect(await client.endpoints().map(\.base).contains("https://10.40.0.13:8006"))
    #expect(await client.currentEndpoint()?.node == "pve")
  }
}
