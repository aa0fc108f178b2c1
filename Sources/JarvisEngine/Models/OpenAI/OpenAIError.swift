/// What errors of the local servers mean. A prompt beyond the window is told apart, because it is an escalation.
enum OpenAIError {
  static func error(_ server: ServerError, key: APIKey?) -> ProviderError {
    ProviderError(
      kind(server), reason: ErrorText.clean(server.words, hiding: key), retryAfter: server.retryAfter,
      shouldRetry: server.shouldRetry)
  }

  private static func kind(_ server: ServerError) -> ProviderError.Kind {
    if isOverflow(server) { return .contextOverflow }
    switch server.status {
    case 401, 403: return .unauthorised
    case 402: return .billing
    case 404: return .modelMissing
    case 408, 504: return .timeout
    case 413: return .contextOverflow
    case 429: return .rateLimited(retryAfter: server.retryAfter)
    case 409, 500...: return .server(status: server.status)
    // Inside a stream without a code: the server broke, not the request.
    case 200: return .server(status: 500)
    default: return .invalidRequest
    }
  }

  /// llama.cpp has a type for it, OpenAI and vLLM a code or a sentence. Ollama cuts the prompt and says nothing.
  private static func isOverflow(_ server: ServerError) -> Bool {
    if server.type == "exceed_context_size_error" || server.code == "context_length_exceeded" { return true }
    guard [200, 400, 413, 422, 500].contains(server.status) else { return false }
    let text = server.message.lowercased()
    return ["maximum context length", "context length", "context size", "context window", "max_model_len"]
      .contains { text.contains($0) }
  }
}
