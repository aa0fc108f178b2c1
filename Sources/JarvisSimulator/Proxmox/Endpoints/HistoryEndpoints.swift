import JarvisAPI

/// `rrddata`: figures of the past. They are computed from the same loads as those of now, so both fit.
enum HistoryEndpoints {
  static let all: [Endpoint] =
    [
      Endpoint(
        "GET", "/nodes/{node}/rrddata",
        rules("hour", "day", "week", "month", "year", "decade"), need: .all("/nodes/{node}", "Sys.Audit"),
        proxied: false,
        handler: node),
      Endpoint(
        "GET", "/nodes/{node}/storage/{storage}/rrddata", rules("hour", "day", "week", "month", "year"),
        need: .any("/storage/{storage}", "Datastore.Audit", "Datastore.AllocateSpace"), handler: storage
      ),
    ]
    + GuestEndpoints.kinds.map { kind in
      Endpoint(
        "GET", "/nodes/{node}/\(kind.rawValue)/{vmid}/rrddata", rules("hour", "day", "week", "month", "year"),
        need: GuestEndpoints.audit, proxied: false
      ) { (call, cluster) throws(APIFailure) in try guest(kind, call, cluster) }
    }

  private static func rules(_ frames: String...) -> [ParameterRule] {
    [
      ParameterRule(name: "timeframe", kind: .oneOf(frames), required: true),
      .oneOf("cf", "AVERAGE", "MAX"),
    ]
  }

  /// The points of a time frame, oldest first: step and number as Proxmox VE 9 keeps them.
  private static func times(_ call: APICall, _ now: Double) -> [Double] {
    let (step, count): (Double, Int) =
      switch call.parameters["timeframe"] {
      case "hour": (60, 59)
      case "day": (60, 1439)
      case "week": (1_800, 336)
      case "month": (1_800, 1_440)
      case "year": (21_600, 1_440)
      default: (604_800, 569)
      }
    let last = (now / step).rounded(.down) * step
    return (0..<count).map { last - step * Double(count - 1 - $0) }
  }

  private static func node(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    let cluster = cluster
    let node = try NodeEndpoints.node(call, cluster)
    let memory = node.configuration.memory
    return APIReply(
      .array(
        times(call, cluster.now).map { at -> JSONValue in
          guard at >= node.bootedAt, node.online || at < cluster.now - 60 else { return ["time": .int(Int(at))] }
          let traffic = cluster.trafficRate(of: node, at: at)
          let used = cluster.memory(of: node, at: at)
          return [
            "time": .int(Int(at)), "cpu": .double(cluster.cpu(of: node, at: at)),
            "maxcpu": .int(node.configuration.cores), "iowait": .double(cluster.ioWait(of: node, at: at)),
            "loadavg": .double(cluster.load(of: node, at: at)[0]), "memtotal": .int(memory), "memused": .int(used),
            "memavailable": .int(memory - used), "swaptotal": .int(8_589_934_592), "swapused": 0,
            "roottotal": .int(node.configuration.rootDisk), "rootused": .int(cluster.rootUse(of: node, at: at)),
            "netin": .double(traffic.into), "netout": .double(traffic.out), "arcsize": .int(cluster.cache(of: node)),
            "pressurecpusome": 0.1, "pressureiosome": 0.2, "pressureiofull": 0, "pressurememorysome": 0,
            "pressurememoryfull": 0,
          ]
        }))
  }

  private static func guest(
    _ kind: GuestConfiguration.Kind, _ call: APICall, _ cluster: SimulatedCluster
  ) throws(APIFailure) -> APIReply {
    let guest = try GuestEndpoints.guest(kind, call, cluster)
    let configuration = guest.configuration
    return APIReply(
      .array(
        times(call, cluster.now).map { at -> JSONValue in
          var row: [String: JSONValue] = [
            "time": .int(Int(at)), "maxcpu": .int(configuration.cores), "maxmem": .int(configuration.memory),
            "maxdisk": .int(configuration.disk), "disk": 0,
          ]
          guard guest.ran(at: at) else { return .object(row) }
          let memory = cluster.memory(of: guest, at: at)
          let rate = guest.traffic.value(at: at)
          let reads = guest.reads.value(at: at)
          row["cpu"] = .double(cluster.cpu(of: guest, at: at))
          row["mem"] = .int(memory)
          row["memhost"] = .int(memory + 120)
          row["netin"] = .double(rate)
          row["netout"] = .double(rate / 2)
          row["diskread"] = .double(reads)
          row["diskwrite"] = .double(reads * 2 / 3)
          for name in [
            "pressurecpufull", "pressureiosome", "pressureiofull", "pressurememorysome", "pressurememoryfull",
          ] {
            row[name] = 0
          }
          row["pressurecpusome"] = 0.1
          return .object(row)
        }))
  }

  private static func storage(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    let cluster = cluster
    guard let storage = cluster.storages.first(where: { $0.name == call.parameters["storage"] }) else {
      throw .parameters(["storage": "No such storage."])
    }
    return APIReply(
      .array(
        times(call, cluster.now).map {
          [
            "time": .int(Int($0)), "total": .int(cluster.size(of: storage, on: call.node)),
            "used": .int(cluster.use(of: storage, on: call.node, at: $0)),
          ]
        }))
  }
}
