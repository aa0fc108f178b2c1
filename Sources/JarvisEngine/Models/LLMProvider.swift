import JarvisAPI

/// A model behind an API, whatever its family (ROUTE-10).
public protocol LLMProvider: Sendable {
  /// Which route it serves, with which model.
  var route: Route { get }
  var model: String { get }
  var capabilities: ProviderCapabilities { get }
  /// One turn as typed deltas. Ends after `.finished`; throws `ProviderError`. Cancelling closes the transfer.
  func stream(_ request: ModelRequest) -> AsyncThrowingStream<ModelDelta, any Error>
  /// Tokens that `request` would send, counted by the server where it can, else estimated (bytes/3).
  func countTokens(_ request: ModelRequest) async -> TokenCount
  /// Reachable, model present, window: for `doctor` and the status line. Costs nothing.
  func checkHealth() async -> ProviderHealth
  /// Why a call made now would be refused without being sent; nil where it would be sent.
  var blocked: ProviderError? { get }
}

extension LLMProvider {
  /// Without a breaker before it a provider is always asked.
  public var blocked: ProviderError? { nil }
}

public struct ProviderCapabilities: Sendable, Hashable {
  public var tools: Bool
  /// Tokens.
  public var window: Int
  public var maximumOutput: Int
  public var promptCaching: Bool
  public init(tools: Bool, window: Int, maximumOutput: Int, promptCaching: Bool) {
    self.tools = tools
    self.window = window
    self.maximumOutput = maximumOutput
    self.promptCaching = promptCaching
  }
}

public struct TokenCount: Sendable, Hashable {
  public var tokens: Int
  /// False where the server counted.
  public var estimated: Bool
  public init(tokens: Int, estimated: Bool) {
    self.tokens = tokens
    self.estimated = estimated
  }
}

/// One call to a model. `system` and `tools` are fixed for the life of a conversation: caching and thinking blocks depend on it.
public struct ModelRequest: Sendable, Hashable {
  public enum ToolChoice: Sendable, Hashable { case auto, none }
  /// How long an API with a prompt cache is to keep the conversation; the fixed prefix is kept long in any case.
  public enum CacheLifetime: Sendable, Hashable {
    /// Five minutes: enough for the steps of one turn.
    case short
    /// An hour: dearer to write, and read again where a person takes their time between two turns.
    case long
  }
  public var system: String
  public var tools: [ToolSchema]
  public var messages: [ModelMessage]
  public var maximumOutput: Int
  public var toolChoice: ToolChoice
  public var historyLifetime: CacheLifetime
  public init(
    system: String, tools: [ToolSchema] = [], messages: [ModelMessage], maximumOutput: Int = 4_096,
    toolChoice: ToolChoice = .auto, historyLifetime: CacheLifetime = .short
  ) {
    self.historyLifetime = historyLifetime
    self.system = system
    self.tools = tools
    self.messages = messages
    self.maximumOutput = maximumOutput
    self.toolChoice = toolChoice
  }
}

/// A tool as a model sees it.
public struct ToolSchema: Sendable, Hashable, Codable {
  public var name: String
  public var description: String
  /// JSON Schema of type object.
  public var inputSchema: JSONValue
  public init(name: String, description: String, inputSchema: JSONValue) {
    self.name = name
    self.description = description
    self.inputSchema = inputSchema
  }
}

/// A message of the history that goes to a model.
public enum ModelMessage: Sendable, Hashable, Codable {
  /// Tool results first, then text.
  case user(results: [ToolResult], text: String)
  /// `raw` is the provider's own JSON content, sent back byte-equal to the model it came from.
  case assistant(text: String, calls: [ToolCallRequest], raw: RawContent?)
}

/// An assistant's content as its provider wrote it.
public struct RawContent: Sendable, Hashable, Codable {
  public var model: String
  /// JSON text of the content array.
  public var json: String
  public init(model: String, json: String) {
    self.model = model
    self.json = json
  }
}

/// A tool call that a model asks for.
public struct ToolCallRequest: Sendable, Hashable, Codable, Identifiable {
  public var id: String
  public var name: String
  /// The arguments' JSON text as the model wrote it; may be broken, then the tool layer answers with an error result.
  public var arguments: String
  public init(id: String, name: String, arguments: String) {
    self.id = id
    self.name = name
    self.arguments = arguments
  }
}

public struct ToolResult: Sendable, Hashable, Codable {
  /// The call's id.
  public var id: String
  public var content: String
  public var isError: Bool
  public init(id: String, content: String, isError: Bool = false) {
    self.id = id
    self.content = content
    self.isError = isError
  }
}

/// What arrives while a model answers.
public enum ModelDelta: Sendable, Hashable {
  case text(String)
  /// Thinking that may be shown as progress, never as answer.
  case thinking(String)
  /// A whole call, once its arguments are complete.
  case toolCall(ToolCallRequest)
  /// The newest usage: replaces what came before.
  case usage(TokenUsage)
  case finished(ModelFinish)
}

/// How a turn ended.
public struct ModelFinish: Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    case endTurn, toolUse, maximumTokens, stopSequence
    /// Send the reply back as it is to go on.
    case pause
    /// The model declined; another Claude model may be asked, never a retry.
    case refusal(category: String?)
    case windowExceeded
    case other(String)
  }
  public var reason: Reason
  public var usage: TokenUsage
  /// What goes into the history.
  public var message: ModelMessage
  public init(reason: Reason, usage: TokenUsage, message: ModelMessage) {
    self.reason = reason
    self.usage = usage
    self.message = message
  }
}
