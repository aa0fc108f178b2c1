import JarvisAPI

/// A refusal as llama.cpp's server words it.
struct LocalServerError: Error, Sendable, Equatable {
  var status: Int
  var type: String
  var message: String
  var extra: [String: JSONValue] = [:]
  var retryAfter: Int?

  init(_ status: Int, _ type: String, _ message: String, extra: [String: JSONValue] = [:], retryAfter: Int? = nil) {
    self.status = status
    self.type = type
    self.message = message
    self.extra = extra
    self.retryAfter = retryAfter
  }

  static func invalid(_ message: String) -> LocalServerError { LocalServerError(400, "invalid_request_error", message) }

  /// The prompt does not fit; with the counts.
  static func overflow(tokens: Int, window: Int) -> LocalServerError {
    LocalServerError(
      400, "exceed_context_size_error",
      "request (\(tokens) tokens) exceeds the available context size (\(window) tokens), try increasing it",
      extra: ["n_prompt_tokens": .int(tokens), "n_ctx": .int(window)])
  }

  /// What a fault answers at the door; nil where the fault strikes later.
  init?(_ fault: ModelFault) {
    switch fault {
    case .unauthorised: self.init(401, "authentication_error", "Invalid API Key")
    case .forbidden: self.init(403, "permission_error", "Forbidden")
    case .rateLimited(let after): self.init(429, "rate_limit_error", "Too many requests", retryAfter: after)
    case .serverError: self.init(500, "server_error", "Compute error.")
    case .overloaded: self.init(503, "unavailable_error", "Server is overloaded")
    case .loading: self.init(503, "unavailable_error", "Loading model")
    case .spendLimit, .billing: self.init(402, "insufficient_quota", "You exceeded your current quota.")
    default: return nil
    }
  }

  var body: JSONValue {
    .object([
      "error": .object(
        extra.merging(["code": .int(status), "message": .string(message), "type": .string(type)]) { $1 })
    ])
  }

  var response: SimulatedResponse {
    let reasons = [
      400: "Bad Request", 401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found",
      429: "Too Many Requests", 500: "Internal Server Error", 501: "Not Implemented", 503: "Service Unavailable",
    ]
    return .json(
      body, status: status, reason: reasons[status] ?? "Error",
      headers: retryAfter.map { [("retry-after", String($0))] } ?? [])
  }
}
