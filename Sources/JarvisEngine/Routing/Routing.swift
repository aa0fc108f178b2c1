import JarvisAPI

/// A decision with what the turn has to know besides the route.
public struct Routing: Sendable, Hashable {
  public var decision: RouteDecision
  /// True where the message needs live data or an action, whoever answers.
  public var needsTools: Bool
  /// Why the wanted provider was not taken: shown as a notice (ROUTE-02).
  public var fallback: String?
  /// The message without its `@claude` or `@qwen`.
  public var text: String
  /// The question that the live picture answers, where the route is `live` for that reason.
  public var live: LiveQuestion?
  /// Which Claude model fits.
  public var workClass: WorkClass
  /// Whom the operator named by word, pin or rule; nil where the router chose.
  public var choice: RouteChoice?

  public init(
    decision: RouteDecision, needsTools: Bool, fallback: String?, text: String, live: LiveQuestion? = nil,
    workClass: WorkClass = .read, choice: RouteChoice? = nil
  ) {
    self.decision = decision
    self.needsTools = needsTools
    self.fallback = fallback
    self.text = text
    self.live = live
    self.workClass = workClass
    self.choice = choice
  }

  /// True where Claude's strong model is to answer, should Claude.
  public var wantsStrong: Bool {
    switch choice {
    case .fast: false
    case .strong: true
    case .claude, .qwen, .live, nil: workClass == .strong
    }
  }

  /// The task that a decision leaves for the next message: where Claude works, its class of work.
  public static func task(after decision: RouteDecision?) -> WorkClass? {
    decision?.route == .claude ? decision?.evidence?.work : nil
  }
}
