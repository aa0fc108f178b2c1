import JarvisAPI
import JarvisCost

/// One pure decision per message (`models.md`, routing): the operator's word, their rules, the live picture, intent, and
/// the gates over all of it (ROUTE-01, ROUTE-02, ROUTE-07).
public enum Router {
  public static func decide(_ message: String, in context: RoutingContext) -> Routing {
    decide(message, in: context, model: .embedded)
  }

  /// - Parameter model: other weights than the program's own, for measuring.
  public static func decide(_ message: String, in context: RoutingContext, model: IntentModel) -> Routing {
    let (word, text) = OperatorsWord.read(message)
    let intent = Intent(text, in: context, model: model)
    let wish = wish(for: text, word: word, intent: intent, in: context)
    let (route, fallback) = pass(wish.route, needsTools: intent.needsTools || wish.live != nil, through: context)
    let live = route == .live ? wish.live : nil
    return Routing(
      decision: RouteDecision(
        route: route, reason: fallback.map { "\(wish.reason); \($0)" } ?? wish.reason, confidence: wish.confidence),
      needsTools: intent.needsTools || wish.live != nil, fallback: fallback, text: text, live: live,
      workClass: wish.live != nil ? .read : stick(intent, to: context.task), features: intent.evidence,
      estimate: context.estimates?.estimate(bytes: text.utf8.count, shape: intent.workClass.shape))
  }

  private struct Wish {
    var route: Route
    var reason: String
    var confidence: Double
    var live: LiveQuestion?
  }

  private static func wish(
    for text: String, word: Route?, intent: Intent, in context: RoutingContext
  ) -> Wish {
    if let word { return Wish(route: word, reason: "you asked for \(name(word))", confidence: 1) }
    if let pin = context.pin { return Wish(route: pin, reason: "pinned to \(name(pin))", confidence: 1) }
    if let rule = context.rules.first(where: { RuleMatcher.matches($0, text) }) {
      return Wish(route: rule.route, reason: "your rule \(rule.pattern)", confidence: 1)
    }
    if let question = LiveQuestion(text, inventory: context.inventory) {
      return Wish(route: .live, reason: "clear question about the live picture", confidence: 1, live: question)
    }
    return Wish(
      route: intent.needsTools ? .claude : .qwen, reason: intent.reason,
      confidence: intent.needsTools ? intent.need : 1 - intent.need)
  }

  private static func name(_ route: Route) -> String {
    switch route {
    case .claude: "Claude"
    case .qwen: "Qwen"
    case .live: "the live picture"
    case .command: "the command"
    }
  }

  /// A task stays where it began while its tools run: a follow-up that leans on it never steps down to the fast model.
  private static func stick(_ intent: Intent, to task: WorkClass?) -> WorkClass {
    intent.workClass == .read && task == .strong && intent.leans ? .strong : intent.workClass
  }

  /// The wanted route where its gate is open, else the other one, else code alone.
  private static func pass(_ wanted: Route, needsTools: Bool, through context: RoutingContext) -> (Route, String?) {
    switch (wanted, context.claude, context.qwen) {
    case (.claude, .open, _): (.claude, nil)
    case (.claude, .closed(let why), .open): (.qwen, "Claude out: \(why)")
    case (.qwen, _, .open): (.qwen, nil)
    case (.qwen, .open, .closed(let why)): (.claude, "Qwen out: \(why)")
    case (.live, _, _), (.command, _, _): (wanted, nil)
    case (_, .closed(let claude), .closed(let qwen)): (.live, "no model: Claude \(claude), Qwen \(qwen)")
    }
  }
}
