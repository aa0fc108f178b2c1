import JarvisAPI

/// `/nodes` and what a node tells of itself.
enum NodeEndpoints {
  private static let audit = Need.all("/nodes/{node}", "Sys.Audit")

  static let all = [
    Endpoint("GET", "/nodes", handler: list),
    Endpoint("GET", "/nodes/{node}/status", need: audit, handler: status),
    Endpoint("GET", "/nodes/{node}/version", handler: version),
    Endpoint("GET", "/nodes/{node}/time", need: audit, handler: time),
    Endpoint("GET", "/nodes/{node}/dns", need: audit, handler: dns),
    Endpoint("GET", "/nodes/{node}/subscription", handler: subscription),
    Endpoint("GET", "/nodes/{node}/certificates/info", handler: certificates),
    Endpoint(
      "POST", "/nodes/{node}/apt/update", [.boolean("notify"), .boolean("quiet")],
      need: .all("/nodes/{node}", "Sys.Modify"), handler: updatePackageLists),
    Endpoint(
      "POST", "/nodes/{node}/wakeonlan", need: .all("/nodes/{node}", "Sys.PowerMgmt"), proxied: false, handler: wake),
  ]

  /// What `/nodes` and `/cluster/resources` have in common: figures only for those who may see them.
  static func summary(_ node: NodeState, _ caller: Caller, _ cluster: SimulatedCluster) -> [String: JSONValue] {
    var row: [String: JSONValue] = [
      "id": .string("node/" + node.name), "type": "node", "node": .string(node.name), "level": "",
      "status": .string(node.online ? "online" : "offline"),
    ]
    guard caller.has("Sys.Audit", on: "/nodes/" + node.name) else { return row }
    row["maxcpu"] = .int(node.configuration.cores)
    row["maxmem"] = .int(node.configuration.memory)
    row["maxdisk"] = .int(node.configuration.rootDisk)
    guard node.online else { return row }
    let at = cluster.broadcastAt
    row["cpu"] = .double(cluster.cpu(of: node, at: at))
    row["mem"] = .int(cluster.memory(of: node, at: at))
    row["disk"] = .int(cluster.rootUse(of: node, at: at))
    row["uptime"] = .int(cluster.uptime(of: node, at: at))
    return row
  }

  private static func list(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    APIReply(
      .array(
        cluster.nodes.map { node in
          var row = summary(node, call.caller, cluster)
          let shown = call.certificates[node.name]?.certificate.fingerprint ?? node.fingerprint
          row["ssl_fingerprint"] = .string(shown)
          return .object(row)
        }))
  }

  /// The node of a call.
  static func node(_ call: APICall, _ cluster: SimulatedCluster) throws(APIFailure) -> NodeState {
    guard let node = cluster.nodes.first(where: { $0.name == call.node }) else {
      throw .failed("no such cluster node '\(call.node)'")
    }
    return node
  }

  private static func status(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    let node = try node(call, cluster)
    let at = cluster.now
    let memory = node.configuration.memory
    let used = cluster.memory(of: node, at: at)
    let free = max(0, memory - used - memory / 20)
    let root = cluster.rootUse(of: node, at: at)
    let size = node.configuration.rootDisk
    let cores = node.configuration.cores
    return APIReply([
      "uptime": .int(cluster.uptime(of: node, at: at)), "cpu": .double(cluster.cpu(of: node, at: at)),
      "wait": .double(cluster.ioWait(of: node, at: at)), "idle": 0,
      "loadavg": .array(cluster.load(of: node, at: at).map { .string(decimal($0, 2)) }),
      "memory": [
        "total": .int(memory), "used": .int(used), "free": .int(free), "available": .int(memory - used),
      ],
      "swap": ["total": .int(8_589_930_496), "used": 0, "free": .int(8_589_930_496)],
      "rootfs": [
        "total": .int(size), "used": .int(root), "free": .int(size - root), "avail": .int((size - root) * 95 / 100),
      ],
      "ksm": ["shared": 0], "boot-info": ["mode": "efi"],
      "pveversion": .string("pve-manager/\(cluster.configuration.version)/\(ClusterEndpoints.repositoryID)"),
      "kversion": .string("Linux \(kernel) \(kernelBuild)"),
      "current-kernel": [
        "sysname": "Linux", "release": .string(kernel), "machine": "x86_64", "version": .string(kernelBuild),
      ],
      "cpuinfo": [
        "model": .string(node.configuration.cpuModel),
        "vendor": .string(node.configuration.cpuModel.hasPrefix("AMD") ? "AuthenticAMD" : "GenuineIntel"),
        "cpus": .int(cores), "cores": .int(cores > 8 ? cores / 2 : cores), "sockets": 1, "mhz": "2994.374",
        "hvm": "1", "user_hz": 100, "family": "23", "flags": "fpu vme de pse msr svm aes avx avx2 sse4_2 ",
      ],
    ])
  }

  static let kernel = "6.17.2-1-pve"
  static let kernelBuild = "#1 SMP PREEMPT_DYNAMIC PMX 6.17.2-1"

  /// A number with so many digits behind the point, as `printf` writes it.
  static func decimal(_ value: Double, _ digits: Int) -> String {
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((value * Double(scale)).rounded())
    let fraction = String(abs(whole) % scale)
    return "\(whole < 0 ? "-" : "")\(abs(whole) / scale)."
      + String(repeating: "0", count: max(0, digits - fraction.count)) + fraction
  }

  private static func version(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    APIReply(.object(ClusterEndpoints.versionFields(cluster)))
  }

  private static func time(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    APIReply(["time": .int(Int(cluster.now)), "localtime": .int(Int(cluster.now)), "timezone": "UTC"])
  }

  private static func dns(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    APIReply(["search": "home.arpa", "dns1": "192.168.1.53"])
  }

  private static func subscription(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    APIReply([
      "status": "notfound", "message": "There is no subscription key",
      "serverid": "0123456789ABCDEF0123456789ABCDEF",
      "url": "https://www.proxmox.com/en/proxmox-virtual-environment/pricing",
    ])
  }

  private static func certificates(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    guard let shown = call.certificates[call.node], let authority = call.authorityPEM else { return APIReply([]) }
    let issuer = JSONValue.string("/CN=" + shown.issuer)
    func row(_ file: String, _ pem: String, _ fingerprint: String, subject: JSONValue, names: [String]) -> JSONValue {
      [
        "filename": .string(file), "pem": .string(pem), "fingerprint": .string(fingerprint), "subject": subject,
        "issuer": issuer, "san": .array(names.map { .string($0) }), "notbefore": .int(shown.notBefore),
        "notafter": .int(shown.notAfter), "public-key-type": "id-ecPublicKey", "public-key-bits": 256,
      ]
    }
    // The authority's own fingerprint; its PEM was made by us, so it parses.
    let authorityPrint = (try? Fingerprint.sha256(pem: authority)).map(Fingerprint.text) ?? ""
    return APIReply([
      row("pve-root-ca.pem", authority, authorityPrint, subject: issuer, names: []),
      row(
        "pve-ssl.pem", shown.certificate.pem, shown.certificate.fingerprint,
        subject: .string("/CN=" + (shown.names.first ?? call.node)), names: shown.names),
    ])
  }

  private static func updatePackageLists(
    _ call: APICall, _ cluster: inout SimulatedCluster
  ) throws(APIFailure) -> APIReply {
    APIReply(.string(cluster.updatePackageLists(on: call.node, user: call.caller.name)))
  }

  private static func wake(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    _ = try node(call, cluster)
    return APIReply(.string(cluster.wake(call.node)))
  }
}
