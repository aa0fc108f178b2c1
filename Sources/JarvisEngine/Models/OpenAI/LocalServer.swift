/// The server families that speak `/v1/chat/completions`, as far as they differ for Jarvis (`llm.md`, 2).
enum LocalServer: Sendable, Hashable {
  case llamaCpp, ollama, vllm, lmStudio, unknown

  /// From `owned_by` in `/v1/models`.
  init(owner: String?) {
    switch owner {
    case "llamacpp": self = .llamaCpp
    case "library": self = .ollama
    case "vllm": self = .vllm
    case "organization_owner": self = .lmStudio
    default: self = .unknown
    }
  }

  /// Whether one model is loaded and answers whatever name is asked for.
  var servesOneModel: Bool { self == .llamaCpp }
}
