import JarvisAPI

/// `/nodes/{node}/tasks/…` and `/cluster/tasks`.
enum TaskEndpoints {
  static let all = [
    Endpoint(
      "GET", "/nodes/{node}/tasks",
      [
        .boolean("errors"), .integer("limit", 0), .integer("since"), .oneOf("source", "archive", "active", "all"),
        .integer("start", 0), .string("statusfilter"), .string("typefilter"), .integer("until"), .string("userfilter"),
        .integer("vmid", 100, 999_999_999),
      ], handler: list),
    Endpoint("GET", "/nodes/{node}/tasks/{upid}/status", handler: status),
    Endpoint(
      "GET", "/nodes/{node}/tasks/{upid}/log",
      [.boolean("download"), .integer("limit", 0), .integer("start", 0)], handler: log),
    Endpoint("DELETE", "/nodes/{node}/tasks/{upid}", handler: abort),
  ]

  /// Ended tasks that each node tells the cluster.
  private static let toldPerNode = 25
  /// Rows told when nobody says how many.
  private static let defaultRows = 50

  static func clusterTasks(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    // A token never sees its own tasks here without the right to see all: they are filed under its user.
    guard call.caller.has("Sys.Audit", on: "/") else { return APIReply([]) }
    var rows: [JSONValue] = []
    for node in cluster.nodes {
      let own = cluster.tasks.filter { $0.node == node.name }
      for task in own.filter({ !$0.ended }) + own.filter(\.ended).suffix(toldPerNode) {
        var row = common(task, split: task.ended)
        row["pid"] = nil
        row["pstart"] = nil
        if task.ended {
          row["status"] = .string(task.exitStatus)
          row["endtime"] = .int(Int(task.endsAt))
          row["saved"] = "1"
        }
        rows.append(.object(row))
      }
    }
    return APIReply(.array(rows))
  }

  /// What all shapes of a task have. Only where it is `split` is the token told apart from its user.
  private static func common(_ task: TaskState, split: Bool) -> [String: JSONValue] {
    var row: [String: JSONValue] = [
      "upid": .string(task.upid), "node": .string(task.node), "pid": .int(task.process),
      "pstart": .int(task.processStart), "starttime": .int(Int(task.startedAt)), "type": .string(task.type),
      "id": .string(task.target), "user": .string(split ? task.owner : task.user),
    ]
    if split, let token = task.tokenID { row["tokenid"] = .string(token) }
    return row
  }

  private static func list(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    let parameters = call.parameters
    let all = call.caller.has("Sys.Audit", on: "/nodes/" + call.node)
    let source = parameters["source"] ?? "archive"
    let states = parameters["statusfilter"].map { Set($0.split(separator: ",").map(String.init)) }
    let found = cluster.tasks.reversed().filter { task in
      guard task.node == call.node, all || task.user == call.caller.name else { return false }
      if source == "archive", !task.ended { return false }
      if source == "active", task.ended { return false }
      if parameters.bool("errors"), !task.failed { return false }
      if let vmid = parameters["vmid"], task.target != vmid { return false }
      if let type = parameters["typefilter"], task.type != type { return false }
      if let user = parameters["userfilter"], !task.user.contains(user) { return false }
      if let since = parameters.int("since"), Int(task.startedAt) < since { return false }
      if let until = parameters.int("until"), Int(task.startedAt) > until { return false }
      if let states, !states.contains(state(task)) { return false }
      return true
    }
    let rows = found.dropFirst(parameters.int("start") ?? 0).prefix(parameters.int("limit") ?? defaultRows)
      .map { task -> JSONValue in
        var row = common(task, split: true)
        if task.ended {
          row["endtime"] = .int(Int(task.endsAt))
          row["status"] = .string(task.exitStatus)
        }
        return .object(row)
      }
    return APIReply(.array(Array(rows)), total: found.count)
  }

  /// The word that `statusfilter` knows it by.
  private static func state(_ task: TaskState) -> String {
    if !task.ended { return "unknown" }
    if task.exitStatus == "OK" { return "ok" }
    return task.failed ? "error" : "warning"
  }

  /// The task of a call; nil where there is none.
  private static func task(_ call: APICall, _ cluster: SimulatedCluster) throws(APIFailure) -> TaskState? {
    let upid = call.parameters["upid"] ?? ""
    let fields = upid.split(separator: ":", omittingEmptySubsequences: false)
    guard fields.count == 9, fields[0] == "UPID", [2, 3, 4].allSatisfy({ Int(fields[$0], radix: 16) != nil }) else {
      throw .parameters(["upid": "unable to parse worker upid"])
    }
    let task = cluster.tasks.last { $0.upid == upid && $0.node == call.node }
    if let task, task.user != call.caller.name, !call.caller.has("Sys.Audit", on: "/nodes/" + call.node) {
      throw .forbidden("/nodes/\(call.node), Sys.Audit")
    }
    return task
  }

  private static func status(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    guard let task = try task(call, cluster) else { throw .parameters(["upid": "no such task"]) }
    var row = common(task, split: true)
    row["status"] = .string(task.ended ? "stopped" : "running")
    if task.ended { row["exitstatus"] = .string(task.exitStatus) }
    return APIReply(.object(row))
  }

  private static func log(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    var lines = ["unable to open file - No such file or directory"]
    if let task = try task(call, cluster) {
      lines = task.log(at: cluster.now)
      if lines.isEmpty { lines = ["no content"] }
    }
    let rows = lines.enumerated().dropFirst(call.parameters.int("start") ?? 0)
      .prefix(call.parameters.int("limit") ?? defaultRows)
      .map { JSONValue.object(["n": .int($0.offset + 1), "t": .string($0.element)]) }
    return APIReply(.array(Array(rows)), total: lines.count)
  }

  private static func abort(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    guard let task = try task(call, cluster) else { throw .parameters(["upid": "no such task"]) }
    guard task.user == call.caller.name || call.caller.has("Sys.Modify", on: "/nodes/" + call.node) else {
      throw .forbidden("/nodes/\(call.node), Sys.Modify")
    }
    cluster.abort(task.upid)
    return APIReply(.null)
  }
}
