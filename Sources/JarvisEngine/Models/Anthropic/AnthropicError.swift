/// What the Messages API's errors mean (`llm.md`, 1.7): by status, then by code or type. The text decides only where the
/// API gives nothing else.
enum AnthropicError {
  static func error(_ server: ServerError, key: APIKey?) -> ProviderError {
    ProviderError(
      kind(server), reason: ErrorText.clean(server.words, hiding: key), retryAfter: server.retryAfter,
      shouldRetry: server.shouldRetry)
  }

  private static func kind(_ server: ServerError) -> ProviderError.Kind {
    if server.code.hasSuffix("spend_limit_reached") || server.type == "billing_error" { return .billing }
    switch server.status {
    case 200: return kind(ofType: server)
    case 400: return invalid(server)
    case 401, 403: return .unauthorised
    case 402: return .billing
    case 404: return .modelMissing
    case 408: return .timeout
    case 413: return .contextOverflow
    case 429: return .rateLimited(retryAfter: server.retryAfter)
    case 504: return .timeout
    case 529: return .overloaded
    case 409, 500...: return .server(status: server.status)
    default: return .invalidRequest
    }
  }

  /// An `error` event after 200 has only its type.
  private static func kind(ofType server: ServerError) -> ProviderError.Kind {
    switch server.type {
    case "invalid_request_error": invalid(server)
    case "authentication_error", "permission_error": .unauthorised
    case "not_found_error": .modelMissing
    case "request_too_large": .contextOverflow
    case "rate_limit_error": .rateLimited(retryAfter: nil)
    case "timeout_error": .timeout
    case "overloaded_error": .overloaded
    default: .server(status: 500)
    }
  }

  /// 400 has one type for everything; these two have no code of their own.
  private static func invalid(_ server: ServerError) -> ProviderError.Kind {
    let text = server.message.lowercased()
    if text.contains("prompt is too long") || text.contains("context window") { return .contextOverflow }
    if text.contains("usage limits") || text.contains("credit balance") || text.contains("spend limit") {
      return .billing
    }
    return .invalidRequest
  }

  /// True where earlier thinking no longer fits the conversation or the account it was made in, e.g. after an update of
  /// Jarvis changed the system text: "Invalid `signature` in `thinking` block. The block is bound to …". The API has no
  /// code for it.
  static func refusesThinking(_ error: ProviderError) -> Bool {
    guard error.kind == .invalidRequest else { return false }
    let text = error.reason.lowercased()
    return text.contains("thinking") && (text.contains("signature") || text.contains("bound to"))
  }
}
