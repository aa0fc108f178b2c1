/// How the simulated local server is set up.
public struct LocalModelOptions: Sendable, Hashable {
  /// Where a reasoning model's thoughts go.
  public enum Reasoning: Sendable, Hashable {
    /// It does not think aloud.
    case none
    /// In `reasoning_content`, as llama.cpp sends it.
    case reasoningContent
    /// In `reasoning`, as vLLM and Ollama send it.
    case reasoning
    /// In the text, between `<think>` and `</think>`.
    case thinkTags
    /// In the text, with the opening tag eaten by the chat template.
    case thinkTagsWithoutOpening
  }

  /// As `/v1/models` names it; requests may name any.
  public var model: String
  /// Tokens.
  public var window: Int
  public var reasoning: Reasoning
  /// Goes on thinking although the request switched it off, as some servers do.
  public var ignoresThinkingSwitch: Bool
  /// The only key that is accepted; nil asks for none.
  public var key: String?
  /// A comment line goes into the stream after so many pieces; nil sends none.
  public var commentEvery: Int?

  public init(
    model: String = "qwen3-4b-instruct", window: Int = 4_096, reasoning: Reasoning = .reasoningContent,
    ignoresThinkingSwitch: Bool = false, key: String? = nil, commentEvery: Int? = 24
  ) {
    self.model = model
    self.window = window
    self.reasoning = reasoning
    self.ignoresThinkingSwitch = ignoresThinkingSwitch
    self.key = key
    self.commentEvery = commentEvery
  }
}
