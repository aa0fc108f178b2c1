import Foundation
import JarvisAPI

/// `GET /version` and `GET /nodes/{node}/version`.
public struct VersionInfo: Sendable, Equatable {
  /// "9.2.11".
  public var version: String
  /// "9.2".
  public var release: String?

  init(_ body: AnswerBody) throws(AnswerFault) {
    let object = try body.object()
    guard let version = object.name("version") else { throw AnswerFault("no `version`") }
    self.version = version
    release = object.name("release")
  }

  /// 8 for "8.4.0".
  public var major: Int? { version.split { !$0.isNumber }.first.flatMap { Int($0) } }
}

/// A row of `GET /nodes`.
public struct NodeListRow: Sendable, Equatable {
  public var name: String
  /// The API's word: "online", "offline", "unknown".
  public var status: String?
  /// SHA-256 of the node's certificate as "AA:BB:…": told over an authenticated channel, so it may be offered as a pin.
  public var fingerprint: String?

  init?(_ row: JSONView) {
    guard let name = row.name("node") else { return nil }
    self.name = name
    status = row.name("status")
    fingerprint = row.name("ssl_fingerprint")
  }
}

/// `GET /nodes/{node}/status`.
enum NodeStatusAnswer {
  /// Node names and times are the caller's to fill in: the answer has neither.
  static func details(_ body: AnswerBody) throws(AnswerFault) -> NodeDetails {
    let row = try body.object()
    let info = row["cpuinfo"]
    let node = Node(
      name: "", status: .online, cpu: Reading(row["cpu"]?.number), cores: Reading(info?["cpus"]?.int),
      memory: usage(row["memory"]), disk: usage(row["rootfs"]), uptime: Reading(row["uptime"]?.number),
      seenAt: .distantPast)
    return NodeDetails(
      node: node, load: row["loadavg"]?.elements.compactMap(\.number) ?? [],
      kernel: row["current-kernel"]?.name("release") ?? row.name("kversion"),
      version: row.name("pveversion").map(bare), cpuModel: info?.name("model"), swap: usage(row["swap"]),
      ioWait: Reading(row["wait"]?.number))
  }

  private static func usage(_ view: JSONView?) -> Reading<Usage> {
    guard let used = view?["used"]?.size, let total = view?["total"]?.size else { return .unknown }
    return .known(Usage(used: used, total: total))
  }

  /// "9.2.11" of "pve-manager/9.2.11/14a22df35955d97d".
  private static func bare(_ text: String) -> String {
    let parts = text.split(separator: "/")
    return parts.count > 1 ? String(parts[1]) : text
  }
}

/// A certificate as `GET /nodes/{node}/certificates/info` shows it.
public struct CertificateInfo: Sendable, Equatable {
  /// "pve-root-ca.pem" is the cluster's own authority, "pve-ssl.pem" and "pveproxy-ssl.pem" leaves.
  public var file: String
  /// SHA-256 as "AA:BB:…".
  public var fingerprint: String?
  /// Distinguished name of the holder.
  public var subject: String?
  /// Distinguished name of who signed it.
  public var issuer: String?
  /// Subject alternative names: host names and addresses it is valid for.
  public var names: [String]
  /// Start of its validity.
  public var notBefore: Date?
  /// End of its validity.
  public var notAfter: Date?
  /// As it stands in the file: base64 between two marker lines.
  public var pem: String?

  init?(_ row: JSONView) {
    guard let file = row.name("filename") else { return nil }
    self.file = file
    fingerprint = row.name("fingerprint")
    subject = row.name("subject")
    issuer = row.name("issuer")
    names = row["san"]?.elements.compactMap { $0.word.map(OutsideText.name) } ?? []
    notBefore = row["notbefore"]?.number.map(Date.init(timeIntervalSince1970:))
    notAfter = row["notafter"]?.number.map(Date.init(timeIntervalSince1970:))
    // Newlines are part of PEM; anything but printable ASCII is not.
    pem = row["pem"]?.string.flatMap { $0.utf8.allSatisfy { $0 == 0x0A || (0x20..<0x7F).contains($0) } ? $0 : nil }
  }

  /// True for the authority that signs all nodes of the cluster.
  public var isClusterAuthority: Bool { file == "pve-root-ca.pem" }
}
