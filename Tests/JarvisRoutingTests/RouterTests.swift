import JarvisAPI
import JarvisRouting
import Testing

struct RouterTests {
  let inventory = Inventory(
    nodes: ["pve", "agent", "home", "backup"], guests: ["pihole", "docker-host", "win11", "Größe"], vmids: [100, 102],
    storages: ["tank", "local"])

  private func route(_ text: String, previous: Route? = nil) -> Routing {
    Router.decide(text, in: RoutingContext(inventory: inventory, previous: previous))
  }

  @Test(
    "ROUTE-01 what needs live data or an action goes to Claude",
    arguments: [
      "is everything ok?", "restart pihole", "why is pve slow since noon?", "my dns is dead", "how full is tank?",
      "which guests are stopped?", "what is pihole doing", "starte docker-host neu", "wie geht es dem cluster?",
      "redémarre pihole", "reinicia pihole", "show me the last failed tasks", "is 102 up?", "stop win11 please",
      "mach mal größe aus, die läuft nicht rund",
    ])
  func actions(_ text: String) {
    #expect(route(text).decision.route == .claude, "\(text): \(route(text).decision)")
    #expect(route(text).needsTools)
  }

  @Test(
    "ROUTE-01 talk goes to Qwen",
    arguments: [
      "thanks, what is ZFS ARC?", "hello", "write a poem about a VM that restarts", "what is a scrub, in one sentence?",
      "explain quorum", "danke!", "was ist ein Container?", "tell me a joke", "qu'est-ce que Ceph ?",
      "what is the difference between LXC and a VM?",
    ])
  func talk(_ text: String) {
    #expect(route(text).decision.route == .qwen, "\(text): \(route(text).decision)")
    #expect(!route(text).needsTools)
  }

  @Test("ROUTE-01 a short follow-up of a Claude turn stays with Claude, thanks do not")
  func followUps() {
    #expect(route("and why is that?", previous: .claude).decision.route == .claude)
    #expect(route("start it again", previous: .claude).decision.route == .claude)
    #expect(route("thanks", previous: .claude).decision.route == .qwen)
  }

  @Test("ROUTE-07 the operator's word wins and is taken out of the text")
  func forced() {
    let routing = route("@qwen restart pihole")
    #expect(routing.decision.route == .qwen)
    #expect(routing.text == "restart pihole")
    #expect(routing.decision.confidence == 1)
    #expect(route("hello @claude").decision.route == .claude)
    #expect(route("hello @claude").text == "hello")
  }

  @Test("ROUTE-02 a closed gate sends the message to the other model and says why")
  func gates() {
    var context = RoutingContext(inventory: inventory, claude: .closed("no key"))
    let routing = Router.decide("restart pihole", in: context)
    #expect(routing.decision.route == .qwen)
    #expect(routing.needsTools)
    #expect(routing.fallback == "Claude out: no key")
    context.qwen = .closed("unreachable")
    #expect(Router.decide("hello", in: context).decision.route == .live)
  }

  @Test("ROUTE-01 names are found whole, folded, and by number")
  func names() {
    #expect(inventory.guests(named: "is Docker-Host up?") == ["docker-host"])
    #expect(inventory.guests(named: "grosse? nein: GRÖSSE oder größe") == ["Größe"])
    #expect(inventory.guests(named: "guest 102 please") == ["102"])
    #expect(inventory.guests(named: "pihole-backup").isEmpty)
    #expect(inventory.nodes(named: "reagent").isEmpty)
  }
}
