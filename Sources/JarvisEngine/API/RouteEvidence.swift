/// What stood behind a decision: stored with it, shown by the view of it.
public struct RouteEvidence: Codable, Sendable, Hashable {
  /// The step that decided (`models.md`, routing).
  public enum Step: String, Codable, Sendable, Hashable {
    /// `@claude` and the like in the message.
    case word
    /// The conversation's pin.
    case pin
    /// One of the operator's rules.
    case rule
    /// A clear question that the live picture answers.
    case live
    /// The intent model.
    case intent
  }
  public var step: Step
  /// The rule that decided, by its number and words: "3: backup report"; nil where none did.
  public var rule: String?
  public var work: WorkClass
  /// True where the message by itself would be for the fast model and stays with the strong one's task.
  public var sticks: Bool
  /// What spoke for it, in words, the heaviest first.
  public var features: [String]
  /// What it was expected to cost by each route; nil where nothing is known.
  public var estimate: RouteEstimate?

  public init(
    step: Step, rule: String? = nil, work: WorkClass, sticks: Bool = false, features: [String] = [],
    estimate: RouteEstimate? = nil
  ) {
    self.step = step
    self.rule = rule
    self.work = work
    self.sticks = sticks
    self.features = features
    self.estimate = estimate
  }
}
