import Foundation
import JarvisAPI
import Testing

@testable import JarvisSimulator

/// The simulated API against recordings of the real one.
@Suite(.enabled(if: RecordedData.available, Comment(rawValue: RecordedData.missing)))
struct ProxmoxRecordingTests {
  /// Exchanges about what the simulator does not have: they are counted, so that nobody takes silence for agreement.
  private static func concernsOurs(_ exchange: RecordedData.Exchange) -> Bool {
    guard exchange.authorization != "ticket", !exchange.name.hasPrefix("life-"), !exchange.name.hasPrefix("fmt-"),
      !exchange.name.hasPrefix("ticket-"),
      !exchange.name.hasPrefix("pvedaemon-down")
    else { return false }
    return known(exchange) || exchange.status == 401 || exchange.status == 501
      || exchange.name.hasPrefix("err-404") || exchange.name == "err-root-html"
  }

  private static func known(_ exchange: RecordedData.Exchange) -> Bool {
    let parts = exchange.path.split(separator: "/").dropFirst(2).map { Substring($0.removingPercentEncoding ?? "") }
    return EndpointTable.find(exchange.method, parts) != nil
  }

  @Test("TEST-12 every recorded status and reason that the simulator has a method for")
  func statusAndReason() async throws {
    let bench = try APIBench()
    try adoptRecordedTasks(bench)
    var compared = 0
    var wrong: [String] = []
    for exchange in try RecordedData.exchanges() where Self.concernsOurs(exchange) {
      if exchange.name == "proto-big-body" { continue }  // The server's own limit: see SimulatedServerTests.
      bench.cluster.update { $0.setNode("backup", online: !exchange.name.hasPrefix("offline-")) }
      let answer = await replay(exchange, on: bench)
      await Task.yield()
      compared += 1
      guard answer.status == exchange.status, answer.reason == exchange.reason else {
        wrong.append("\(exchange): \(answer.status) \(answer.reason), recorded \(exchange.status) \(exchange.reason)")
        continue
      }
      if exchange.status != 200 { wrong += bodyDifferences(exchange, answer) }
    }
    #expect(wrong.isEmpty, Comment(rawValue: wrong.joined(separator: "\n")))
    #expect(compared > 150)
  }

  @Test("TEST-12 every recorded answer has the same keys and types here")
  func shapes() async throws {
    let bench = try APIBench()
    let exchanges = try RecordedData.exchanges().filter {
      $0.status == 200 && $0.token == "full" && Self.concernsOurs($0) && !$0.name.hasPrefix("offline-")
    }
    // Keys that some rows have and others lack are gathered over all recordings of one method.
    let kin = Dictionary(grouping: exchanges) { template($0) }
    var wrong: Set<String> = []
    for exchange in exchanges where exchange.data != nil {
      // The recorded guest agent knows no file systems, and says so in place of them.
      if template(exchange).hasSuffix("/agent/get-fsinfo") { continue }
      let recorded = (kin[template(exchange)] ?? []).compactMap(\.data)
      let answer = await replay(exchange, on: bench)
      await Task.yield()
      guard answer.status == 200, let ours = answer.data else { continue }
      for difference in JSONShape.differences(ours, recorded) {
        // Keyed by the guests that HA looks after, which are others here.
        if difference.contains(/service_status\.(vm|ct):\d+: missing$/) { continue }
        wrong.insert("\(exchange.method) \(template(exchange)) \(difference)")
      }
    }
    #expect(wrong.isEmpty, Comment(rawValue: wrong.sorted().joined(separator: "\n")))
    #expect(kin.count > 35)
  }

  @Test("TEST-12 with a node gone its rows are as few as recorded")
  func offlineShapes() async throws {
    let bench = try APIBench()
    bench.cluster.update { $0.setNode("backup", online: false) }
    let recorded = try RecordedData.exchanges().filter { $0.name.hasPrefix("offline-") }
    let resources = await bench.send("GET", "/cluster/resources")
    let rows = resources.data?.array ?? []
    func keys(_ row: JSONValue?) -> Set<String> { Set(row?.object?.keys.map { $0 } ?? []) }
    let theirs = recorded.first { $0.name == "offline-GET/cluster/resources" }?.data?.array ?? []
    let theirNode = theirs.first { $0["id"]?.string == "node/backup" }
    let ourNode = rows.first { $0["id"]?.string == "node/backup" }
    #expect(theirNode != nil)
    #expect(keys(ourNode) == keys(theirNode))
    let theirGuest = theirs.first { $0["id"]?.string == "qemu/131" }
    #expect(keys(rows.first { $0["id"]?.string == "qemu/131" }) == keys(theirGuest))
    #expect(rows.first { $0["id"]?.string == "qemu/131" }?["status"] == "unknown")
    let status = await bench.send("GET", "/cluster/status")
    #expect(status.data?.array?.first { $0["name"]?.string == "backup" }?["online"] == 0)
  }

  @Test("TEST-12 the privileges of an administrator are those of the recording")
  func administrator() async throws {
    let recorded = try RecordedData.exchanges().first { $0.name == "GET/access/permissions" }?.data?["/"]?.object
    #expect(Set(recorded?.keys.map { $0 } ?? []) == AccessRole.administrator.privileges)
    let auditor = try RecordedData.exchanges().first { $0.name == "as-ro-GET/access/permissions" }?.data?["/"]?.object
    #expect(Set(auditor?.keys.map { $0 } ?? []) == AccessRole.auditor.privileges)
  }

  private func template(_ exchange: RecordedData.Exchange) -> String {
    let parts = exchange.path.split(separator: "/").dropFirst(2).map { Substring($0.removingPercentEncoding ?? "") }
    return EndpointTable.find(exchange.method, parts)?.0.template ?? exchange.path
  }

  private func replay(_ exchange: RecordedData.Exchange, on bench: APIBench) async -> APIBench.Answer {
    let type = exchange.requestBody.hasPrefix("{") ? "application/json" : "application/x-www-form-urlencoded"
    return await bench.send(
      exchange.method, raw: exchange.path, query: exchange.query, body: exchange.requestBody,
      contentType: exchange.name == "proto-post-no-ct" ? "text/plain" : type,
      authorization: authorization(exchange, bench))
  }

  private func authorization(_ exchange: RecordedData.Exchange, _ bench: APIBench) -> String? {
    guard exchange.authorization == "token" else { return nil }
    switch (exchange.name, exchange.token) {
    case ("err-401-bearer", _): return "Bearer something"
    case ("err-401-space-form", _): return bench.header("full")?.replacingOccurrences(of: "Token=", with: "Token ")
    case (_, "garbage"): return "PVEAPIToken=garbage"
    case (_, let name?): return bench.header(name) ?? "PVEAPIToken=" + name
    default: return nil
    }
  }

  /// Errors are compared word for word.
  private func bodyDifferences(_ exchange: RecordedData.Exchange, _ answer: APIBench.Answer) -> [String] {
    guard let theirs = try? JSONValue(parsing: exchange.body) else {
      return answer.text == exchange.body ? [] : ["\(exchange): body \(answer.text), recorded \(exchange.body)"]
    }
    return answer.json == theirs ? [] : ["\(exchange): \(answer.json?.text ?? answer.text), recorded \(theirs.text)"]
  }

  /// Gives the cluster the ended tasks whose status the recordings tell, so that they can be asked for here.
  private func adoptRecordedTasks(_ bench: APIBench) throws {
    for exchange in try RecordedData.exchanges() where exchange.path.hasSuffix("/status") && exchange.status == 200 {
      guard let row = exchange.data, let upid = row["upid"]?.string, let exit = row["exitstatus"]?.string,
        !exchange.name.hasPrefix("life-")
      else { continue }
      bench.cluster.update {
        $0.tasks.append(
          TaskState(
            upid: upid, node: row["node"]?.string ?? "", process: row["pid"]?.int ?? 0,
            processStart: row["pstart"]?.int ?? 0, startedAt: row["starttime"]?.number ?? 0,
            type: row["type"]?.string ?? "", target: row["id"]?.string ?? "",
            user: (row["user"]?.string ?? "") + (row["tokenid"]?.string.map { "!" + $0 } ?? ""),
            endsAt: (row["starttime"]?.number ?? 0) + 1, exitStatus: exit, effect: .none, lines: [], ended: true))
      }
    }
  }

  @Test("TEST-12 a task's status reads as recorded, word for word")
  func taskStatus() async throws {
    let bench = try APIBench()
    try adoptRecordedTasks(bench)
    var compared = 0
    for exchange in try RecordedData.exchanges() where exchange.name.hasPrefix("task-status-") && exchange.status == 200
    {
      let answer = await replay(exchange, on: bench)
      #expect(answer.data == exchange.data, "\(exchange)")
      compared += 1
    }
    #expect(compared >= 10)
  }
}
