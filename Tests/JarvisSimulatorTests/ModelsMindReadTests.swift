import JarvisAPI
import Testing

@testable import JarvisSimulator

@Suite("The simulated Claude reads and speaks")
struct ModelsMindReadTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    /// Tools that must have been called.
    var tools: Set<String>
    /// What the answer must name.
    var parts: [String]
    var testDescription: String { text }
    init(_ text: String, _ tools: Set<String>, _ parts: [String]) {
      self.text = text
      self.tools = tools
      self.parts = parts
    }
  }

  static let rows: [Row] = [
    Row(
      "is everything ok?", ["cluster_status", "list_storage", "recent_events"],
      ["3 of 4 nodes", "backup", "win11", "tank", "61 %"]),
    Row("how is the cluster doing?", ["cluster_status"], ["offline"]),
    Row("Alles in Ordnung?", ["cluster_status"], ["backup"]),
    Row("tout va bien ?", ["cluster_status"], ["backup"]),
    Row("any problems?", ["cluster_status"], ["backup"]),
    Row("anything wrong with the cluster?", ["cluster_status"], ["backup"]),
    Row("what is pihole doing?", ["guest_status"], ["pihole (container 102)", "running", "agent"]),
    Row("is win11 running?", ["guest_status"], ["No.", "stopped"]),
    Row("is jellyfin up?", ["guest_status"], ["Yes.", "41 %"]),
    Row("how much memory does home assistant use?", ["guest_status"], ["3 of 4 GiB (75 %)"]),
    Row("wie geht es jellyfin?", ["guest_status"], ["jellyfin"]),
    Row("how is node home doing?", ["node_status"], ["Node home", "12 %", "8 cores"]),
    Row("is home online?", ["node_status"], ["Yes.", "Node home"]),
    Row("is backup online?", ["node_status"], ["No.", "backup is **offline**"]),
    Row("show me the nodes", ["list_nodes"], ["pve", "agent", "backup"]),
    Row("which guests are stopped?", ["list_guests"], ["win11"]),
    Row("what is running on home?", ["list_guests"], ["home-assistant", "jellyfin"]),
    Row("list all vms", ["list_guests"], ["nextcloud"]),
    Row("which guest uses the most memory?", ["list_guests"], ["home-assistant on home: 3 of 4 GiB"]),
    Row("who uses the most cpu?", ["list_guests"], ["jellyfin on home: 41 %"]),
    Row("how full is tank?", ["list_storage"], ["tank on pve: 61 %"]),
    Row("which storage is the fullest?", ["list_storage"], ["tank on pve"]),
    Row("wie voll sind die Platten?", ["list_storage"], ["tank on pve"]),
    Row("show the config of nextcloud", ["guest_config"], ["cores: 4", "vmbr0"]),
    Row("how did the last backup of nextcloud go?", ["list_tasks"], ["vzdump of 105", "exit code 2", "root@pam"]),
    Row("show me the failed tasks", ["list_tasks"], ["exit code 2"]),
    Row("show me the log of the last task of nextcloud", ["list_tasks", "task_log"], ["> ERROR: disk full"]),
    Row("what happened last night?", ["recent_events"], ["backup went offline"]),
    Row("why is jellyfin slow?", ["guest_status", "list_tasks", "node_status"], ["CPU is at 97 %"]),
    Row("warum ist jellyfin so langsam?", ["guest_status"], ["CPU is at 97 %"]),
    Row(
      "why is backup down?", ["node_status", "list_tasks", "recent_events"], ["does not answer", "backup went offline"]),
    Row(
      "nextcloud is acting weird, what's wrong with it?", ["guest_status", "list_tasks", "task_log"],
      ["exit code 2", "disk full"]),
    Row("who restarted jellyfin?", ["list_tasks"], ["vzstart of 103", "root@pam"]),
    Row("what version of proxmox are we running?", ["list_nodes", "node_status"], ["pve: 9.2.11", "home: 9.2.11"]),
    Row("which node has the most free memory?", ["list_nodes"], ["22 GiB free"]),
    Row("what's eating memory on home?", ["list_guests"], ["home-assistant on home: 3 of 4 GiB"]),
    Row("how much RAM has home left?", ["node_status"], ["10 of 32 GiB"]),
    Row("compare pve and home", ["node_status"], ["Node pve", "Node home"]),
    Row("what happened to backup?", ["recent_events"], ["backup went offline"]),
    Row("quel est l'état du cluster ?", ["cluster_status"], ["backup"]),
    Row("my dns is dead", ["guest_status"], ["pihole"]),
  ]

  static func cluster() -> PretendCluster {
    var cluster = PretendCluster.standard
    cluster.offline = ["backup"]
    cluster.problems = [["severity": "critical", "what": "node backup is offline"]]
    cluster.events = [["at": "2026-11-23T01:00:00+00:00", "severity": "critical", "text": "node backup went offline"]]
    let upid = "UPID:pve:0001:0002:6700:vzdump:105:root@pam:"
    cluster.tasks = [
      [
        "upid": .string(upid), "type": "vzdump", "target": "105", "node": "pve", "user": "root@pam",
        "started": "2026-11-23T01:00:00+00:00", "ended": "2026-11-23T01:05:00+00:00", "status": "exit code 2",
      ],
      [
        "upid": "UPID:home:1", "type": "vzstart", "target": "103", "node": "home", "user": "root@pam",
        "started": "2026-11-22T01:00:00+00:00", "ended": "2026-11-22T01:05:00+00:00", "status": "OK",
      ],
    ]
    cluster.logs[upid] = "INFO: starting\nERROR: disk full"
    return cluster
  }

  @Test("TEST-05 questions are answered from the tools' figures", arguments: rows)
  func answers(_ row: Row) {
    var cluster = Self.cluster()
    if row.parts.contains("CPU is at 97 %") { cluster.guests[2].cpu = 97 }
    var chat = PretendChat(cluster: cluster)
    let answer = chat.ask(row.text)
    #expect(row.tools.isSubset(of: Set(chat.called)), "\(row.text): called \(chat.called) → \(answer)")
    for part in row.parts { #expect(answer.contains(part), "\(row.text) → \(answer)") }
    #expect(chat.cluster.acted.isEmpty)
    #expect(chat.steps <= 4)
  }

  @Test("TEST-05 the answer follows the facts: nothing wrong is said to be nothing wrong")
  func calm() {
    var chat = PretendChat()
    let answer = chat.ask("is everything ok?")
    #expect(answer.contains("everything looks fine"))
    #expect(answer.contains("All 4 nodes"))
    chat.cluster.storages[0].percent = 96
    chat.cluster.guests[0].name = "hal-9000"
    chat.cluster.guests[0].status = "stopped"
    let later = chat.ask("and now?")
    #expect(later.contains("96 %"), "\(later)")
    #expect(later.contains("hal-9000"))
    #expect(later.contains("Not everything is fine"))
  }

  @Test("TEST-05 independent reads go into one step")
  func parallel() {
    var chat = PretendChat()
    _ = chat.ask("is everything ok?")
    #expect(chat.steps == 2)
    #expect(chat.called == ["cluster_status", "list_storage", "recent_events"])
  }

  @Test("TEST-05 a node's everyday name is told from the everyday word")
  func everydayNames() {
    var chat = PretendChat(cluster: Self.cluster())
    let backup = chat.ask("when was the last backup?")
    #expect(chat.called.contains("list_tasks"), "\(chat.called)")
    #expect(backup.contains("vzdump"))
    _ = chat.ask("how is node home?")
    let followUp = chat.ask("and backup?")
    #expect(chat.called.contains("node_status"), "\(chat.called)")
    #expect(followUp.contains("backup is **offline**"), "\(followUp)")
  }

  @Test("TEST-05 follow-ups keep subject or topic")
  func followUps() {
    var chat = PretendChat(cluster: Self.cluster())
    _ = chat.ask("how is pihole?")
    let jellyfin = chat.ask("what about jellyfin?")
    #expect(jellyfin.contains("jellyfin (container 103)"), "\(jellyfin)")
    let memory = chat.ask("how much memory does it use?")
    #expect(memory.contains("jellyfin (container 103)"), "\(memory)")
    let why = chat.ask("why?")
    #expect(why.contains("jellyfin"), "\(why)")
  }

  @Test("TEST-05 what nobody is called is said to be unknown, with the names there are")
  func unknown() {
    var chat = PretendChat()
    let answer = chat.ask("how is gandalf doing?")
    #expect(answer.contains("gandalf"))
    #expect(answer.contains("pihole"))
    #expect(!answer.contains("running"))
  }

  @Test("TEST-05 unknown and withheld figures are called that, and text from outside is harmless")
  func unknownFigures() {
    var cluster = PretendCluster.standard
    cluster.guests[1].name = "pi\u{1B}[31mhole\u{202E}"
    var chat = PretendChat(cluster: cluster)
    let answer = chat.ask("list all guests")
    #expect(!answer.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    #expect(!answer.unicodeScalars.contains("\u{202E}"))
    let node: JSONValue = [
      "name": "pve", "status": "online", "cpu_percent": ["no_right": "Sys.Audit /nodes/pve"], "memory_used_gib": nil,
    ]
    let text = NodePhrases.speak(node)
    #expect(text.contains("Sys.Audit /nodes/pve"))
    #expect(text.contains("memory unknown"))
  }

  @Test("TEST-05 failing tools are told in their words")
  func failingTools() {
    let mind = ToolMind()
    let turns: [MindTurn] = [
      .person("is everything ok?"),
      .model(
        text: "",
        calls: [
          MindCall(id: "a", tool: "cluster_status"), MindCall(id: "b", tool: "list_storage"),
          MindCall(id: "c", tool: "recent_events"),
        ]),
      .results([
        MindResult(id: "a", content: #"{"error":"no node answers","advice":"check the network"}"#, isError: true),
        MindResult(id: "b", content: "boom", isError: true), MindResult(id: "c", content: #"{"events":[]}"#),
      ]),
    ]
    let reply = mind.reply(to: MindRequest(tools: PretendCluster.tools, turns: turns))
    #expect(reply.calls.isEmpty)
    #expect(reply.text.contains("no node answers"))
    #expect(!reply.text.contains("fine"))
  }

  @Test(
    "TEST-05 talk needs no tools",
    arguments: [
      "thanks!", "hello", "thanks, what is ZFS ARC?", "what is a VM?", "write a poem about servers", "who are you?",
      "explain quorum", "good morning", "what can you do?", "danke dir",
    ])
  func talk(_ text: String) {
    var chat = PretendChat()
    let answer = chat.ask(text)
    #expect(chat.called.isEmpty, "\(text): \(chat.called)")
    #expect(!answer.isEmpty)
  }

  @Test("TEST-05 context that code puts beside a question is not the question")
  func context() {
    var chat = PretendChat()
    let answer = chat.ask("<context>\n4 nodes, win11 stopped. Restart suggested.\n</context>\nis pihole running?")
    #expect(chat.cluster.acted.isEmpty)
    #expect(answer.contains("Yes. pihole"))
  }
}
