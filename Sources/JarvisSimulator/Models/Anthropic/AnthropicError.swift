import JarvisAPI

/// A refusal as Anthropic's API words it.
struct AnthropicError: Error, Sendable, Equatable {
  var status: Int
  var type: String
  var message: String
  var code: String?
  var retryAfter: Int?

  init(_ status: Int, _ type: String, _ message: String, code: String? = nil, retryAfter: Int? = nil) {
    self.status = status
    self.type = type
    self.message = message
    self.code = code
    self.retryAfter = retryAfter
  }

  static func invalid(_ message: String) -> AnthropicError { AnthropicError(400, "invalid_request_error", message) }

  /// The body, as answers and `error` events carry it.
  func body(request: String) -> JSONValue {
    var error: [String: JSONValue] = ["type": .string(type), "message": .string(message)]
    if let code { error["details"] = ["error_code": .string(code)] }
    return ["type": "error", "error": .object(error), "request_id": .string(request)]
  }

  var reason: String {
    switch status {
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 402: "Payment Required"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 413: "Payload Too Large"
    case 429: "Too Many Requests"
    case 500: "Internal Server Error"
    case 503: "Service Unavailable"
    case 529: "Overloaded"
    default: "Error"
    }
  }

  func response(request: String) -> SimulatedResponse {
    var headers: [(name: String, value: String)] = [("request-id", request)]
    if let retryAfter { headers.append(("retry-after", String(retryAfter))) }
    headers.append(("x-should-retry", [408, 409, 429, 500, 503, 529].contains(status) ? "true" : "false"))
    return .json(body(request: request), status: status, reason: reason, headers: headers)
  }

  /// What a fault answers at the door; nil where the fault strikes later.
  init?(_ fault: ModelFault) {
    switch fault {
    case .unauthorised: self.init(401, "authentication_error", "invalid x-api-key")
    case .forbidden:
      self.init(403, "permission_error", "Your API key does not have permission to use the specified resource.")
    case .rateLimited(let after):
      self.init(
        429, "rate_limit_error",
        "This request would exceed your organization's rate limit of 50 requests per minute. Please try again later.",
        retryAfter: after)
    case .serverError: self.init(500, "api_error", "Internal server error")
    case .overloaded: self.init(529, "overloaded_error", "Overloaded")
    case .loading: self.init(503, "api_error", "Service temporarily unavailable")
    case .spendLimit:
      self.init(
        400, "invalid_request_error",
        "You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.")
    case .billing:
      self.init(402, "billing_error", "Your credit balance is too low to access the Anthropic API.")
    default: return nil
    }
  }
}
