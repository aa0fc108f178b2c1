import Foundation
import JarvisAPI
import JarvisHTTP
import Testing

@testable import JarvisCluster

@Suite("Calls against the published schema")
struct SchemaTests {
  static let versions = ["api-9.2.11.json", "api-8.4.0.json"]

  private struct Method {
    var path: String
    var method: String
    var parameters: [String: JSONView]
    var allowsTokens: Bool
  }

  private static func schema(_ file: String) throws -> [String: Method] {
    let root = try JSONDocument(Array(Data(contentsOf: TestData.file(file)))).root
    var methods: [String: Method] = [:]
    for row in root.elements {
      guard let path = row["path"]?.string, let method = row["method"]?.string else { continue }
      let parameters = row["params"].map {
        Dictionary($0.members.map { ($0.key, $0.value) }, uniquingKeysWith: { a, _ in a })
      }
      methods[method + " " + path] = Method(
        path: path, method: method, parameters: parameters ?? [:], allowsTokens: row["allowtoken"]?.flag ?? true)
    }
    return methods
  }

  /// Routes of one version only, by what they are for; each must exist in the other.
  private static let onlyIn9: Set<String> = ["/cluster/ha/rules", "/nodes/{node}/lxc/{vmid}/migrate"]

  @Test(
    "TEST-04 every path and parameter of the table is in the schema", .enabled(if: TestData.has("api-9.2.11.json")),
    arguments: versions)
  func table(file: String) throws {
    let schema = try Self.schema(file)
    #expect(schema.count > 500)
    for route in ProxmoxRoutes.all {
      if file.contains("8.4"), Self.onlyIn9.contains(route.template) { continue }
      guard let method = schema[route.method + " " + route.template] else {
        Issue.record("\(file) has no \(route.method) \(route.template)")
        continue
      }
      #expect(method.allowsTokens, "\(route.template) refuses tokens")
      for name in route.parameters {
        let known = Self.rule(for: name, in: method)?["in_path"]?.flag == false
        #expect(known, "\(file): \(route.template) does not take \(name)")
      }
    }
  }

  /// "net0" is one of "net[n]".
  private static func rule(for name: String, in method: Method) -> JSONView? {
    method.parameters[name] ?? method.parameters[name.prefix { !$0.isNumber } + "[n]"]
  }

  @Test(
    "TEST-04 every request the client sends is one the schema accepts", .enabled(if: TestData.has("api-9.2.11.json")),
    arguments: versions)
  func requests(file: String) async throws {
    let schema = try Self.schema(file)
    let transport = ScriptedTransport { _ in .json(#"{"data":null}"#) }
    try await callEverything(try Fixture.client(transport))
    let sent = transport.sent
    #expect(sent.count >= 30)
    for request in sent {
      let parts = request.path.split(separator: "?", maxSplits: 1)
      let path = String(parts[0]).removingPercentEncoding ?? ""
      let found = schema.values.first { method in
        let template = method.path.split(separator: "/")
        let given = path.split(separator: "/")
        return method.method == request.method && template.count == given.count
          && zip(template, given).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
      }
      guard let found else {
        let isNew = request.method == "GET" && path.contains("/lxc/") && path.hasSuffix("/migrate")
        if file.contains("8.4"), isNew { continue }
        Issue.record("\(file) has no \(request.method) \(path)")
        continue
      }
      var given: [String: String] = [:]
      let form = String(decoding: request.body ?? [], as: UTF8.self)
      for pair in (parts.count > 1 ? String(parts[1]) : form).split(separator: "&") {
        let sides = pair.split(separator: "=", maxSplits: 1).map { String($0).removingPercentEncoding ?? "" }
        given[sides[0]] = sides.count > 1 ? sides[1] : ""
      }
      for (name, value) in zip(found.path.split(separator: "/"), path.split(separator: "/")) where name.hasPrefix("{") {
        given[String(name.dropFirst().dropLast())] = String(value)
      }
      for (name, value) in given {
        guard let rule = Self.rule(for: name, in: found) else {
          Issue.record("\(found.path) does not take \(name)")
          continue
        }
        check(value, rule, "\(found.path) \(name)")
      }
      for (name, rule) in found.parameters where rule["optional"]?.flag == false {
        #expect(given[name] != nil, "\(found.path) needs \(name)")
      }
      if request.method == "POST" {
        #expect(
          request.headers.contains { $0.name == "Content-Type" && $0.value == "application/x-www-form-urlencoded" })
      }
    }
  }

  private func check(_ value: String, _ rule: JSONView, _ what: String) {
    switch rule["type"]?.string {
    case "integer":
      guard let number = Int(value) else {
        Issue.record("\(what): \(value) is no integer")
        return
      }
      if let least = rule["minimum"]?.int { #expect(number >= least, "\(what)") }
      if let most = rule["maximum"]?.int { #expect(number <= most, "\(what)") }
    case "boolean": #expect(["0", "1"].contains(value), "\(what): \(value) is no boolean in a form")
    default: break
    }
    if let words = rule["enum"] { #expect(words.elements.contains { $0.string == value }, "\(what): \(value)") }
  }

  /// Calls each method of the client once; the answers do not matter here.
  private func callEverything(_ client: ProxmoxClient) async throws {
    let upid = try #require(UPID("UPID:pve:0000030E:0005A11B:6B039820:qmstart:100:root@pam!full:"))
    _ = try? await client.version()
    _ = try? await client.clusterStatus()
    _ = try? await client.resources()
    _ = try? await client.clusterTasks()
    _ = try? await client.haStatus()
    _ = try? await client.nextID()
    _ = try? await client.permissions()
    _ = try? await client.storageConfigs()
    _ = try? await client.nodes()
    _ = try? await client.nodeStatus("pve")
    _ = try? await client.nodeVersion("pve")
    _ = try? await client.certificates("pve")
    _ = try? await client.storages(on: "pve")
    _ = try? await client.storageStatus("local", on: "pve")
    _ = try? await client.volumes(of: "local", on: "pve")
    _ = try? await client.tasks(on: "pve", limit: 20, vmid: 100, failed: true)
    _ = try? await client.taskStatus(upid)
    _ = try? await client.taskLog(upid, start: 0, limit: 50)
    for kind in [Guest.Kind.qemu, .lxc] {
      let place = GuestPlace(vmid: 100, kind: kind, node: "pve")
      _ = try? await client.guests(kind, on: "pve")
      _ = try? await client.guestStatus(place)
      _ = try? await client.guestConfig(place)
      _ = try? await client.snapshots(of: place)
      _ = try? await client.history(of: place, .day)
      for action in GuestAction.allCases { _ = try? await client.change(.power(action, place)) }
      for change in changes(of: place) { _ = try? await client.change(change) }
      _ = try? await client.read(.migrationCheck(of: place, to: "agent"))
    }
    _ = try? await client.interfaces(ofContainer: 200, on: "pve")
    _ = try? await client.change(.reset(GuestPlace(vmid: 100, kind: .qemu, node: "pve")))
    _ = try? await client.change(.wake("backup"))
    _ = try? await client.change(.restartService("pveproxy", on: "pve"))
    await askEverything(client)
    for span in HistorySpan.allCases { _ = try? await client.history(ofNode: "pve", span) }
    _ = try? await client.history(ofStorage: "local", on: "pve", .month)
    _ = try? await client.records("/nodes/{node}/services", ["node": "pve"])
    _ = try? await client.fields("/nodes/{node}/subscription", ["node": "pve"])
  }

  private func changes(of place: GuestPlace) -> [ClusterChange] {
    [
      .createSnapshot(of: place, name: "a", description: "b", withMemory: true), .deleteSnapshot("a", of: place),
      .rollback("a", of: place, start: true), .backUp(place, storage: "local", mode: .suspend),
      .migrate(place, to: "agent", running: true, withLocalDisks: true),
      .clone(place, as: 101, name: "x", full: true), .create(place, Self.creation(place.kind)),
      .configure(place, set: [("cores", "2"), ("onboot", "1")], delete: ["tags"], digest: "0a"),
    ]
  }

  private static func creation(_ kind: Guest.Kind) -> [(name: String, value: String)] {
    kind == .qemu ? [("name", "x"), ("memory", "512")] : [("ostemplate", "local:vztmpl/a.tar.zst"), ("hostname", "x")]
  }

  private func askEverything(_ client: ProxmoxClient) async {
    let machine = GuestPlace(vmid: 100, kind: .qemu, node: "pve")
    _ = try? await client.read(.volumes(of: "local", on: "pve", content: "backup", vmid: 100))
    _ = try? await client.read(.tasks(on: "pve", type: "vzdump", limit: 9))
    _ = try? await client.read(.replication(on: "pve"))
    _ = try? await client.read(.ceph())
    _ = try? await client.read(.updates(on: "pve"))
    _ = try? await client.read(.disks(on: "pve"))
    _ = try? await client.read(.smart(of: "/dev/sda", on: "pve"))
    _ = try? await client.read(.journal(on: "pve", since: Fixture.start, until: Fixture.start + 9))
    for question in AgentQuestion.allCases {
      _ = try? await client.read(.agent(question, of: machine))
    }
  }

  @Test("TEST-04 values in paths and queries are encoded")
  func encoding() async throws {
    let transport = ScriptedTransport { _ in .json(#"{"data":{"total":1}}"#) }
    let client = try Fixture.client(transport)
    _ = try await client.storageStatus("bü/ro?x", on: "a b")
    #expect(transport.lines == ["GET 10.0.0.1 /nodes/a%20b/storage/b%C3%BC%2Fro%3Fx/status"])
    await #expect(throws: ProxmoxError.self) { _ = try await client.storageStatus("", on: "pve") }
    #expect(transport.sent.count == 1, "an empty name would be another call")
  }
}
