import JarvisAPI
import JarvisSafety
import JarvisStorage
import JarvisTools
import Testing

@Suite struct TypedCommandTests {
  @Test(
    "FOUND-01 every tool is a typed command",
    arguments: [
      ("status", "cluster_status", [:]), ("/nodes", "list_nodes", [:]), ("node pve", "node_status", ["node": "pve"]),
      ("guests", "list_guests", [:]), ("guests stopped", "list_guests", ["status": "stopped"]),
      ("guests lxc agent", "list_guests", ["type": "lxc", "node": "agent"]),
      ("guests agent running", "list_guests", ["node": "agent", "status": "running"]),
      ("/GUEST 102", "guest_status", ["guest": "102"]), ("config pihole", "guest_config", ["guest": "pihole"]),
      ("storage", "list_storage", [:]), ("tasks failed", "list_tasks", ["failed": true]),
      ("tasks 102", "list_tasks", ["guest": "102"]),
      ("tasks pihole failed limit=5", "list_tasks", ["guest": "pihole", "failed": true, "limit": "5"]),
      ("log UPID:a:1:2:3:x::r:", "task_log", ["upid": "UPID:a:1:2:3:x::r:"]), ("events", "recent_events", [:]),
      ("start 102", "start_guest", ["guest": "102"]), ("start_guest 102", "start_guest", ["guest": "102"]),
      ("shutdown 'my guest'", "shutdown_guest", ["guest": "my guest"]),
      ("reboot \"a\\\"b\"", "reboot_guest", ["guest": "a\"b"]), ("  stop   guest=x=y ", "stop_guest", ["guest": "x=y"]),
    ] as [(String, String, JSONValue)])
  func parses(line: String, tool: String, arguments: JSONValue) async throws {
    let fixture = try await ToolsFixture()
    let parsed = try fixture.box.parseTyped(line)
    #expect(parsed.tool == tool && parsed.arguments == arguments)
    try await fixture.store.close()
  }

  @Test("FOUND-01 a person is told what they can type, a model the tools it has")
  func spoken() async throws {
    let fixture = try await ToolsFixture()
    func advice(_ caller: Caller) async -> String {
      let call = GatedCall(tool: "guest_status", arguments: ["guest": "qqqqqq"], caller: caller, why: "test")
      return await fixture.box.call(call, id: "1").error?.advice ?? ""
    }
    #expect(await advice(.model) == "see list_guests for what there is")
    #expect(await advice(.human) == "see /guests for what there is")
    let names = Set(fixture.tools.map(\.name).filter { $0.contains("_") })
    for info in fixture.box.typedCommands {
      let words = Set(info.summary.split { !$0.isLetter && $0 != "_" }.map(String.init))
      #expect(words.isDisjoint(with: names), "\(info.name): \(info.summary)")
      #expect(!info.summary.contains("the person"), "\(info.name): \(info.summary)")
    }
    #expect(fixture.box.typedCommands.first { $0.name == "log" }?.summary.contains("from /tasks") == true)
    try await fixture.store.close()
  }

  @Test(
    "FOUND-01 a line that is none is answered with what was meant",
    arguments: [
      ("strat 102", "start"), ("statsu", "status"), ("", "/help"), ("start", "/start GUEST"),
      ("start '102", "close it"), ("xyzzy", "/help"),
      ("guests running pve lxc more", "[STATUS] [TYPE] [NODE]"), ("events now", "/events"),
    ])
  func faults(line: String, words: String) async throws {
    let fixture = try await ToolsFixture()
    let error = #expect(throws: UserFacingError.self) { try fixture.box.parseTyped(line) }
    #expect(error?.kind == .usage && error?.exitCode == 2)
    #expect(error?.advice.contains(words) == true, "\(String(describing: error))")
    try await fixture.store.close()
  }

  @Test("FOUND-01 help lists every command with its usage and tier")
  func help() async throws {
    let fixture = try await ToolsFixture()
    let infos = fixture.box.typedCommands
    let names = infos.map(\.name)
    #expect(
      names.prefix(10) == [
        "status", "nodes", "node", "guests", "guest", "config", "storage", "tasks", "log", "events",
      ])
    #expect(
      names.firstIndex(of: "start").map { Array(names[$0..<($0 + 4)]) } == ["start", "shutdown", "reboot", "stop"])
    #expect(Set(names).count == names.count)
    #expect(infos.first { $0.name == "tasks" }?.usage == "[failed] [GUEST]")
    #expect(infos.first { $0.name == "stop" }?.usage == "GUEST […]")
    for (info, tool) in zip(infos, fixture.tools) {
      #expect(info.tier == TierTable.standard.rule(for: tool.name).tier, "\(info.name)")
    }
    #expect(fixture.box.schemas.count == 41 && infos.count == 41)
    try await fixture.store.close()
  }

  @Test(
    "FOUND-01 a command for a node is the rest of the line as it stands",
    arguments: [
      ("/exec pve ls -la 'a b'", "ls -la 'a b'"), ("exec pve \"ls -la /\"", "ls -la /"),
      ("/exec pve echo \"a\" \"b\"", "echo \"a\" \"b\""), ("/EXEC pve  rm -rf / ", "rm -rf /"),
      ("/exec pve it's", "it's"),
    ])
  func rest(line: String, command: String) async throws {
    let fixture = try await ToolsFixture()
    let (tool, arguments) = try fixture.box.parseTyped(line)
    #expect(tool == "run_command" && arguments == ["node": "pve", "command": .string(command)])
    #expect(try fixture.box.parseTyped("/explain rm -rf /").arguments == ["command": "rm -rf /"])
    for short in ["/exec", "/exec pve", "/explain"] {
      #expect(throws: UserFacingError.self) { try fixture.box.parseTyped(short) }
    }
    try await fixture.store.close()
  }
}
