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
    let needsTools = intent.needsTools || wish.live != nil
    let (route, fallback) = pass(wish.route, needsTools: needsTools, through: context)
    let work = wish.live != nil ? .read : stick(intent, to: context.task)
    let evidence = RouteEvidence(
      step: wish.step, rule: wish.rule.map { "\($0.id): \($0.words)" }, work: work,
      sticks: wish.live == nil && work != intent.workClass, features: intent.evidence,
      estimate: context.estimates?.estimate(bytes: text.utf8.count, shape: work.shape))
    return Routing(
      decision: RouteDecision(
        route: route, reason: fallback.map { "\(wish.reason); \($0)" } ?? wish.reason, confidence: wish.confidence,
        evidence: evidence),
      needsTools: needsTools, fallback: fallback, text: text, live: route == .live ? wish.live : nil, workClass: work,
      choice: wish.choice)
  }

  private struct Wish {
    var route: Route
    var reason: String
    var confidence: Double
    var step: RouteEvidence.Step
    var choice: RouteChoice?
    var rule: RoutingRule?
    var live: LiveQuestion?

    /// Told by the operator: certain.
    init(_ choice: RouteChoice, _ step: RouteEvidence.Step, _ reason: String, rule: RoutingRule? = nil) {
      route = choice.route
      (self.choice, self.step, self.reason, self.rule) = (choice, step, reason, rule)
      confidence = 1
    }

    init(route: Route, reason: String, confidence: Double, step: RouteEvidence.Step, live: LiveQuestion? = nil) {
      (self.route, self.reason, self.confidence, self.step, self.live) = (route, reason, confidence, step, live)
    }
  }

  private static func wish(
    for text: String, word: RouteChoice?, intent: Intent, in context: RoutingContext
  ) -> Wish {
    if let word { return Wish(word, .word, "you asked for \(word.name)") }
    if let pin = context.pin { return Wish(pin, .pin, "pinned to \(pin.name)") }
    if let rule = context.rules.first(where: { RuleMatcher.matches($0, text) }) {
      return Wish(rule.choice, .rule, "your rule \(rule.words)", rule: rule)
    }
    if let question = LiveQuestion(text, inventory: context.inventory) {
      return Wish(
        route: .live, reason: "clear question about the live picture", confidence: 1, step: .live, live: question)
    }
    if intent.needsTools, let rule = toolRule(in: context) {
      return Wish(rule.choice, .rule, "your rule \(rule.words)", rule: rule)
    }
    return Wish(
      route: intent.needsTools ? .claude : .qwen, reason: intent.reason,
      confidence: intent.needsTools ? intent.need : 1 - intent.need, step: .intent)
  }

  /// The operator's first rule for a tool that the message will need.
  private static func toolRule(in context: RoutingContext) -> RoutingRule? {
    context.lookups.lazy.compactMap { RuleMatcher.route(forTool: $0, rules: context.rules) }.first
  }

  /// A task stays where it began while its tools run: a follow-up that leans on it never steps down to the fast model.
  private static func stick(_ intent: Intent, to task: WorkClass?) -> WorkClass {
    intent.workClass == .read && task == .strong && intent.leans ? .strong : intent.workClass
  }

  /// The wanted route where its gate is open, else the other one, else code alone.
  private static func pass(_ wanted: Route, needsTools: Bool, through context: RoutingContext) -> (Route, String?) {
    switch (wanted, context.claude, context.qwen) {
    case (.live, _, _), (.command, _, _): (wanted, nil)
    case (.claude, .open, _): (.claude, nil)
    case (.claude, .stopped(let why), _): (.live, "Claude stopped: \(why)")
    case (.claude, .closed(let why), .open): (.qwen, "Claude out: \(why)")
    case (.qwen, _, .open): (.qwen, nil)
    case (.qwen, .open, let qwen): (.claude, "Qwen out: \(qwen.reason)")
    case (.claude, let claude, let qwen), (.qwen, let claude, let qwen):
      (.live, "no model: Claude \(claude.reason), Qwen \(qwen.reason)")
    }
  }
}
