import Foundation
import JarvisAPI
import JarvisRouting
import JarvisTestSupport
import Testing

@Suite struct LiveQuestionTests {
  private func question(_ text: String) -> LiveQuestion? { LiveQuestion(text, inventory: Repository.inventory) }

  @Test(
    "ROUTE-01 Clear questions, word for word, in several languages",
    arguments: [
      ("status?", LiveQuestion.status), ("Is everything OK?", .status), ("alles ok?", .status),
      ("est-ce que tout va bien ?", .status), ("¿está todo bien?", .status), ("how full is tank", .storage("tank")),
      ("Wie voll ist tank?", .storage("tank")), ("what is pihole doing right now?", .guest(102)),
      ("is 102 up?", .guest(102)), ("läuft jellyfin noch?", .guest(130)), ("jellyfin tourne ?", .guest(130)),
      ("is agent online", .node("agent")), ("what did we spend today", .spend(.today)),
      ("was haben wir diese woche ausgegeben?", .spend(.week)),
      ("combien avons-nous dépensé aujourd'hui ?", .spend(.today)),
      ("¿cuánto hemos gastado este mes?", .spend(.month)), ("which guests are stopped?", .stopped),
      ("how many guests are running?", .running), ("are all nodes up?", .nodes),
    ])
  func clear(_ text: String, _ expected: LiveQuestion) {
    #expect(question(text) == expected)
  }

  @Test(
    "ROUTE-01 Anything less than certain goes on",
    arguments: [
      "why is pihole doing that", "is everything ok? restart pihole if not", "how full is tank and why",
      "status of the world",
      "what is pihole", "how full was tank yesterday", "is jellyfin running on agent", "is nextcloud running?",
      "how full is the moon", "what did we spend on holidays today", "is everything ok with you", "status\nplease",
      "is “pihole” running", "what is pihole doing wrong", "stop pihole", "is tank tank full", "",
    ])
  func unclear(_ text: String) {
    #expect(question(text) == nil)
  }

  @Test("ROUTE-01 A name that two guests share is not certain; its number is")
  func shared() {
    let twins = Inventory(nodes: [], named: [.init(vmid: 1, name: "web"), .init(vmid: 2, name: "web")], storages: [])
    #expect(LiveQuestion("is web running?", inventory: twins) == nil)
    #expect(LiveQuestion("is 2 running?", inventory: twins) == .guest(2))
  }

  private let zone = TimeZone(identifier: "Europe/Berlin") ?? .gmt

  private func picture() -> ClusterSnapshot {
    var picture = ClusterSnapshot(
      name: "lab", at: Sample.now, link: .connected(node: "pve"), quorate: .known(true),
      nodes: [Sample.node("pve", cpu: 0.5, cores: 8, memory: (8, 16))],
      guests: [
        Sample.guest(102, "pihole", on: "pve"), Sample.guest(120, "win11", on: "pve", status: .stopped),
      ], storages: [Sample.storage("tank", 0.5)])
    picture.pollInterval = 12
    return picture
  }

  private func answer(_ question: LiveQuestion, _ picture: ClusterSnapshot, after seconds: Double = 4) -> String {
    LiveAnswer.text(
      for: question, snapshot: picture, cost: nil, now: picture.at.addingTimeInterval(seconds), zone: zone)
  }

  @Test("ROUTE-01 Answers tell the value and the time of the data")
  func answers() {
    let picture = picture()
    #expect(answer(.storage("tank"), picture).hasPrefix("tank is **50 % full**: 500 GiB of 1.0 TiB."))
    #expect(answer(.storage("tank"), picture).hasSuffix("As of 22:07:42, 4 s ago."))
    #expect(answer(.guest(102), picture).hasPrefix("pihole (102) on pve is **running**, up 25 h"))
    #expect(answer(.guest(7), picture).contains("not in the picture"))
    #expect(answer(.node("pve"), picture).contains("**online**"))
    #expect(answer(.stopped, picture).hasPrefix("1 of 2 guests is not running: win11 (120) on pve."))
    #expect(answer(.status, picture).hasPrefix("Nothing that Jarvis watches is wrong."))
  }

  @Test("ROUTE-01 What is wrong, stale or lost is said")
  func trouble() {
    var picture = picture()
    picture.quorate = .known(false)
    picture.storages = [Sample.storage("tank", 0.95)]
    picture.link = .lost(since: Sample.now, reason: "timeout", advice: "")
    let text = answer(.status, picture, after: 300)
    #expect(text.contains("no quorum") && text.contains("tank is 95 % full"))
    #expect(text.contains("5 min ago") || text.contains("300 s ago"))
    #expect(text.contains("stale") && text.contains("timeout"))
    #expect(answer(.status, ClusterSnapshot()).contains("no picture"))
  }

  @Test("ROUTE-05 Money: with budget, lift and forecast; without figures that is said")
  func money() {
    var cost = CostReport(at: Sample.now, today: MicroDollars(420_000), month: MicroDollars(9_000_000))
    cost.dailyBudget = MicroDollars(10_000_000)
    cost.liftedToday = MicroDollars(2_000_000)
    cost.forecastMonth = MicroDollars(12_000_000)
    func text(_ period: LiveQuestion.Period) -> String {
      LiveAnswer.text(for: .spend(period), snapshot: ClusterSnapshot(), cost: cost, now: Sample.now, zone: zone)
    }
    #expect(text(.today).hasPrefix("$0.420 today of a budget of $12.00."))
    #expect(text(.month).hasPrefix("$9.00 this month; about $12.00 expected"))
    #expect(answer(.spend(.week), picture()).contains("No figures"))
  }
}
