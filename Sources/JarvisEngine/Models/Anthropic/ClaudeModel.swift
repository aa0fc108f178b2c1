/// What is known about a Claude model before its server is asked.
///
/// Source: the vendor's model pages and SDK 2.12.0 (`llm.md`, 1.1 and 1.2). Window and output are replaced by what
/// `GET /v1/models/{id}` tells.
struct ClaudeModel: Sendable, Hashable {
  /// The `thinking` field that is legal for the model and does not leave the screen silent between tool calls.
  enum Thinking: Sendable, Hashable {
    /// The field is left out: the model has no thinking, or is not known here.
    case omitted
    /// The model decides; its summary is streamed.
    case adaptive
    /// No thinking up front; its short notes between tool calls come as thinking blocks with text.
    case betweenTools
  }
  /// Tokens.
  var window: Int
  /// Tokens.
  var maximumOutput: Int
  var thinking: Thinking

  /// The model of this id; a dated id ("claude-haiku-4-5-20251001") is the model it begins with.
  static func named(_ id: String) -> ClaudeModel {
    if let model = table[id] { return model }
    let family = table.keys.filter { id.hasPrefix($0 + "-2") }.max { $0.count < $1.count }
    return family.flatMap { table[$0] } ?? ClaudeModel(window: 200_000, maximumOutput: 32_000, thinking: .omitted)
  }

  private static let table: [String: ClaudeModel] = {
    let million = ClaudeModel(window: 1_000_000, maximumOutput: 128_000, thinking: .adaptive)
    // Thinking on these needs a budget in tokens, which newer models refuse: they go without.
    let older = ClaudeModel(window: 200_000, maximumOutput: 64_000, thinking: .omitted)
    var table = [
      "claude-sonnet-5-5": ClaudeModel(window: 1_000_000, maximumOutput: 128_000, thinking: .betweenTools),
      "claude-opus-4-5": older, "claude-sonnet-4-5": older, "claude-haiku-4-5": older,
    ]
    for id in [
      "claude-fable-5", "claude-fable-5-1", "claude-fable-5-2", "claude-mythos-5", "claude-mythos-5-1",
      "claude-mythos-5-2", "claude-mythos-preview", "claude-opus-5-5", "claude-opus-5", "claude-opus-4-8",
      "claude-opus-4-7", "claude-opus-4-6", "claude-sonnet-5", "claude-sonnet-4-6", "claude-haiku-5-5",
    ] {
      table[id] = million
    }
    return table
  }()
}
