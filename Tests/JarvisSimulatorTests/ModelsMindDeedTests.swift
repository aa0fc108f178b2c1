import JarvisAPI
import Testing

@testable import JarvisSimulator

/// The simulated Claude uses the tools beyond power from a person's words.
@Suite("The simulated Claude does more")
struct ModelsMindDeedTests {
  /// Answers by tool; every call is remembered as "tool key=value".
  struct Desk {
    var answers: [String: JSONValue]
    var called: [String] = []

    static let lists: [String: JSONValue] = [
      "list_guests": [
        "guests": [
          ["vmid": 102, "name": "pihole", "node": "agent", "status": "running", "type": "lxc"],
          ["vmid": 130, "name": "jellyfin", "node": "pve", "status": "running", "type": "qemu"],
        ]
      ],
      "list_nodes": [
        "nodes": [
          ["name": "pve", "status": "online"], ["name": "agent", "status": "online"],
          ["name": "backup", "status": "offline"],
        ]
      ],
      "list_snapshots": ["snapshots": [["name": "before-upgrade"], ["name": "snapshot-1"]]],
    ]
    static let done: JSONValue = [
      "done": true, "verified": true, "state": "as wished", "target": "pihole (102)", "detail": "", "task_status": "OK",
    ]

    mutating func ask(_ text: String, tools: [MindTool]) -> String {
      var turns: [MindTurn] = [.person(text)]
      for step in 0..<8 {
        var reply = ToolMind().reply(to: MindRequest(tools: tools, turns: turns))
        if reply.calls.isEmpty { return reply.text }
        var results: [MindResult] = []
        for index in reply.calls.indices {
          reply.calls[index].id = "c\(step)-\(index)"
          let call = reply.calls[index]
          if Self.lists[call.tool] == nil {
            let words = call.arguments.sorted { $0.key < $1.key }.map {
              "\($0.key)=\($0.value.string ?? $0.value.text)"
            }
            called.append(([call.tool] + words).joined(separator: " "))
          }
          results.append(
            MindResult(id: call.id, content: (answers[call.tool] ?? Self.lists[call.tool] ?? Self.done).text))
        }
        turns += [.model(text: reply.text, calls: reply.calls), .results(results)]
      }
      return "no end"
    }
  }

  static let tools: [MindTool] =
    PretendCluster.tools.filter { !["start_guest", "shutdown_guest", "reboot_guest", "stop_guest"].contains($0.name) }
    + ["start_guest", "shutdown_guest", "reboot_guest", "stop_guest"].map {
      MindTool(name: $0, properties: ["guest", "guests"])
    }
    + CareWish.allCases.map {
      MindTool(name: $0.rawValue, properties: ["node", "nodes", "guest", "since", "priority", "limit"])
    }
    + [
      "create_snapshot", "delete_snapshot", "rollback_snapshot", "backup_guest", "migrate_guest", "clone_guest",
      "wake_node", "restart_service",
    ].map { MindTool(name: $0, properties: ["guest", "name", "node", "mode", "service"]) }

  @Test(
    "FOUND-04 deeds from words, each with what its tool asks for",
    arguments: [
      ("take a snapshot of pihole", "create_snapshot guest=pihole name=snapshot-2"),
      ("snapshot pihole as before-dns", "create_snapshot guest=pihole name=before-dns"),
      ("back up jellyfin", "backup_guest guest=jellyfin"),
      ("backup pihole in stop mode", "backup_guest guest=pihole mode=stop"),
      ("migrate pihole to pve", "migrate_guest guest=pihole node=pve"),
      ("move pihole to node pve please", "migrate_guest guest=pihole node=pve"),
      ("rollback pihole to before-upgrade", "rollback_snapshot guest=pihole name=before-upgrade"),
      ("rollback pihole to the latest snapshot", "rollback_snapshot guest=pihole name=snapshot-1"),
      ("delete snapshot before-upgrade of pihole", "delete_snapshot guest=pihole name=before-upgrade"),
      ("clone jellyfin as jelly2", "clone_guest guest=jellyfin name=jelly2"),
      ("wake node backup", "wake_node node=backup"),
      ("restart pveproxy on node pve", "restart_service node=pve service=pveproxy"),
      ("restart pihole and jellyfin", #"reboot_guest guests=["pihole","jellyfin"]"#),
    ])
  func deeds(_ row: (text: String, call: String)) {
    var desk = Desk(answers: [:])
    let answer = desk.ask(row.text, tools: Self.tools)
    #expect(desk.called == [row.call], "\(row.text) → \(answer)")
    #expect(answer.contains("verified"), "\(answer)")
  }

  @Test("FOUND-04 a rollback without a name asks which, and deletes nothing else")
  func which() {
    var desk = Desk(answers: [:])
    #expect(desk.ask("rollback pihole", tools: Self.tools).contains("Which snapshot of pihole"))
    #expect(desk.ask("delete pihole", tools: Self.tools).contains("no tool to delete"))
    #expect(desk.called.isEmpty)
  }

  @Test(
    "FOUND-04 questions that one tool answers go to that tool",
    arguments: [
      ("how hot is node pve?", "node_temperatures node=pve"),
      ("are there updates on agent?", "node_updates node=agent"),
      ("which services failed on node pve", "node_services node=pve"), ("smart values of pve", "disk_health node=pve"),
      ("show me the journal of pve", #"journal limit=20 nodes=["pve"]"#), ("are my backups fresh?", "backup_freshness"),
      ("when was pihole last backed up? is it old?", "backup_freshness guest=pihole"),
      ("what ip has pihole?", "guest_agent_info guest=pihole"), ("how is ceph?", "ceph_status"),
      ("is replication ok?", "replication_status"), ("which guests are managed by ha", "ha_status"),
    ])
  func questions(_ row: (text: String, call: String)) {
    var desk = Desk(answers: [:])
    let answer = desk.ask(row.text, tools: Self.tools)
    #expect(desk.called == [row.call], "\(row.text) → \(answer)")
  }

  @Test("FOUND-04 a batch is spoken of guest by guest")
  func batch() {
    var desk = Desk(answers: [
      "reboot_guest": [
        "done": false, "verified": false, "detail": "1 of 2 verified",
        "results": [
          ["target": "pihole (102)", "done": true, "verified": true, "state": "running", "detail": ""],
          [
            "target": "jellyfin (130)", "done": false, "verified": false, "task_status": "got timeout",
            "state": "running",
          ],
        ],
      ]
    ])
    let answer = desk.ask("restart pihole and jellyfin", tools: Self.tools)
    #expect(answer.contains("verified: pihole (102)") && answer.contains("got timeout"), "\(answer)")
  }
}
