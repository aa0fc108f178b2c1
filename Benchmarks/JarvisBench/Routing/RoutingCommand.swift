import ArgumentParser
import Foundation
import JarvisAPI
import JarvisRouting

/// `jarvis-bench routing`: how messages would be routed, one JSON line a case, then a summary.
///
/// Both models are taken to be there and no rule is set: what is measured is the reading of messages.
struct RoutingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "routing",
    abstract: "Route messages: {\"id\",\"text\",\"context\"} to {\"id\",\"route\",\"reason\",\"confidence\"}.")

  @Option(help: "A file of cases, one JSON object a line; with \"label\" where the truth is known.")
  var cases: String

  @Option(help: "{\"nodes\",\"guests\":[{\"vmid\",\"name\"}],\"storages\"}; without one the demo cluster's.")
  var inventory: String?

  private struct Answer: Encodable {
    var id: String
    var route: String
    var reason: String
    var confidence: Double
    /// The class of work: "talk", "read", "strong".
    var work: String
  }

  private struct Summary: Encodable {
    struct Numbers: Encodable {
      var cases: Int
      var routes: [String: Int]
      var judged: Int
      /// Mean of both shares that went right; null without truth of both kinds.
      var balancedAccuracy: Double?
      /// Tools were needed and Qwen was to answer.
      var missed: WilsonShare
      /// Talk was enough and Claude was asked.
      var needless: WilsonShare
      /// Wrong by kind, where cases tell theirs.
      var wrongByKind: [String: String]
      /// Microseconds a decision.
      var p50Us: Double
      var p99Us: Double
    }
    var summary: Numbers
  }

  func run() throws {
    let list = try RoutingCase.read(cases)
    let inventory = try BenchInventory.read(inventory).routing
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // The weights are decoded once in the life of a program, not in a decision.
    _ = Router.decide("hello", in: RoutingContext(inventory: inventory))
    var times: [Duration] = []
    var routes: [String: Int] = [:]
    var (needs, missed, talk, needless) = (0, 0, 0, 0)
    var kinds: [String: (wrong: Int, all: Int)] = [:]
    for line in list {
      let context = RoutingContext(inventory: inventory, past: line.past)
      let start = ContinuousClock.now
      let routing = Router.decide(line.text, in: context)
      times.append(.now - start)
      let route = routing.decision.route
      routes[route.rawValue, default: 0] += 1
      if let needed = line.needsTools {
        let wrong = needed == (route == .qwen)
        if needed {
          needs += 1
          missed += wrong ? 1 : 0
        } else {
          talk += 1
          needless += wrong ? 1 : 0
        }
        if let kind = line.kind ?? line.group {
          kinds[kind, default: (0, 0)].all += 1
          kinds[kind, default: (0, 0)].wrong += wrong ? 1 : 0
        }
      }
      let answer = Answer(
        id: line.id, route: route.rawValue, reason: routing.decision.reason,
        confidence: (routing.decision.confidence * 1_000).rounded() / 1_000, work: routing.workClass.rawValue)
      print(String(decoding: try encoder.encode(answer), as: UTF8.self))
    }
    times.sort()
    let balanced =
      needs > 0 && talk > 0
      ? 1 - (Double(missed) / Double(needs) + Double(needless) / Double(talk)) / 2 : nil
    let numbers = Summary.Numbers(
      cases: list.count, routes: routes, judged: needs + talk, balancedAccuracy: balanced,
      missed: WilsonShare(missed, of: needs), needless: WilsonShare(needless, of: talk),
      wrongByKind: kinds.mapValues { "\($0.wrong) of \($0.all)" }, p50Us: Self.microseconds(times, at: 0.5),
      p99Us: Self.microseconds(times, at: 0.99))
    print(String(decoding: try encoder.encode(Summary(summary: numbers)), as: UTF8.self))
  }

  static func microseconds(_ sorted: [Duration], at share: Double) -> Double {
    guard !sorted.isEmpty else { return 0 }
    return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))] / .microseconds(1)
  }
}
