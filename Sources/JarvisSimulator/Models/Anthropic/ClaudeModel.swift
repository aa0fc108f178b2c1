import JarvisAPI

/// A model of the simulated Anthropic API with the rules that hold for it. The ids and rules are the real ones, so that
/// a client meets here what it will meet there; the answers are simulated.
struct ClaudeModel: Sendable, Equatable {
  enum Thinking: Sendable, Equatable {
    /// Always on; only `adaptive` may be asked for.
    case always
    /// On unless lowered to `between_tools`.
    case betweenTools
    /// On unless `disabled`.
    case optional
    /// Off unless `enabled` or `adaptive`.
    case onRequest
  }

  var id: String
  var displayName: String
  var line: String
  var createdAt: String
  var lifecycle = "active"
  var retiresAt: String?
  /// Tokens.
  var window = 1_000_000
  var maximumOutput = 128_000
  /// Prompts shorter than this are not cached, in tokens.
  var minimumCacheable = 512
  var thinking: Thinking
  /// Thinking blocks are bound to everything before them.
  var preservesThinking = true
  /// Thinking comes back empty unless `display` asks for a summary.
  var omitsThinking = true
  /// `tool_choice` may be `any` or `tool`.
  var allowsForcedTools = false
  /// The last message may be the beginning of the answer.
  var allowsPrefill = false

  static let catalogue: [ClaudeModel] = [
    ClaudeModel(
      id: "claude-opus-5-5", displayName: "Claude Opus 5.5", line: "opus", createdAt: "2026-09-22T00:00:00Z",
      thinking: .always),
    ClaudeModel(
      id: "claude-sonnet-5-5", displayName: "Claude Sonnet 5.5", line: "sonnet", createdAt: "2026-09-28T00:00:00Z",
      thinking: .betweenTools),
    ClaudeModel(
      id: "claude-haiku-5-5", displayName: "Claude Haiku 5.5", line: "haiku", createdAt: "2026-10-07T00:00:00Z",
      thinking: .optional, allowsForcedTools: true),
    ClaudeModel(
      id: "claude-fable-5-1", displayName: "Claude Fable 5.1", line: "fable", createdAt: "2026-08-31T00:00:00Z",
      thinking: .always),
    ClaudeModel(
      id: "claude-opus-5", displayName: "Claude Opus 5", line: "opus", createdAt: "2026-05-14T00:00:00Z",
      thinking: .optional, preservesThinking: false, allowsForcedTools: true),
    ClaudeModel(
      id: "claude-sonnet-5", displayName: "Claude Sonnet 5", line: "sonnet", createdAt: "2026-06-18T00:00:00Z",
      minimumCacheable: 1_024, thinking: .optional, preservesThinking: false, allowsForcedTools: true),
    ClaudeModel(
      id: "claude-sonnet-4-5", displayName: "Claude Sonnet 4.5", line: "sonnet", createdAt: "2025-09-29T00:00:00Z",
      lifecycle: "deprecated", retiresAt: "2026-11-30T00:00:00Z", window: 200_000, maximumOutput: 64_000,
      minimumCacheable: 1_024, thinking: .onRequest, preservesThinking: false, omitsThinking: false,
      allowsForcedTools: true, allowsPrefill: true),
    ClaudeModel(
      id: "claude-haiku-4-5", displayName: "Claude Haiku 4.5", line: "haiku", createdAt: "2025-10-15T00:00:00Z",
      window: 200_000, maximumOutput: 64_000, minimumCacheable: 4_096, thinking: .onRequest, preservesThinking: false,
      omitsThinking: false, allowsForcedTools: true, allowsPrefill: true),
  ]

  static func named(_ id: String) -> ClaudeModel? { catalogue.first { $0.id == id } }

  /// The model as `GET /v1/models/{id}` describes it.
  var description: JSONValue {
    let yes: JSONValue = ["supported": true]
    let no: JSONValue = ["supported": false]
    return [
      "type": "model", "id": .string(id), "display_name": .string(displayName), "created_at": .string(createdAt),
      "lifecycle": .string(lifecycle), "line": .string(line), "max_input_tokens": .int(window),
      "max_tokens": .int(maximumOutput), "retires_at": retiresAt.map { .string($0) } ?? .null,
      "deprecated_at": lifecycle == "active" ? .null : "2026-08-31T00:00:00Z",
      "capabilities": [
        "batch": yes, "citations": yes, "code_execution": no, "image_input": yes, "pdf_input": yes,
        "structured_outputs": yes,
        "context_management": [
          "supported": false, "clear_thinking_20251015": .null, "clear_tool_uses_20250919": .null,
          "compact_20260112": .null,
        ],
        "effort": ["supported": true, "high": yes, "low": yes, "max": yes, "medium": yes, "xhigh": yes],
        "server_tools": ["supported": false, "code_execution": no, "web_search": no],
        "thinking": [
          "supported": true,
          "types": [
            "adaptive": thinking == .onRequest ? no : yes, "enabled": thinking == .onRequest ? yes : no,
            "disabled": thinking == .always || thinking == .betweenTools ? no : yes,
            "between_tools": thinking == .betweenTools ? yes : no,
          ],
        ],
      ],
    ]
  }
}
