import JarvisAPI

@testable import JarvisSimulator

/// A small cluster whose tools answer in the shapes that Jarvis's tools have. Each test names its own guests.
struct PretendCluster {
  struct Guest {
    var vmid: Int
    var name: String
    var node: String
    var type = "lxc"
    var status = "running"
    var cpu = 2.0
    var memoryUsed = 0.5
    var memoryTotal = 2.0
  }

  var guests: [Guest]
  var offline: [String] = []
  var nodes = ["pve", "agent", "home", "backup"]
  var problems: [JSONValue] = []
  var storages: [(name: String, node: String, percent: Double)] = [("tank", "pve", 61), ("local", "home", 34)]
  var tasks: [JSONValue] = []
  var logs: [String: String] = [:]
  var events: [JSONValue] = []
  /// vmids of guests that are templates.
  var templates: Set<Int> = []
  var blindSpots: [String] = []
  /// What the next action gives instead of success.
  var actionResult: MindResult?
  private(set) var acted: [String] = []

  static let standard = PretendCluster(guests: [
    Guest(vmid: 101, name: "home-assistant", node: "home", type: "qemu", memoryUsed: 3, memoryTotal: 4),
    Guest(vmid: 102, name: "pihole", node: "agent"),
    Guest(vmid: 103, name: "jellyfin", node: "home", cpu: 41),
    Guest(vmid: 104, name: "win11", node: "pve", type: "qemu", status: "stopped"),
    Guest(vmid: 105, name: "nextcloud", node: "pve"),
  ])

  static let tools: [MindTool] = [
    MindTool(name: "cluster_status"), MindTool(name: "list_nodes"),
    MindTool(name: "node_status", properties: ["node"], required: ["node"]),
    MindTool(name: "list_guests", properties: ["node", "status", "type"]),
    MindTool(name: "guest_status", properties: ["guest"], required: ["guest"]),
    MindTool(name: "guest_config", properties: ["guest"], required: ["guest"]),
    MindTool(name: "list_storage", properties: ["node"]),
    MindTool(name: "list_tasks", properties: ["guest", "node", "failed", "limit"]),
    MindTool(name: "task_log", properties: ["upid"], required: ["upid"]), MindTool(name: "recent_events"),
    MindTool(name: "start_guest", properties: ["guest"], required: ["guest"]),
    MindTool(name: "shutdown_guest", properties: ["guest"], required: ["guest"]),
    MindTool(name: "reboot_guest", properties: ["guest"], required: ["guest"]),
    MindTool(name: "stop_guest", properties: ["guest"], required: ["guest"]),
  ]

  private func json(_ guest: Guest) -> JSONValue {
    [
      "template": .bool(templates.contains(guest.vmid)),
      "vmid": .int(guest.vmid), "name": .string(guest.name), "type": .string(guest.type), "node": .string(guest.node),
      "status": .string(guest.status), "cpu_percent": .double(guest.cpu),
      "memory_used_gib": .double(guest.memoryUsed), "memory_total_gib": .double(guest.memoryTotal),
      "uptime_seconds": guest.status == "running" ? 90_000 : .null,
    ]
  }

  private func json(node: String) -> JSONValue {
    let up = !offline.contains(node)
    return [
      "name": .string(node), "status": up ? "online" : "offline", "cpu_percent": up ? 12 : .null, "cores": 8,
      "memory_used_gib": up ? 10 : .null, "memory_total_gib": 32, "disk_percent": up ? 40 : .null,
      "uptime_seconds": up ? 400_000 : .null,
    ]
  }

  private func find(_ reference: String?) -> Guest? {
    guests.first { $0.name == reference || String($0.vmid) == reference }
  }

  mutating func run(_ call: MindCall) -> MindResult {
    if let verb = ActionVerb.allCases.first(where: { $0.tool == call.tool }) { return act(verb, call) }
    let value: JSONValue
    switch call.tool {
    case "cluster_status":
      let stopped = guests.filter { $0.status != "running" }.map { JSONValue.string($0.name) }
      value = [
        "cluster": "homelab", "quorate": true, "at": "2026-11-23T02:39:57+00:00",
        "nodes": [
          "online": .int(nodes.count - offline.count), "total": .int(nodes.count),
          "offline": .array(offline.map { .string($0) }),
        ],
        "guests": [
          "running": .int(guests.count - stopped.count), "stopped": .int(stopped.count), "total": .int(guests.count),
          "stopped_names": .array(stopped),
        ],
        "problems": .array(problems), "storage_fullest": [],
        "blind_spots": .array(blindSpots.map { .string($0) }),
      ]
    case "list_nodes": value = ["nodes": .array(nodes.map { json(node: $0) })]
    case "node_status":
      guard let node = call.arguments["node"]?.string, nodes.contains(node) else {
        return failure(call, "no such node")
      }
      guard case .object(var fields) = json(node: node) else { return failure(call, "broken") }
      fields["load"] = [0.5, 0.4, 0.3]
      fields["version"] = "pve-manager/9.2.11/abc"
      value = .object(fields)
    case "list_guests":
      value = [
        "guests": .array(
          guests.filter { call.arguments["node"] == nil || $0.node == call.arguments["node"]?.string }.map { json($0) }),
        "at": "2026-11-23T02:39:57+00:00",
      ]
    case "guest_status":
      guard let guest = find(call.arguments["guest"]?.string) else { return failure(call, "no such guest") }
      value = json(guest)
    case "guest_config":
      guard let guest = find(call.arguments["guest"]?.string) else { return failure(call, "no such guest") }
      value = [
        "vmid": .int(guest.vmid), "name": .string(guest.name), "config": ["cores": 4, "net0": "virtio,bridge=vmbr0"],
      ]
    case "list_storage":
      value = [
        "storages": .array(
          storages.map {
            [
              "name": .string($0.name), "node": .string($0.node), "shared": false, "type": "zfspool",
              "used_gib": .double($0.percent * 10), "total_gib": 1_000, "percent": .double($0.percent),
            ]
          })
      ]
    case "list_tasks":
      let guest = find(call.arguments["guest"]?.string)
      value = [
        "tasks": .array(
          tasks.filter { task in
            (guest == nil || task["target"]?.string == guest.map { String($0.vmid) })
              && (call.arguments["node"] == nil || task["node"] == call.arguments["node"])
          })
      ]
    case "task_log":
      let upid = call.arguments["upid"]?.string ?? ""
      value = ["upid": .string(upid), "untrusted_text": .string(logs[upid] ?? "")]
    case "recent_events": value = ["events": .array(events)]
    default: return failure(call, "no such tool")
    }
    return MindResult(id: call.id, content: value.text)
  }

  private mutating func act(_ verb: ActionVerb, _ call: MindCall) -> MindResult {
    let reference = call.arguments["guest"]?.string ?? ""
    acted.append("\(call.tool) \(reference)")
    if let actionResult { return MindResult(id: call.id, content: actionResult.content, isError: actionResult.isError) }
    guard let index = guests.firstIndex(where: { $0.name == reference || String($0.vmid) == reference }) else {
      return failure(call, "no such guest")
    }
    guests[index].status = verb == .start || verb == .reboot ? "running" : "stopped"
    let value: JSONValue = [
      "action": .string(verb.rawValue), "target": .string("\(guests[index].name) (\(guests[index].vmid))"),
      "done": true,
      "verified": true, "task_status": "OK", "state": .string(guests[index].status), "detail": "",
    ]
    return MindResult(id: call.id, content: value.text)
  }

  private func failure(_ call: MindCall, _ error: String) -> MindResult {
    MindResult(id: call.id, content: JSONValue.object(["error": .string(error), "advice": ""]).text, isError: true)
  }
}

/// A conversation between a person, the mind and the pretend cluster.
struct PretendChat {
  var cluster = PretendCluster.standard
  var tools = PretendCluster.tools
  private(set) var turns: [MindTurn] = []
  private var calls = 0
  /// The tools called for the last question, in order.
  private(set) var called: [String] = []
  private(set) var steps = 0

  init(cluster: PretendCluster = .standard, tools: [MindTool] = PretendCluster.tools) {
    self.cluster = cluster
    self.tools = tools
  }

  /// Asks, runs what the mind calls for, and gives its answer.
  mutating func ask(_ text: String) -> String {
    turns.append(.person(text))
    called = []
    steps = 0
    for _ in 0..<12 {
      var reply = ToolMind().reply(to: MindRequest(tools: tools, turns: turns))
      steps += 1
      for index in reply.calls.indices {
        calls += 1
        reply.calls[index].id = "call_\(calls)"
      }
      turns.append(.model(text: reply.text, calls: reply.calls))
      if reply.calls.isEmpty { return reply.text }
      called += reply.calls.map(\.tool)
      var results: [MindResult] = []
      for call in reply.calls { results.append(cluster.run(call)) }
      turns.append(.results(results))
    }
    return "the mind did not come to an end"
  }
}
