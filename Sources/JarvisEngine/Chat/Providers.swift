import JarvisAPI
import JarvisModels
import JarvisRouting

/// The models that a conversation may ask, with the gates before them. Wired by the engine.
public struct Providers: Sendable {
  public var claude: (any LLMProvider)?
  /// Claude's other model, asked where the first one declines (`models.md`); nil where the same one is configured twice.
  public var otherClaude: (any LLMProvider)?
  public var qwen: (any LLMProvider)?
  /// Whether a route may be taken now, from configuration, health, breaker and budget.
  public var gate: @Sendable (Route) async -> ProviderGate
  /// Told how each call went: nil is success. Feeds the breaker and the notices.
  public var report: @Sendable (Route, ProviderError?) async -> Void
  public init(
    claude: (any LLMProvider)?, otherClaude: (any LLMProvider)? = nil, qwen: (any LLMProvider)?,
    gate: @escaping @Sendable (Route) async -> ProviderGate,
    report: @escaping @Sendable (Route, ProviderError?) async -> Void
  ) {
    self.claude = claude
    self.otherClaude = otherClaude
    self.qwen = qwen
    self.gate = gate
    self.report = report
  }

  /// The model behind a route; nil where code answers.
  func provider(_ route: Route) -> (any LLMProvider)? {
    switch route {
    case .claude: claude
    case .qwen: qwen
    case .live, .command: nil
    }
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
  public init(
    conversation: ConversationID, message: MessageID, route: Route, model: String, usage: TokenUsage, estimated: Bool
  ) {
    self.conversation = conversation
    self.message = message
    self.route = route
    self.model = model
    self.usage = usage
    self.estimated = estimated
  }
}
