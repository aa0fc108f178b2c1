import Foundation
import JarvisAPI
import JarvisCost
import JarvisRouting
import Testing

struct RouterTests {
  let inventory = Inventory(
    nodes: ["pve", "agent", "home", "backup"],
    named: [(102, "pihole"), (100, "docker-host"), (120, "win11"), (121, "Größe")].map {
      .init(vmid: $0.0, name: $0.1)
    },
    storages: ["tank", "local"])

  private func route(_ text: String, previous: Route? = nil) -> Routing {
    Router.decide(text, in: RoutingContext(inventory: inventory, previous: previous))
  }

  @Test(
    "ROUTE-01 what needs live data or an action goes to Claude or is answered from the live picture",
    arguments: [
      "is everything ok?", "restart pihole", "why is pve slow since noon?", "my dns is dead", "how full is tank?",
      "which guests are stopped?", "what is pihole doing", "starte docker-host neu", "wie geht es dem cluster?",
      "redémarre pihole", "reinicia pihole", "show me the last failed tasks", "is 102 up?", "stop win11 please",
      "mach mal größe aus, die läuft nicht rund",
    ])
  func actions(_ text: String) {
    #expect(route(text).decision.route != .qwen, "\(text): \(route(text).decision)")
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

  @Test(
    "ROUTE-07 In order: the operator's word, the pin, their rules, the live picture, intent",
    arguments: [
      ("@claude is pihole running?", RouteChoice.qwen as RouteChoice?, Route.claude),
      ("is pihole running?", .qwen, .qwen),
      ("is pihole running?", nil, .live), ("write a report about pihole", nil, .claude),
      ("restart pihole", nil, .claude),
    ])
  func order(_ text: String, _ pin: RouteChoice?, _ expected: Route) {
    let rules = [RoutingRule(kind: .pattern, pattern: "report", choice: .claude, createdAt: .distantPast)]
    let routing = Router.decide(text, in: RoutingContext(inventory: inventory, pin: pin, rules: rules))
    #expect(routing.decision.route == expected, "\(routing.decision)")
  }

  @Test("ROUTE-03 only what leans on an offer is said to answer one")
  func offers() {
    func reason(_ text: String, after answer: String, _ previous: Route = .claude) -> String {
      let past = [
        PastMessage(role: .user, text: "is everything ok?"), PastMessage(role: .assistant, text: answer),
      ]
      return Router.decide(text, in: RoutingContext(inventory: inventory, previous: previous, past: past)).decision
        .reason
    }
    let offer = "win11 is stopped. Shall I start it?"
    #expect(reason("yes, please", after: offer) == "answers an offer to act")
    #expect(reason("restart pihole", after: offer) == "diagnosis or change")
    // Figures are no options, and a figure nobody knows is no question.
    for answer in ["tank is 91.0 % full, local 52.4 %.", "pihole: up ?, memory ? of 2.0 GiB", "1.2 of 4.2 GiB"] {
      #expect(reason("restart pihole", after: answer) == "diagnosis or change")
      #expect(reason("yes, please", after: answer) != "answers an offer to act", "\(answer)")
    }
    #expect(reason("yes, please", after: "Either\n1. restart it, or\n2. look first") == "answers an offer to act")
  }

  @Test("ROUTE-01 Work of each class: reading is for the fast model, diagnosis and change for the strong one")
  func workClasses() {
    #expect(route("which guests have no backup at all").workClass == .read)
    for text in ["restart pihole", "why is pve slow since noon?", "delete the old snapshots of win11"] {
      #expect(route(text).workClass == .strong, "\(text)")
    }
    #expect(route("thanks").workClass == .talk)
    var context = RoutingContext(inventory: inventory, previous: .claude, task: .strong)
    #expect(Router.decide("and the log?", in: context).workClass == .strong, "a task stays with its model")
    #expect(
      Router.decide("which guests have no backup at all", in: context).workClass == .read, "a question of its own")
    context.past = [.init(role: .assistant, text: "pihole is stopped. Shall I start it?")]
    context.task = nil
    #expect(Router.decide("yes", in: context).workClass == .strong, "a yes sets something going")
  }

  @Test("TEST-07 A follow-up is read from the messages themselves where nobody says who answered")
  func pastMessages() {
    func decide(_ text: String, _ past: [(PastMessage.Role, String)]) -> Route {
      Router.decide(
        text, in: RoutingContext(inventory: inventory, past: past.map { PastMessage(role: $0.0, text: $0.1) })
      ).decision.route
    }
    #expect(decide("and agent?", [(.user, "how hot is pve"), (.assistant, "pve is at 61 °C.")]) == .claude)
    #expect(decide("another one", [(.user, "tell me a joke"), (.assistant, "A VM walks into a bar.")]) == .qwen)
  }

  @Test("TEST-07 The decision tells its evidence and what it would cost elsewhere")
  func evidence() throws {
    var context = RoutingContext(inventory: inventory)
    #expect(Router.decide("restart pihole", in: context).decision.evidence?.estimate == nil)
    context.estimates = RouteEstimates(
      prices: try PriceTable.embedded(), fast: "claude-haiku-5-5", strong: "claude-sonnet-5-5", prefixTokens: 8_000,
      historyTokens: 2_000, cached: .init(isFirst: false, hasPrefix: true, hasHistory: true),
      at: Date(timeIntervalSince1970: 1_795_000_000))
    let routing = Router.decide("restart pihole", in: context)
    let evidence = try #require(routing.decision.evidence)
    let estimate = try #require(evidence.estimate)
    let (fast, strong) = (try #require(estimate.fast), try #require(estimate.strong))
    #expect(fast > .zero && strong > fast && estimate.local == .zero)
    #expect(evidence.features.first?.contains("%") == true)
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

  @Test("ROUTE-07 A choice of fast or strong is obeyed by word, pin and rule; else the class of work picks the model")
  func models() {
    var context = RoutingContext(inventory: inventory)
    func strong(_ text: String) -> Bool { Router.decide(text, in: context).wantsStrong }
    #expect(strong("restart pihole") && !strong("which guests have no backup at all"))
    #expect(strong("@strong which guests have no backup at all") && !strong("@fast restart pihole"))
    context.pin = .strong
    #expect(strong("thanks"))
    context.pin = nil
    context.rules = [RoutingRule(id: 4, kind: .pattern, pattern: "no backup", choice: .strong, createdAt: .distantPast)]
    let routing = Router.decide("which guests have no backup at all", in: context)
    #expect(routing.wantsStrong && routing.decision.reason == "your rule no backup")
    #expect(routing.decision.evidence?.step == .rule && routing.decision.evidence?.rule == "4: no backup")
  }

  @Test("ROUTE-07 A rule for a tool decides where the message will need that tool, and nowhere else")
  func toolRules() {
    var context = RoutingContext(inventory: inventory, lookups: ["list_storage"])
    context.rules = [RoutingRule(kind: .tool, pattern: "list_storage", choice: .qwen, createdAt: .distantPast)]
    let text = "which storages are nearly full and why"
    #expect(Router.decide(text, in: context).decision.route == .qwen)
    #expect(Router.decide(text, in: context).needsTools)
    context.lookups = ["list_tasks"]
    #expect(Router.decide(text, in: context).decision.route == .claude)
    context.lookups = ["list_storage"]
    context.rules[0].choice = .strong
    #expect(Router.decide("thanks", in: context).decision.route == .qwen, "talk needs no tool")
  }

  @Test("ROUTE-07 A budget that stops sends nobody in Claude's place; talk goes on")
  func stopped() {
    let context = RoutingContext(inventory: inventory, claude: .stopped("this week's budget is used up"))
    let routing = Router.decide("restart pihole", in: context)
    #expect(routing.decision.route == .live && routing.fallback == "Claude stopped: this week's budget is used up")
    #expect(Router.decide("tell me a joke", in: context).decision.route == .qwen)
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
