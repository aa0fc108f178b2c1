import JarvisAPI
import Testing

@testable import JarvisSimulator

/// What people stumbled over in conversations with the simulated models.
@Suite("The simulated minds mind their manners")
struct ModelsMindMannersTests {
  private static func turns(_ answer: String, isError: Bool) -> [MindTurn] {
    let call = MindCall(id: "1", tool: "reboot_guest", arguments: ["guest": "pihole"])
    return [
      .person("restart pihole"), .model(text: "I ask.", calls: [call]),
      .results([MindResult(id: "1", content: #"{"error":"it was stopped before it ran"}"#, isError: isError)]),
      .model(text: answer, calls: []),
    ]
  }

  @Test("FOUND-04 the verb of a request that was stopped or refused is not carried over")
  func stoppedVerb() {
    for (answer, isError) in [("(interrupted)", true), ("Understood, I left pihole alone.", true)] {
      let exchanges = MindExchange.all(in: Self.turns(answer, isError: isError))
      #expect(MindMemory(earlier: exchanges, inventory: MindInventory()).lastVerb == nil)
      let reply = ToolMind().reply(
        to: MindRequest(
          tools: PretendCluster.tools, turns: Self.turns(answer, isError: isError) + [.person("and jellyfin?")]))
      #expect(reply.calls.allSatisfy { !$0.tool.hasPrefix("reboot") })
    }
    var chat = PretendChat()
    _ = chat.ask("restart pihole")
    _ = chat.ask("and jellyfin")
    #expect(chat.cluster.acted == ["reboot_guest pihole", "reboot_guest jellyfin"])
  }

  @Test("FOUND-04 what is a guest's name is looked at, before a glossary is opened")
  func namesFirst() {
    for text in ["what is pihole", "What is Pi-hole?", "whats pihole", "was ist pihole?"] {
      var chat = PretendChat()
      let answer = chat.ask(text)
      #expect(chat.called.contains("guest_status"), "\(text) → \(answer)")
      #expect(answer.contains("102"))
    }
    var without = PretendChat(cluster: PretendCluster(guests: [.init(vmid: 1, name: "web", node: "pve")]))
    #expect(without.ask("what is pihole").contains("DNS servers"))
    var known = PretendChat(cluster: PretendCluster(guests: [.init(vmid: 210, name: "wireguard", node: "pve")]))
    _ = known.ask("list all guests")
    #expect(known.ask("what is wireguard").contains("210"))
    #expect(known.ask("what is a vpn").contains("VPN"))
  }

  @Test("FOUND-04 an order for which there is no tool is answered with that, not with a lecture")
  func noLecture() {
    for text in [
      "install docker on pve", "encrypt the backups", "enable ceph please", "can you configure a vlan",
      "mount the zfs pool",
    ] {
      var chat = PretendChat()
      let answer = chat.ask(text)
      #expect(answer.contains("no tool"), "\(text) → \(answer)")
      #expect(chat.cluster.acted.isEmpty)
    }
  }

  @Test("FOUND-04 everything on a node is that node's, and a template is nobody's stopped guest")
  func everythingOnNode() {
    var cluster = PretendCluster(guests: [
      .init(vmid: 201, name: "one", node: "backup", status: "stopped"),
      .init(vmid: 202, name: "two", node: "home", status: "stopped"),
      .init(vmid: 203, name: "three", node: "backup"), .init(vmid: 900, name: "tpl", node: "backup", status: "stopped"),
    ])
    cluster.templates = [900]
    var chat = PretendChat(cluster: cluster)
    _ = chat.ask("start everything on backup")
    #expect(chat.cluster.acted == ["start_guest one"])
    var reading = PretendChat(cluster: cluster)
    let answer = reading.ask("is everything on backup ok?")
    #expect(answer.contains("one") && !answer.contains("two") && answer.contains("Node backup"), "\(answer)")
    var all = PretendChat(cluster: cluster)
    #expect(!all.ask("which guests are stopped?").contains("tpl"))
    #expect(all.ask("which templates are there?").contains("tpl"))
  }

  @Test("FOUND-04 a storage that a problem names is not told a second time, and lists end where they end")
  func onceOnly() {
    var cluster = PretendCluster.standard
    cluster.storages = [("tank", "pve", 90.6), ("local", "home", 34)]
    cluster.problems = [["severity": "warning", "what": "storage tank on pve is 91 % full"]]
    var chat = PretendChat(cluster: cluster)
    let answer = chat.ask("is everything ok?")
    #expect(answer.ranges(of: "91 %").count == 1, "\(answer)")
    cluster.problems = [["severity": "warning", "what": "node home is offline"]]
    var other = PretendChat(cluster: cluster)
    #expect(other.ask("is everything ok?").contains("\n\nStorage tank"))
    #expect(Paragraphs.parted("a:\n- b\n- c\nd\n> e\nf\n\n- g") == "a:\n- b\n- c\n\nd\n> e\n\nf\n\n- g")
  }

  @Test("FOUND-04 what is not seen is said, and no state is told twice")
  func honest() {
    var cluster = PretendCluster.standard
    cluster.blindSpots = ["no right: VM.Audit /vms – only some guests are shown"]
    var chat = PretendChat(cluster: cluster)
    let answer = chat.ask("is everything ok?")
    #expect(answer.contains("What I can see looks fine") && answer.contains("VM.Audit"))
    var acting = PretendChat()
    acting.cluster.actionResult = MindResult(
      id: "",
      content: #"{"done":true,"verified":true,"state":"running, up 4 s","detail":"running, up 4 s","task_status":"OK"}"#
    )
    #expect(acting.ask("restart pihole").ranges(of: "up 4 s").count == 1)
  }

  @Test("FOUND-04 advice that is meant for a model is not spoken to the person who said no")
  func adviceForModels() {
    var chat = PretendChat()
    chat.cluster.actionResult = MindResult(
      id: "",
      content: #"{"error":"the person refused: film night","advice":"do not ask for the same again unasked"}"#,
      isError: true)
    let answer = chat.ask("restart jellyfin")
    #expect(answer.contains("film night") && !answer.contains("unasked"))
  }
}
