import ArgumentParser
import Foundation
import JarvisAPI
import JarvisCost
import JarvisRouting

/// `jarvis-bench savings`: replays a workload under this router and every baseline, with and without prompt caching, with the
/// workload's own gaps, with 1.5 and with 10 minutes; one JSON line a turn, then a summary.
struct SavingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "savings", abstract: "What a workload costs under this router and under all strong, all fast, random.")

  @Option(
    help:
      "A workload: as for routing, with \"minutes\" since the turn before and, where known, \"label\" and \"class\".")
  var cases: String

  @Option(help: "{\"nodes\",\"guests\":[{\"vmid\",\"name\"}],\"storages\"}; without one the demo cluster's.")
  var inventory: String?

  @Option(help: "The strong model.")
  var strong = "claude-sonnet-5-5"

  @Option(help: "The fast model.")
  var fast = "claude-haiku-5-5"

  /// What the project promised to reach against all strong with caching.
  static let aim = 0.6

  private struct Line: Encodable {
    var id: String
    var route: String
    var work: String
    var model: String?
    var misroute: String?
  }

  private struct Summary: Encodable {
    struct Numbers: Encodable {
      var turns: Int
      var strong: String
      var fast: String
      var routes: [String: Int]
      /// Tools were needed and nobody with tools was asked: asked again on the strong model, and paid there.
      var missed: WilsonShare
      /// Talk was enough and Claude was asked.
      var needless: WilsonShare
      /// Diagnosis or change was given to the fast model.
      var leftToFast: WilsonShare
      var randomMissed: WilsonShare
      var randomNeedless: WilsonShare
      /// US dollars by gaps, caching and policy.
      var cost: [String: [String: [String: Double]]]
      /// Saved against all strong with caching, by gaps: 0…1.
      var savedAgainstAllStrong: [String: Double]
      /// The same against all strong that caches conversations for an hour, as Jarvis does.
      var savedAgainstAllStrongAnHour: [String: Double]
      var savedAgainstAllFast: [String: Double]
      var savedAgainstRandom: [String: Double]
      /// What misses the aim of 60 %, in words; empty where nothing does.
      var shortOfAim: [String]
    }
    var summary: Numbers
  }

  func run() throws {
    let list = try RoutingCase.read(cases)
    let inventory = try BenchInventory.read(inventory).routing
    let prices = try PriceTable.embedded()
    guard let strongPrice = prices[strong], let fastPrice = prices[fast] else {
      throw ValidationError("No price for \(prices[strong] == nil ? strong : fast): nothing can be compared.")
    }
    let routed = Self.route(list, inventory)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    for (line, turn) in zip(list, routed) {
      let model = turn.answer.model.map { $0 == .strong ? strong : fast }
      print(
        String(
          decoding: try encoder.encode(
            Line(
              id: line.id, route: turn.route.rawValue, work: turn.work.rawValue, model: model, misroute: turn.misroute)),
          as: UTF8.self))
    }
    let random = Self.random(routed)
    let everywhere = { (model: WorkloadReplay.Model) in routed.map { _ in WorkloadReplay.Answer(model: model) } }
    // The baselines cache as the API does by itself; all strong also as Jarvis does, which is the harder one to beat.
    let policies: [(String, [WorkloadReplay.Answer], WorkloadReplay.Caching)] = [
      ("router", routed.map(\.answer), .long), ("allStrong", everywhere(.strong), .short),
      ("allStrongAnHour", everywhere(.strong), .long), ("allFast", everywhere(.fast), .short),
      ("random", random, .short),
    ]
    var cost: [String: [String: [String: Double]]] = [:]
    for (name, gap) in [("asGiven", nil), ("1.5 min", 1.5), ("10 min", 10.0)] as [(String, Double?)] {
      let turns = routed.map { turn in
        WorkloadReplay.Turn(
          minutes: gap.map { turn.begins ? turn.minutes : $0 } ?? turn.minutes, begins: turn.begins, shape: turn.shape)
      }
      for caching in [true, false] {
        for (policy, answers, kind) in policies {
          let replay = WorkloadReplay(
            strong: strongPrice, fast: fastPrice, at: Date(), caching: caching ? kind : .none)
          cost[name, default: [:]][caching ? "caching" : "noCaching", default: [:]][policy] =
            Double(replay.cost(turns, answers).amount) / 1e6
        }
      }
    }
    func saved(_ policy: String) -> [String: Double] {
      cost.compactMapValues { by in
        guard let all = by["caching"]?[policy], let router = by["caching"]?["router"], all > 0 else { return nil }
        return ((1 - router / all) * 1_000).rounded() / 1_000
      }
    }
    let (against, hour) = (saved("allStrong"), saved("allStrongAnHour"))
    let numbers = Summary.Numbers(
      turns: list.count, strong: strong, fast: fast,
      routes: Dictionary(routed.map { ($0.route.rawValue, 1) }, uniquingKeysWith: +),
      missed: Self.missed(list, routed.map(\.answer)), needless: Self.needless(list, routed.map(\.answer)),
      leftToFast: Self.leftToFast(list, routed), randomMissed: Self.missed(list, random),
      randomNeedless: Self.needless(list, random), cost: cost, savedAgainstAllStrong: against,
      savedAgainstAllStrongAnHour: hour,
      savedAgainstAllFast: saved("allFast"), savedAgainstRandom: saved("random"),
      shortOfAim: Self.short(against, "all strong with caching")
        + Self.short(hour, "all strong with caching for an hour"))
    print(String(decoding: try encoder.encode(Summary(summary: numbers)), as: UTF8.self))
  }

  private static func short(_ saved: [String: Double], _ baseline: String) -> [String] {
    saved.sorted { $0.key < $1.key }.filter { $0.value < aim }.map {
      "\($0.key): \(Int(($0.value * 100).rounded())) % against \(baseline)"
    }
  }

  private struct Routed {
    var route: Route
    var work: WorkClass
    var answer: WorkloadReplay.Answer
    var misroute: String?
    var minutes: Double
    var begins: Bool
    var shape: TurnShape
  }

  /// Each turn as the router would send it, a task staying with its model.
  private static func route(_ list: [RoutingCase], _ inventory: Inventory) -> [Routed] {
    var task: WorkClass?
    return list.map { line in
      let begins = (line.context ?? []).isEmpty
      if begins { task = nil }
      let routing = Router.decide(
        line.text, in: RoutingContext(inventory: inventory, past: line.past, task: task))
      let route = routing.decision.route
      let free = route == .qwen || route == .live
      task = Routing.task(after: routing.decision)
      let missed = line.needsTools == true && route == .qwen
      let answer = WorkloadReplay.Answer(
        model: free ? nil : routing.wantsStrong ? .strong : .fast, askedAgain: missed)
      return Routed(
        route: route, work: routing.workClass, answer: answer,
        misroute: missed ? "missed" : line.needsTools == false && route == .claude ? "needless" : nil,
        minutes: line.minutes ?? 1.5, begins: begins, shape: shape(line, routing))
    }
  }

  /// By the truth where it is told, so that every policy has the same turns.
  private static func shape(_ line: RoutingCase, _ routing: Routing) -> TurnShape {
    switch line.workClass {
    case "talk": .talk
    case "state": .read
    case "diagnosis", "change": .strong
    default: routing.decision.route == .qwen ? .talk : routing.workClass == .strong ? .strong : .read
    }
  }

  /// The same shares of free, fast and strong answers as the router's, given out by chance; the same chance every time.
  private static func random(_ routed: [Routed]) -> [WorkloadReplay.Answer] {
    var answers = routed.map { $0.answer.model }
    var state: UInt64 = 20_261_123
    for index in stride(from: answers.count - 1, to: 0, by: -1) {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      answers.swapAt(index, Int((state >> 33) % UInt64(index + 1)))
    }
    return zip(answers, routed).map { model, turn in
      // A clear question that code answers is not missed where a free answer falls on it.
      WorkloadReplay.Answer(model: model, askedAgain: model == nil && turn.shape != .talk && turn.route != .live)
    }
  }

  private static func missed(_ list: [RoutingCase], _ answers: [WorkloadReplay.Answer]) -> WilsonShare {
    let needs = zip(list, answers).filter { $0.0.needsTools == true }
    return WilsonShare(needs.filter { $0.1.model == nil && $0.1.askedAgain }.count, of: needs.count)
  }

  private static func needless(_ list: [RoutingCase], _ answers: [WorkloadReplay.Answer]) -> WilsonShare {
    let talk = zip(list, answers).filter { $0.0.needsTools == false }
    return WilsonShare(talk.filter { $0.1.model != nil }.count, of: talk.count)
  }

  private static func leftToFast(_ list: [RoutingCase], _ routed: [Routed]) -> WilsonShare {
    let heavy = zip(list, routed).filter { $0.0.workClass == "diagnosis" || $0.0.workClass == "change" }
    return WilsonShare(heavy.filter { $0.1.answer.model == .fast }.count, of: heavy.count)
  }
}
