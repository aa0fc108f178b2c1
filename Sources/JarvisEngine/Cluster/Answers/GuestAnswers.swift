import Foundation
import JarvisAPI

/// A guest as its own node tells it: `status/current`, and the rows of `/nodes/{node}/qemu` and `…/lxc`.
enum GuestAnswers {
  /// Node name, kind and time are the caller's to fill in: the answer has none of them for sure.
  static func details(_ row: JSONView, kind: Guest.Kind) -> GuestDetails? {
    guard let vmid = row["vmid"]?.int, vmid > 0 else { return nil }
    let ha = row["ha"]
    let cores = row["cpus"]?.int ?? row["maxcpu"]?.int
    let guest = Guest(
      vmid: vmid, name: row.name("name") ?? "", kind: kind, node: "",
      status: status(row.name("status"), qmp: row.name("qmpstatus")), template: row["template"]?.flag ?? false,
      cpu: Reading(row["cpu"]?.number), cores: Reading(cores),
      memory: GuestFigures.usage(row["mem"]?.size, row["maxmem"]?.size),
      disk: GuestFigures.disk(row["disk"]?.size, row["maxdisk"]?.size, kind: kind),
      uptime: Reading(row["uptime"]?.number),
      networkIn: Reading(row["netin"]?.size), networkOut: Reading(row["netout"]?.size), lock: row.name("lock"),
      haState: ha?.name("state"), tags: row.name("tags").map(TextList.split) ?? [], seenAt: .distantPast)
    return GuestDetails(
      guest: guest, qmpStatus: row.name("qmpstatus"), agent: row["agent"]?.flag, processID: row["pid"]?.int,
      managedByHA: ha?["managed"]?.flag ?? false)
  }

  /// Proxmox says "running" for a paused machine in one place and "paused" in another; QEMU's own word decides.
  static func status(_ status: String?, qmp: String?) -> Guest.Status {
    if status == "running", let qmp, qmp == "paused" || qmp == "suspended" {
      return qmp == "paused" ? .paused : .suspended
    }
    return status.flatMap(Guest.Status.init(rawValue:)) ?? .unknown
  }

  /// Keys and values of a configuration. The digest stays: a change must name the state it was made on.
  static func config(_ body: AnswerBody) throws(AnswerFault) -> [String: JSONValue] {
    var result: [String: JSONValue] = [:]
    for (key, value) in try body.object().members.prefix(maximumConfigKeys) {
      result[OutsideText.name(key)] = FreeForm.sanitised(value.value)
    }
    return result
  }

  /// More keys than this are left out; real configurations stay below 300.
  static let maximumConfigKeys = 2_000
}

/// What the API's figures about guests mean.
enum GuestFigures {
  static func usage(_ used: Int64?, _ total: Int64?) -> Reading<Usage> {
    guard let used, let total else { return .unknown }
    return .known(Usage(used: used, total: total))
  }

  /// The API reports 0 for every virtual machine and for containers that do not run: that is "unknown", not "empty".
  static func disk(_ used: Int64?, _ total: Int64?, kind: Guest.Kind) -> Reading<Usage> {
    guard kind == .lxc, let used, used > 0 else { return .unknown }
    return usage(used, total)
  }
}

/// JSON whose shape is not ours, made harmless.
enum FreeForm {
  static func sanitised(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text): .string(Sanitiser.clean(text))
    case .array(let items): .array(items.map(sanitised))
    case .object(let fields):
      .object(Dictionary(fields.map { (OutsideText.name($0), sanitised($1)) }, uniquingKeysWith: { _, last in last }))
    default: value
    }
  }
}

/// A row of a guest's snapshot list. "current" is not one: it stands for the present state and is left out.
public struct SnapshotInfo: Sendable, Equatable {
  public var name: String
  /// nil where the API does not say.
  public var takenAt: Date?
  /// One line, sanitised; may be empty.
  public var description: String
  /// The snapshot it builds on.
  public var parent: String?
  /// True where memory was saved too.
  public var withMemory: Bool

  static func list(_ body: AnswerBody) throws(AnswerFault) -> [SnapshotInfo] {
    try body.rows { row -> SnapshotInfo? in
      guard let name = row.name("name") else { return nil }
      return SnapshotInfo(
        name: name, takenAt: row["snaptime"]?.number.map(Date.init(timeIntervalSince1970:)),
        description: OutsideText.line(row["description"]?.string ?? ""), parent: row.name("parent"),
        withMemory: row["vmstate"]?.flag ?? false)
    }.filter { $0.name != "current" }
  }
}

/// A network interface inside a container, from `GET /nodes/{node}/lxc/{vmid}/interfaces`.
public struct GuestInterface: Sendable, Equatable {
  public var name: String
  /// MAC address.
  public var hardwareAddress: String?
  /// With prefix length: "192.0.2.2/24".
  public var addresses: [String]

  init?(_ row: JSONView) {
    guard let name = row.name("name") else { return nil }
    self.name = name
    hardwareAddress = row.name("hardware-address") ?? row.name("hwaddr")
    let listed = row["ip-addresses"]?.elements.compactMap { address -> String? in
      guard let text = address.name("ip-address") else { return nil }
      return address.name("prefix").map { text + "/" + $0 } ?? text
    }
    // Proxmox VE 8 has only the two short fields.
    addresses = listed ?? [row.name("inet"), row.name("inet6")].compactMap { $0 }
  }
}
