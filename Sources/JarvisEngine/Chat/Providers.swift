import JarvisAPI
import JarvisModels
import JarvisRouting

/// The models that a conversation may ask, with the gates before them. Wired by the engine.
public struct Providers: Sendable {
  /// Claude's strong model: diagnosis, and whatever may change the cluster.
  public var claude: (any LLMProvider)?
  /// Claude's fast model: reading (`models.md`, routing 7); nil where the same one is configured for both.
  public var fast: (any LLMProvider)?
  public var qwen: (any LLMProvider)?
  /// Whether a route may be taken now, from configuration, health, breaker and budget.
  public var gate: @Sendable (Route) async -> ProviderGate
  /// Told how each call went: nil is success. Feeds the breaker and the notices.
  public var report: @Sendable (Route, ProviderError?) async -> Void
  public init(
    claude: (any LLMProvider)?, fast: (any LLMProvider)? = nil, qwen: (any LLMProvider)?,
    gate: @escaping @Sendable (Route) async -> ProviderGate,
    report: @escaping @Sendable (Route, ProviderError?) async -> Void
  ) {
    self.claude = claude
    self.fast = fast
    self.qwen = qwen
    self.gate = gate
    self.report = report
  }

  /// The model that a decision means; nil where code answers.
  func provider(for routing: Routing) -> (any LLMProvider)? {
    switch routing.decision.route {
    case .claude: claude(for: routing)
    case .qwen: qwen
    case .live, .command: nil
    }
  }

  /// Claude's model for this work; the strong one also does the fast one's work while that takes no calls.
  func claude(for routing: Routing) -> (any LLMProvider)? {
    guard !routing.wantsStrong, let fast, fast.blocked == nil else { return claude }
    return fast
  }

  /// Claude's other model, asked where these declined.
  func claude(otherThan models: Set<String>) -> (any LLMProvider)? {
    [claude, fast].compactMap { $0 }.first { !models.contains($0.model) }
  }
}

/// One call to a model, to be entered in the ledger.
public struct BookedCall: Sendable {
  public var conversation: ConversationID
  public var message: MessageID
  public var route: Route
  public var model: String
  public var usage: TokenUsage
  /// True where a stream broke before its usage arrived.
  public var estimated: Bool
  /// False where another model was asked instead: what this one said reached nobody.
  public var answers: Bool
  public init(
    conversation: ConversationID, message: MessageID, route: Route, model: String, usage: TokenUsage, estimated: Bool,
    answers: Bool = true
  ) {
    self.conversation = conversation
    self.message = message
    self.route = route
    self.model = model
    self.usage = usage
    self.estimated = estimated
    self.answers = answers
  }
}
