import JarvisAPI
import JarvisCost

/// What routing remembers from message to message: the operator's rules, what went to the wrong model, what things cost.
/// Wired by the engine; by itself it remembers nothing.
public struct RoutingMemory: Sendable {
  /// The operator's rules, in the order in which they are tried.
  public var rules: @Sendable () async -> [RoutingRule] = { [] }
  /// Enters an answer that the wrong model gave.
  public var misrouted: @Sendable (MisrouteStore.Kind, MessageID, Route) async -> Void = { _, _, _ in }
  /// Stores a rule that a person agreed to; nil where there is no room for it.
  public var learn: @Sendable (RoutingRule) async throws -> RoutingRule? = { $0 }
  /// What is known beforehand of a message's cost, from the bytes of the conversation's history; nil where nothing is.
  public var estimates: @Sendable (ConversationID, _ historyBytes: Int) async -> RouteEstimates? = { _, _ in nil }
  public init() {}
}

/// Typed commands that are Jarvis's own and no tools: its rules, its budget, a conversation's pin.
public struct OwnCommands: Sendable {
  /// What one of them says.
  public struct Answer: Sendable, Hashable {
    /// Markdown.
    public var text: String
    public var failed: Bool
    public init(_ text: String, failed: Bool = false) {
      self.text = text
      self.failed = failed
    }
  }
  public var infos: [TypedCommandInfo]
  /// Runs a line without its slash; nil where it is none of these.
  public var run: @Sendable (_ line: String, ConversationID) async -> Answer?
  public init(
    infos: [TypedCommandInfo] = [],
    run: @escaping @Sendable (_ line: String, ConversationID) async -> Answer? = { _, _ in nil }
  ) {
    self.infos = infos
    self.run = run
  }
}

/// What a call cost.
public struct BookedPrice: Sendable, Hashable {
  public var price: Price
  /// What the same tokens would have cost by each route; nil where that is not known.
  public var elsewhere: RouteEstimate?
  public init(_ price: Price, elsewhere: RouteEstimate? = nil) {
    self.price = price
    self.elsewhere = elsewhere
  }
}
