import JarvisAPI
import JarvisSafety
import JarvisStorage
import JarvisTestSupport
import Testing

/// What a command may cut off, judged by the programs that its classifier found, each on its own node.
@Suite struct CommandReachTests {
  private typealias Act = CommandReading.Act

  private static let home = Home(
    place: .guest(vmid: 105, node: "agent", isContainer: false), storages: ["local-lvm"], bridges: ["vmbr0"],
    confirmedAt: noon)
  private static let nodes: @Sendable (String) -> String? = { host in
    ["agent": "agent", "192.168.1.61": "agent", "pve": "pve"][host]
  }

  private static func protection(_ home: HomeStanding = .known(Self.home), services: Set<String> = []) -> Protection {
    var protected = Policy.Protected()
    protected.services = services
    return Protection(home: home, protected: protected)
  }

  private func objection(_ text: String, on node: String, _ acts: [Act], services: Set<String> = []) -> String? {
    Self.protection(services: services).objection(
      to: call("run_command", ["node": .string(node), "command": .string(text)]),
      reading: CommandReading(tier: .red, rule: "r", acts: acts), node: Self.nodes
    ) { _ in nil }
  }

  private func doubt(
    _ text: String, on node: String, _ acts: [Act]?, home: HomeStanding = .known(Self.home)
  ) -> String? {
    Self.protection(home).doubt(
      about: call("run_command", ["node": .string(node), "command": .string(text)]),
      reading: CommandReading(tier: .green, rule: "r", acts: acts), node: Self.nodes)
  }

  @Test("FOUND-01 what runs behind ssh is judged by the node it runs on, under its name or its address")
  func otherNode() {
    let down: [String?] = ["link", "set", "vmbr0", "down"]
    for host in ["agent", "192.168.1.61"] {
      let acts = [Act("ssh", [host]), Act("ip", down, at: .host(host))]
      #expect(objection("ssh \(host) ip link set vmbr0 down", on: "pve", acts)?.contains("vmbr0 on agent") == true)
    }
    // The outer node is not the one it runs on.
    #expect(objection("ssh pve ip link set vmbr0 down", on: "agent", [Act("ip", down, at: .host("pve"))]) == nil)
    #expect(objection("ip link set vmbr0 down", on: "agent", [Act("ip", down)]) != nil)
    #expect(objection("ip link set vmbr0 down", on: "pve", [Act("ip", down)]) == nil)
    // Where it goes is not known: it may be there.
    #expect(objection("ssh $H ip link set vmbr0 down", on: "pve", [Act("ip", down, at: .unknown)]) != nil)
    #expect(objection("ssh agent.lan ip …", on: "pve", [Act("ip", down, at: .host("agent.lan"))]) != nil)
  }

  @Test("FOUND-01 ssh to a machine that is no node of the cluster is RED at least, and one only known later, too")
  func foreign() {
    #expect(doubt("ssh nas uptime", on: "pve", [Act("ssh", ["nas"])])?.contains("nas, which is no node") == true)
    #expect(doubt("ssh root@10.9.9.9 uptime", on: "pve", [Act("ssh", ["root@10.9.9.9"])]) != nil)
    #expect(doubt("ssh $H uptime", on: "pve", [Act("ssh", [nil])])?.contains("only known when it runs") == true)
    #expect(doubt("ssh root@agent uptime", on: "pve", [Act("ssh", ["root@agent"])]) == nil)
    #expect(doubt("uptime", on: "pve", []) == nil)
    #expect(doubt("garbled", on: "pve", nil) == nil, "what nobody could read is RED by its classifier already")
  }

  @Test("FOUND-01 a number that is only known when it runs may be Jarvis's own guest")
  func computed() {
    let hidden = [Act("qm", ["start", nil])]
    #expect(doubt("qm start $X", on: "pve", hidden)?.contains("it may be 105") == true)
    #expect(
      doubt("qm start $X", on: "pve", hidden, home: .unknown("-"))?.contains("nobody has confirmed") == true)
    #expect(
      doubt("qm start $X", on: "pve", hidden, home: .known(Home(place: .elsewhere, confirmedAt: noon))) == nil)
    #expect(doubt("qm start 102", on: "pve", [Act("qm", ["start", "102"])]) == nil)
    #expect(doubt("pct exec $X -- true", on: "pve", [Act("true", [], at: .guest(nil))]) != nil)
    #expect(doubt("ip link set $X down", on: "pve", [Act("ip", ["link", "set", nil, "down"])]) != nil)
  }

  @Test("FOUND-01 a guest that only the reading names counts as named: a loop, a brace, a value followed")
  func followed() {
    let acts = [Act("qm", ["stop", "104"]), Act("qm", ["stop", "105"])]
    #expect(objection("for i in {104..105}; do qm stop $i; done", on: "pve", acts)?.contains("guest 105") == true)
    #expect(objection("qm stop 1050", on: "pve", [Act("qm", ["stop", "1050"])]) == nil)
    #expect(objection("pct exec 105 -- x", on: "pve", [Act("x", [], at: .guest("105"))]) != nil)
  }

  @Test("FOUND-01 what stops all guests of a node cuts Jarvis's, on its own node only")
  func allGuests() {
    #expect(objection("pvenode stopall", on: "agent", [Act("pvenode", ["stopall"])])?.contains("node agent") == true)
    #expect(objection("pvenode stopall", on: "pve", [Act("pvenode", ["stopall"])]) == nil)
    #expect(objection("pvesh create …", on: "pve", [Act("pvesh", ["create", "/nodes/agent/stopall"])]) != nil)
    #expect(objection("ssh agent pvenode stopall", on: "pve", [Act("pvenode", ["stopall"], at: .host("agent"))]) != nil)
    #expect(objection("pkill -f kvm", on: "agent", [Act("pkill", ["-f", "kvm"])]) != nil)
  }

  @Test("FOUND-01 all guests of a node by its own name for itself, by the service, the slice and the processes")
  func allGuestsInDisguise() {
    let ways = [
      Act("pvesh", ["create", "/nodes/localhost/stopall"]), Act("pvesh", ["create", "nodes/agent/stopall"]),
      Act("systemctl", ["stop", "pve-guests"]), Act("systemctl", ["restart", "pve-guests.service"]),
      Act("systemctl", ["disable", "--now", "pve-guests"]), Act("systemctl", ["stop", "pve-*"]),
      Act("systemctl", ["stop", "qemu.slice"]), Act("service", ["pve-guests", "stop"]), Act("pkill", ["lxc-start"]),
      Act("killall", ["-9", "lxc-start"]), Act("pkill", ["-f", "lxc"]), Act("pkill", ["qem"]),
    ]
    for act in ways {
      #expect(objection("…", on: "agent", [act])?.contains("node agent") == true, "\(act)")
    }
    for act in ways where act.words != ["create", "nodes/agent/stopall"] {
      #expect(objection("…", on: "pve", [act]) == nil, "\(act)")
    }
    for act in [
      Act("systemctl", ["start", "pve-guests"]), Act("systemctl", ["restart", "cron"]), Act("pkill", ["nginx"]),
      Act("service", ["cron", "stop"]),
    ] { #expect(objection("…", on: "agent", [act]) == nil, "\(act)") }
  }

  @Test("FOUND-01 where a program is not read, the words decide, on its own node")
  func notRead() {
    let down = "python3 -c \"os.system('ip link set vmbr0 down')\""
    #expect(objection(down, on: "agent", [Act("", []), Act("python3", ["-c", "…"])])?.contains("vmbr0") == true)
    #expect(objection(down, on: "pve", [Act("", []), Act("python3", ["-c", "…"])]) == nil)
    #expect(objection("ssh agent " + down, on: "pve", [Act("ssh", ["agent"]), Act("", [], at: .host("agent"))]) != nil)
    for text in ["$(which systemctl) stop nginx", "unlistedwrapper systemctl stop nginx"] {
      #expect(objection(text, on: "pve", [Act("", [])], services: ["nginx"]) != nil)
      #expect(objection(text, on: "pve", [Act("", [], at: .guest("102"))], services: ["nginx"]) == nil)
    }
  }

  @Test("FOUND-01 a protected service is protected on every node, and not inside a guest")
  func services() {
    func hit(_ place: Act.Place) -> Bool {
      objection("…", on: "pve", [Act("systemctl", ["stop", "nginx.service"], at: place)], services: ["nginx"]) != nil
    }
    #expect(hit(.here) && hit(.host("agent")) && hit(.unknown) && hit(.host("nas")))
    #expect(!hit(.guest("102")))
  }

  @Test("FOUND-01 at the gate a doubt makes a harmless command RED, and its card says why")
  func atTheGate() async throws {
    let acts = Mutable<[Act]>([Act("qm", ["start", nil])])
    let fixture = try await GateFixture(
      context: GateContext(
        home: { .known(Self.home) }, node: { Self.nodes },
        classify: { _ in CommandReading(tier: .yellow, rule: "bounded", acts: acts.value) }))
    let send = call("run_command", ["node": "pve", "command": "qm start $(cat /tmp/n)"])
    let (card, task) = try await fixture.ask(send, target: assessment(.yellow))
    #expect(card.tier == .red && card.rule.contains("it may be 105"))
    #expect(card.impact.first?.hasPrefix("caution: ") == true && !card.allowable)
    try await fixture.gate.decide(card.id, .refuse(reason: ""), fromKeyHolder: true)
    _ = await task.value
    acts.change { $0 = [Act("ssh", ["nas"])] }
    let (foreign, second) = try await fixture.ask(
      call("run_command", ["node": "pve", "command": "ssh nas uptime"]), target: assessment(.green))
    #expect(foreign.tier == .red && foreign.rule.contains("no node of this cluster"))
    second.cancel()
    _ = await second.value
    try await fixture.store.close()
  }
}
