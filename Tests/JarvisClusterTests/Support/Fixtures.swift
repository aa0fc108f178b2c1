import Foundation
import JarvisAPI
import JarvisHTTP

@testable import JarvisCluster

/// Recorded data from outside the package: `JARVIS_TEST_DATA`, else `../shared/data` beside the package.
enum TestData {
  static var folder: URL {
    if let path = ProcessInfo.processInfo.environment["JARVIS_TEST_DATA"] { return URL(fileURLWithPath: path) }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("shared/data")
  }

  static func file(_ name: String) -> URL { folder.appendingPathComponent("pve/" + name) }

  static func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name).path) }

  static func lines(_ name: String) throws -> [[UInt8]] {
    try Data(contentsOf: file(name)).split(separator: UInt8(ascii: "\n")).map { Array($0) }
  }
}

/// One recorded exchange.
struct Recording {
  var name: String
  var method: String
  var path: String
  var status: Int
  var reason: String
  var body: String

  static func all() throws -> [Recording] {
    try TestData.lines("recorded-9.2.11.jsonl").compactMap { line in
      let row = try JSONDocument(line).root
      guard let method = row["method"]?.string, let path = row["path"]?.string, let status = row["status"]?.int,
        row["body_encoding"]?.string != "base64"
      else { return nil }
      return Recording(
        name: row["name"]?.string ?? "", method: method, path: path, status: status,
        reason: row["reason"]?.string ?? "",
        body: row["body"]?.string ?? "")
    }
  }

  static func named(_ name: String) throws -> Recording {
    guard let found = try all().first(where: { $0.name == name }) else { throw Missing(name: name) }
    return found
  }

  struct Missing: Error { var name: String }
}

enum Fixture {
  static let uuid = "12345678-1234-1234-1234-123456789abc"
  static let tokenText = "jarvis@pve!console=" + uuid

  static func token() throws -> APIToken { try APIToken(parsing: tokenText) }

  static let authority = TLSTrust.authority(pem: "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n")

  static func endpoint(_ node: String?, _ address: String, trust: TLSTrust? = authority) throws -> ClusterEndpoint {
    try ClusterEndpoint(node: node, address: address, trust: trust)
  }

  /// The client of a three-node cluster pve, agent, home at 10.0.0.1 to 10.0.0.3.
  static func client(
    _ transport: ScriptedTransport, endpoints: [ClusterEndpoint]? = nil, clock: ManualClock = ManualClock()
  ) throws -> ProxmoxClient {
    let all = try [endpoint("pve", "10.0.0.1"), endpoint("agent", "10.0.0.2"), endpoint("home", "10.0.0.3")]
    return ProxmoxClient(
      transport: transport, token: try token(), endpoints: endpoints ?? all, now: { clock.date })
  }

  static func body(_ json: String) throws -> AnswerBody { try AnswerBody(Array(json.utf8)) }

  static func resources(_ rows: String...) throws -> ResourceList {
    try ResourceList(body(#"{"data":["# + rows.joined(separator: ",") + "]}"))
  }

  static func node(_ name: String, _ status: String = "online") -> String {
    status == "online"
      ? #"{"type":"node","id":"node/\#(name)","node":"\#(name)","status":"online","cpu":0.25,"maxcpu":8,"mem":4,"maxmem":16,"disk":1,"maxdisk":10,"uptime":100}"#
      : #"{"type":"node","id":"node/\#(name)","node":"\#(name)","status":"\#(status)","maxcpu":8,"maxmem":16}"#
  }

  static func guest(
    _ vmid: Int, _ status: String, name: String = "pihole", node: String = "agent", kind: String = "lxc",
    extra: String = ""
  ) -> String {
    #"{"type":"\#(kind)","id":"\#(kind)/\#(vmid)","vmid":\#(vmid),"node":"\#(node)","name":"\#(name)","status":"\#(status)","cpu":0.1,"maxcpu":2,"mem":1,"maxmem":4,"disk":2,"maxdisk":8,"uptime":1000\#(extra)}"#
  }

  static func storage(_ name: String, node: String, used: Int, shared: Int = 0, status: String = "available") -> String
  {
    #"{"type":"storage","id":"storage/\#(node)/\#(name)","storage":"\#(name)","node":"\#(node)","status":"\#(status)","shared":\#(shared),"plugintype":"dir","content":"images,iso","disk":\#(used),"maxdisk":1000}"#
  }

  static func picture(interval: TimeInterval = 12) -> LivePicture {
    LivePicture(pollInterval: interval, simulated: false, makeID: { UUID() })
  }

  static let start = ManualClock.epoch
}
