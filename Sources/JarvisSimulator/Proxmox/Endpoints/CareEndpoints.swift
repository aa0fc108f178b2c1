import JarvisAPI

/// Services, packages, disks, journal, replication and Ceph of the nodes.
enum CareEndpoints {
  private static let audit = Need.all("/nodes/{node}", "Sys.Audit")
  private static let modify = Need.all("/nodes/{node}", "Sys.Modify")
  private static let service = ParameterRule(
    name: "service",
    kind: .oneOf([
      "chrony", "corosync", "cron", "ksmtuned", "lxcfs", "postfix", "proxmox-firewall", "pve-cluster", "pve-firewall",
      "pve-ha-crm", "pve-ha-lrm", "pve-lxc-syscalld", "pvedaemon", "pvefw-logger", "pveproxy", "pvescheduler",
      "pvestatd", "qmeventd", "spiceproxy", "sshd", "syslog", "systemd-journald", "systemd-timesyncd",
    ]), required: true)

  static let all = [
    Endpoint("GET", "/nodes/{node}/services", need: audit, handler: services),
    Endpoint("GET", "/nodes/{node}/services/{service}/state", [service], need: audit, handler: state),
    Endpoint("POST", "/nodes/{node}/services/{service}/restart", [service], need: modify, handler: restart),
    Endpoint("GET", "/nodes/{node}/apt/update", need: modify, handler: updates),
    Endpoint(
      "GET", "/nodes/{node}/disks/list",
      [.boolean("include-partitions"), .boolean("skipsmart"), .oneOf("type", "unused", "journal_disks")], handler: disks
    ),
    Endpoint(
      "GET", "/nodes/{node}/disks/smart", [.string("disk", required: true), .boolean("healthonly")],
      need: .all("/", "Sys.Audit"), handler: smart),
    Endpoint(
      "GET", "/nodes/{node}/journal",
      [
        .string("endcursor"), .boolean("identifiers"), .boolean("kernel"), .integer("lastentries", 0),
        .string("priority"), .string("service", upTo: 128), .integer("since", 0), .string("startcursor"),
        .boolean("structured"), .string("unit", upTo: 256), .boolean("units"), .integer("until", 0),
      ], need: .all("/nodes/{node}", "Sys.Syslog"), handler: journal),
    Endpoint(
      "GET", "/nodes/{node}/replication", [.integer("guest", 100, 999_999_999)], handler: ClusterEndpoints.nothing),
    Endpoint(
      "GET", "/cluster/ceph/status", need: .any("/", "Sys.Audit", "Datastore.Audit"), handler: ceph),
  ]

  private static func fields(_ service: ServiceState) -> JSONValue {
    [
      "service": .string(service.name), "name": .string(service.name), "desc": .string(service.description),
      "state": .string(service.state),
      "active-state": .string(
        service.state == "running" ? "active" : service.state == "failed" ? "failed" : "inactive"),
      "unit-state": "enabled",
    ]
  }

  private static func services(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    APIReply(.array(try NodeEndpoints.node(call, cluster).services.map(fields)))
  }

  private static func state(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    let name = call.parameters["service"]
    guard let service = try NodeEndpoints.node(call, cluster).services.first(where: { $0.name == name }) else {
      return APIReply([
        "service": .string(name ?? ""), "name": .string(name ?? ""), "state": "dead", "unit-state": "not-found",
        "active-state": "inactive", "desc": .string(name ?? ""),
      ])
    }
    return APIReply(fields(service))
  }

  private static func restart(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    APIReply(.string(cluster.restartService(call.parameters["service"] ?? "", on: call.node, user: call.caller.name)))
  }

  private static func updates(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    let rows = try NodeEndpoints.node(call, cluster).configuration.updates.map { update -> JSONValue in
      [
        "Package": .string(update.name), "Title": .string(update.title), "Description": .string(update.title),
        "Version": .string(update.new), "OldVersion": .string(update.old), "Arch": "amd64", "Section": "admin",
        "Priority": "optional",
        "Origin": update.name.hasPrefix("pve") || update.name.hasPrefix("proxmox") ? "Proxmox" : "Debian",
      ]
    }
    return APIReply(.array(rows))
  }

  private static func disks(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    guard call.caller.has("Sys.Audit", on: "/") || call.caller.has("Sys.Audit", on: "/nodes/\(call.node)") else {
      throw .forbidden("/nodes/\(call.node), Sys.Audit")
    }
    let rows = try NodeEndpoints.node(call, cluster).configuration.disks.map { disk -> JSONValue in
      [
        "devpath": .string("/dev/" + disk.name), "model": .string(disk.model), "serial": .string(disk.serial),
        "size": .int(disk.size), "type": .string(disk.kind), "health": "PASSED", "gpt": 1, "vendor": "unknown",
        "wearout": disk.life.map { .int($0) } ?? "N/A", "rpm": disk.kind == "hdd" ? 7200 : 0,
        "by_id_link": .string("/dev/disk/by-id/" + disk.serial), "osdid": -1, "used": "partitions",
      ]
    }
    return APIReply(.array(rows))
  }

  private static func smart(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    let node = try NodeEndpoints.node(call, cluster)
    guard let disk = node.configuration.disks.first(where: { "/dev/" + $0.name == call.parameters["disk"] }) else {
      throw .failed("not a valid block device")
    }
    let heat = cluster.heat(of: disk, in: node, at: cluster.now)
    if disk.kind == "nvme" {
      let text =
        "Critical Warning:                   0x00\nTemperature:                        \(heat) Celsius\n"
        + "Percentage Used:                    \(100 - (disk.life ?? 100))%\nMedia and Data Integrity Errors:    0\n"
      return APIReply(["health": "PASSED", "type": "text", "text": .string(text), "wearout": .int(disk.life ?? 100)])
    }
    func row(_ id: Int, _ name: String, _ raw: Int) -> JSONValue {
      [
        "id": .string(id < 100 ? " \(id)" : "\(id)"), "name": .string(name), "raw": .string("\(raw)"), "value": "100",
        "worst": "100", "threshold": "010", "fail": "-", "flags": "PO--CK",
      ]
    }
    return APIReply([
      "health": "PASSED", "type": "ata",
      "attributes": [
        row(5, "Reallocated_Sector_Ct", disk.reallocated), row(9, "Power_On_Hours", 21_480),
        row(194, "Temperature_Celsius", heat), row(197, "Current_Pending_Sector", 0),
        row(198, "Offline_Uncorrectable", 0),
      ],
    ])
  }

  private static func journal(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    let parameters = call.parameters
    var entries = cluster.log.filter { entry in
      entry.node == call.node && (parameters.int("since").map { Int(entry.at) >= $0 } ?? true)
        && (parameters.int("until").map { Int(entry.at) <= $0 } ?? true)
        && (!parameters.bool("kernel") || entry.tag == "kernel")
    }
    if let last = parameters.int("lastentries") { entries = entries.suffix(last) }
    guard let first = entries.first, let last = entries.last else { return APIReply([]) }
    func cursor(_ entry: LogEntry) -> JSONValue {
      .string("s=5eed;i=\(String(entry.number, radix: 16));b=b007;m=0;t=\(Int(entry.at));x=0")
    }
    return APIReply(.array([cursor(first)] + entries.map { .string($0.line) } + [cursor(last)]))
  }

  private static func ceph(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    throw .failed("binary not installed: /usr/bin/ceph-mon")
  }
}

extension LogEntry {
  /// "Nov 23 01:32:51 pve pvedaemon[1234]: text".
  var line: String { "\(ClockText.journal(at)) \(node) \(program): \(text)" }
  /// "pvedaemon[1234]".
  var program: String { process > 0 ? "\(tag)[\(process)]" : tag }
}
