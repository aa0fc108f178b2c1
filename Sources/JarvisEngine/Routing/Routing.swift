import JarvisAPI
import JarvisCost

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
  /// What spoke for the decision, in words, the heaviest first: for the view of a decision.
  public var features: [String]
  /// What the message would cost by each route; nil where nothing is known.
  public var estimate: RouteEstimate?

  public init(
    decision: RouteDecision, needsTools: Bool, fallback: String?, text: String, live: LiveQuestion? = nil,
    workClass: WorkClass = .read, features: [String] = [], estimate: RouteEstimate? = nil
  ) {
    self.decision = decision
    self.needsTools = needsTools
    self.fallback = fallback
    self.text = text
    self.live = live
    self.workClass = workClass
    self.features = features
    self.estimate = estimate
  }
}
