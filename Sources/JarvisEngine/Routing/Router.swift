import Foundation
import JarvisAPI

/// What the gates know about a provider at the moment of deciding.
public enum ProviderGate: Sendable, Hashable {
  case open
  /// Out, for this reason: "no key", "rate-limited", "budget used up".
  case closed(String)
}

/// What else the decision depends on.
public struct RoutingContext: Sendable {
  public var inventory: Inventory
  /// Who answered the turn before, where there was one.
  public var previous: Route?
  public var claude: ProviderGate
  public var qwen: ProviderGate
  public init(inventory: Inventory, previous: Route? = nil, claude: ProviderGate = .open, qwen: ProviderGate = .open) {
    self.inventory = inventory
    self.previous = previous
    self.claude = claude
    self.qwen = qwen
  }
}

/// A decision with what the turn has to know besides the route.
public struct Routing: Sendable, Hashable {
  public var decision: RouteDecision
  /// True where the message needs live data or an action, whoever answers.
  public var needsTools: Bool
  /// Why the wanted provider was not taken: shown as a notice (ROUTE-02).
  public var fallback: String?
  /// The message without its `@claude` or `@qwen`.
  public var text: String
}

/// One pure decision per message: the operator's word, intent, gates (ROUTE-01).
public enum Router {
  public static func decide(_ message: String, in context: RoutingContext) -> Routing {
    let (forced, text) = operatorsWord(message)
    let intent = Intent(text, inventory: context.inventory, previous: context.previous)
    let wanted: Route = forced ?? (intent.needsTools ? .claude : .qwen)
    let reason = forced == nil ? intent.reason : "you asked for \(wanted == .claude ? "Claude" : "Qwen")"
    let (route, fallback) = pass(wanted, through: context)
    return Routing(
      decision: RouteDecision(
        route: route, reason: fallback.map { "\(reason); \($0)" } ?? reason,
        confidence: forced == nil ? intent.confidence : 1),
      needsTools: intent.needsTools, fallback: fallback, text: text)
  }

  /// `@claude` or `@qwen` at the start or the end of a message forces it (ROUTE-07).
  private static func operatorsWord(_ message: String) -> (Route?, String) {
    let trimmed = message.trimmingCharacters(in: .whitespacesAndNewlines)
    for (word, route) in [("@claude", Route.claude), ("@qwen", Route.qwen)] {
      if trimmed.lowercased().hasPrefix(word + " ") {
        return (route, String(trimmed.dropFirst(word.count + 1)))
      }
      if trimmed.lowercased().hasSuffix(" " + word) {
        return (route, String(trimmed.dropLast(word.count + 1)))
      }
    }
    return (nil, message)
  }

  /// The wanted route where its gate is open, else the other one, else code alone.
  private static func pass(_ wanted: Route, through context: RoutingContext) -> (Route, String?) {
    switch (wanted, context.claude, context.qwen) {
    case (.claude, .open, _): (.claude, nil)
    case (.claude, .closed(let why), .open): (.qwen, "Claude out: \(why)")
    case (.qwen, _, .open): (.qwen, nil)
    case (.qwen, .open, .closed(let why)): (.claude, "Qwen out: \(why)")
    case (_, .closed(let claude), .closed(let qwen)): (.live, "no model: Claude \(claude), Qwen \(qwen)")
    default: (.live, nil)
    }
  }
}
