import Foundation
import JarvisAPI

/// Every method of the API that Jarvis uses. The one table: the client calls from it, the schema test reads it, and
/// `jarvis-bench decode` finds the type of a recorded answer in it.
enum ProxmoxRoutes {
  static let version = APIRoute("GET", "/version", decode: VersionInfo.init)
  static let clusterStatus = APIRoute("GET", "/cluster/status", decode: ClusterStatus.init)
  static let resources = APIRoute("GET", "/cluster/resources", parameters: ["type"], decode: ResourceList.init)
  static let clusterTasks = APIRoute("GET", "/cluster/tasks", decode: TaskAnswers.list)
  static let haStatus = APIRoute("GET", "/cluster/ha/status/current", decode: HAStatus.init)
  static let nextID = APIRoute("GET", "/cluster/nextid", parameters: ["vmid"]) { body throws(AnswerFault) -> Int in
    guard let number = body.data?.int else { throw AnswerFault("no number") }
    return number
  }
  static let haManager = APIRoute("GET", "/cluster/ha/status/manager_status", decode: HAManagerStatus.init)
  static let permissions = APIRoute(
    "GET", "/access/permissions", parameters: ["path", "userid"], decode: Permissions.init)
  static let storageConfigs = APIRoute("GET", "/storage", parameters: ["type"]) { body throws(AnswerFault) in
    try body.rows(StorageConfig.init)
  }

  static let nodes = APIRoute("GET", "/nodes") { body throws(AnswerFault) in try body.rows(NodeListRow.init) }
  static let nodeStatus = APIRoute("GET", "/nodes/{node}/status", decode: NodeStatusAnswer.details)
  static let nodeVersion = APIRoute("GET", "/nodes/{node}/version", decode: VersionInfo.init)
  static let certificates = APIRoute("GET", "/nodes/{node}/certificates/info") { body throws(AnswerFault) in
    try body.rows(CertificateInfo.init)
  }
  static let nodeTime = APIRoute("GET", "/nodes/{node}/time") { body throws(AnswerFault) -> Date in
    guard let seconds = try body.object()["time"]?.number else { throw AnswerFault("no `time`") }
    return Date(timeIntervalSince1970: seconds)
  }
  static let nodeHistory = history("/nodes/{node}/rrddata")

  static let nodeTasks = APIRoute(
    "GET", "/nodes/{node}/tasks",
    parameters: ["start", "limit", "vmid", "errors", "source", "since", "until", "typefilter"],
    decode: TaskAnswers.list)
  static let taskStatus = APIRoute("GET", "/nodes/{node}/tasks/{upid}/status", decode: TaskAnswers.status)
  static let taskLog = APIRoute(
    "GET", "/nodes/{node}/tasks/{upid}/log", parameters: ["start", "limit"], decode: TaskLog.init)

  static let nodeStorages = APIRoute(
    "GET", "/nodes/{node}/storage", parameters: ["content", "enabled"], decode: StorageStatus.list)
  static let storageStatus = APIRoute("GET", "/nodes/{node}/storage/{storage}/status", decode: StorageStatus.single)
  static let storageContent = APIRoute(
    "GET", "/nodes/{node}/storage/{storage}/content", parameters: ["content", "vmid"]
  ) { body throws(AnswerFault) in try body.rows(StorageVolume.init) }
  static let storageHistory = history("/nodes/{node}/storage/{storage}/rrddata")

  static func guests(_ kind: Guest.Kind) -> APIRoute<[GuestDetails]> {
    APIRoute("GET", "/nodes/{node}/\(kind.rawValue)") { body throws(AnswerFault) in
      try body.rows { GuestAnswers.details($0, kind: kind) }
    }
  }

  static func guestStatus(_ kind: Guest.Kind) -> APIRoute<GuestDetails> {
    APIRoute("GET", guest(kind, "status/current")) { body throws(AnswerFault) in
      guard let details = GuestAnswers.details(try body.object(), kind: kind) else { throw AnswerFault("no `vmid`") }
      return details
    }
  }

  static func guestConfig(_ kind: Guest.Kind) -> APIRoute<[String: JSONValue]> {
    APIRoute("GET", guest(kind, "config"), parameters: ["current", "snapshot"], decode: GuestAnswers.config)
  }

  static func snapshots(_ kind: Guest.Kind) -> APIRoute<[SnapshotInfo]> {
    APIRoute("GET", guest(kind, "snapshot"), decode: SnapshotInfo.list)
  }

  static func guestHistory(_ kind: Guest.Kind) -> APIRoute<[HistoryPoint]> { history(guest(kind, "rrddata")) }

  static let interfaces = APIRoute("GET", guest(.lxc, "interfaces")) { body throws(AnswerFault) in
    try body.rows(GuestInterface.init)
  }

  static func agent(_ question: AgentQuestion) -> APIRoute<[String: JSONValue]> {
    object("/nodes/{node}/qemu/{vmid}/agent/\(question.rawValue)")
  }

  static func migrationCheck(_ kind: Guest.Kind) -> APIRoute<MigrationCheck> {
    APIRoute("GET", guest(kind, "migrate"), parameters: ["target"], decode: MigrationCheck.init)
  }

  static let replication = record("/nodes/{node}/replication", "id")
  static let services = record("/nodes/{node}/services", "service")
  static let updates = record("/nodes/{node}/apt/update", "Package")
  static let disks = record("/nodes/{node}/disks/list", "devpath")
  static let smart = object("/nodes/{node}/disks/smart", parameters: ["disk"])
  static let cephStatus = object("/cluster/ceph/status")
  static let journal = APIRoute(
    "GET", "/nodes/{node}/journal", parameters: ["since", "until", "lastentries"], decode: JournalAnswer.lines)

  static func guest(_ kind: Guest.Kind, _ rest: String) -> String {
    "/nodes/{node}/\(kind.rawValue)/{vmid}/\(rest)"
  }

  private static func history(_ template: String) -> APIRoute<[HistoryPoint]> {
    APIRoute("GET", template, parameters: ["timeframe", "cf"], decode: HistoryPoint.list)
  }

  /// Lists and objects that are shown as they come; each with the field that names a row.
  static let records: [APIRoute<[Record]>] = [
    record("/access/acl", "path"), record("/access/domains", "realm"), record("/access/groups", "groupid"),
    record("/access/roles", "roleid"), record("/access/users", "userid"), record("/cluster/backup", "id"),
    record("/cluster/backup-info/not-backed-up", "vmid"), record("/cluster/config/nodes", "name"),
    record("/cluster/firewall/rules", "pos"), record("/cluster/ha/groups", "group"),
    record("/cluster/ha/resources", "sid"), record("/cluster/ha/rules", "rule"), record("/cluster/log", "id"),
    record("/cluster/replication", "id"), record("/cluster/sdn/vnets", "vnet"), record("/cluster/sdn/zones", "zone"),
    updates, record("/nodes/{node}/apt/versions", "Package"),
    disks, record("/nodes/{node}/disks/lvmthin", "lv"),
    record("/nodes/{node}/disks/zfs", "name"), record("/nodes/{node}/firewall/rules", "pos"),
    record("/nodes/{node}/hardware/pci", "id"), record("/nodes/{node}/network", "iface"),
    replication, services,
    record("/nodes/{node}/lxc/{vmid}/pending", "key"), record("/nodes/{node}/qemu/{vmid}/pending", "key"),
    record("/nodes/{node}/lxc/{vmid}/firewall/rules", "pos"), record("/nodes/{node}/qemu/{vmid}/firewall/rules", "pos"),
    record("/pools", "poolid"),
  ]

  private static func record(_ template: String, _ key: StaticString) -> APIRoute<[Record]> {
    APIRoute("GET", template, decode: Record.list(key: key))
  }

  private static func object(_ template: String, parameters: [String] = []) -> APIRoute<[String: JSONValue]> {
    APIRoute("GET", template, parameters: parameters, decode: GuestAnswers.config)
  }

  /// Objects that are shown as they come.
  static let objects: [APIRoute<[String: JSONValue]>] =
    [smart, cephStatus] + AgentQuestion.allCases.map { agent($0) }
    + [

      "/access/roles/{roleid}", "/access/users/{userid}", "/cluster/backup/{id}",
      "/cluster/firewall/options", "/cluster/ha/resources/{sid}", "/cluster/options", "/cluster/replication/{id}",
      "/nodes/{node}/ceph/status", "/nodes/{node}/config", "/nodes/{node}/disks/zfs/{name}",
      "/nodes/{node}/dns", "/nodes/{node}/network/{iface}", "/nodes/{node}/replication/{id}/status",
      "/nodes/{node}/services/{service}/state", "/nodes/{node}/subscription", "/nodes/{node}/time",
      "/nodes/{node}/lxc/{vmid}/snapshot/{snapname}/config", "/nodes/{node}/qemu/{vmid}/snapshot/{snapname}/config",
      "/pools/{poolid}", "/storage/{storage}",
    ].map { object($0) }

  static let all: [AnyAPIRoute] = {
    var all = [
      AnyAPIRoute(version), AnyAPIRoute(clusterStatus), AnyAPIRoute(resources), AnyAPIRoute(clusterTasks),
      AnyAPIRoute(haStatus), AnyAPIRoute(haManager), AnyAPIRoute(nextID), AnyAPIRoute(permissions),
      AnyAPIRoute(storageConfigs),
      AnyAPIRoute(nodes), AnyAPIRoute(nodeStatus), AnyAPIRoute(nodeVersion), AnyAPIRoute(certificates),
      AnyAPIRoute(nodeTime),
      AnyAPIRoute(nodeHistory), AnyAPIRoute(nodeTasks), AnyAPIRoute(taskStatus), AnyAPIRoute(taskLog),
      AnyAPIRoute(nodeStorages), AnyAPIRoute(storageStatus), AnyAPIRoute(storageContent), AnyAPIRoute(storageHistory),
      AnyAPIRoute(interfaces), AnyAPIRoute(journal),
    ]
    for kind in [Guest.Kind.qemu, .lxc] {
      all += [
        AnyAPIRoute(guests(kind)), AnyAPIRoute(guestStatus(kind)), AnyAPIRoute(guestConfig(kind)),
        AnyAPIRoute(snapshots(kind)), AnyAPIRoute(guestHistory(kind)),
        AnyAPIRoute(migrationCheck(kind)),
      ]
      all += GuestAction.allCases.map { AnyAPIRoute(guestChange("status/\($0.rawValue)", kind)) }
    }
    return all + changes + records.map { AnyAPIRoute($0) } + objects.map { AnyAPIRoute($0) }
  }()
}
