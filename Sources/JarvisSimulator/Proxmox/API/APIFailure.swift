import JarvisAPI

/// An answer of the API that is not a success, with the text that Proxmox would give.
enum APIFailure: Error, Sendable {
  /// 400, parameter → text.
  case parameters([String: String])
  /// 401: an empty body, only the reason phrase.
  case unauthenticated(String)
  /// 403 with "path, privilege".
  case forbidden(String)
  /// 500 with a JSON body.
  case failed(String)
  /// 501 with a JSON body and no line break at its end.
  case noSuchMethod(String)
  /// A status whose body is the bare text: what the HTTP server says before the API is reached.
  case bare(status: Int, String)
  /// A status with no body at all: 595, 596, methods that do not exist.
  case silent(status: Int, String)

  /// The response as it goes over the wire. Errors close the connection.
  var response: SimulatedResponse {
    switch self {
    case .parameters(let errors):
      Self.json(
        400, "Parameter verification failed.\n",
        ["errors": .object(errors.mapValues { .string($0) })])
    case .unauthenticated(let reason): Self.empty(401, reason)
    case .forbidden(let what): Self.json(403, "Permission check failed (\(what))\n")
    case .failed(let message): Self.json(500, message + "\n")
    case .noSuchMethod(let message): Self.json(501, message)
    case .bare(let status, let text):
      SimulatedResponse(
        status: status, reason: Self.firstLine(text), headers: [("Connection", "close")], body: .bytes(Array(text.utf8))
      )
    case .silent(let status, let reason): Self.empty(status, reason)
    }
  }

  private static func empty(_ status: Int, _ reason: String) -> SimulatedResponse {
    SimulatedResponse(status: status, reason: reason, headers: [("Connection", "close")], body: .none)
  }

  private static func json(_ status: Int, _ message: String, _ more: [String: JSONValue] = [:]) -> SimulatedResponse {
    let body = more.merging(["data": .null, "message": .string(message)]) { first, _ in first }
    return SimulatedResponse(
      status: status, reason: firstLine(message),
      headers: [("Connection", "close"), ("Content-Type", APIReply.contentType)],
      body: .bytes(Array(JSONValue.object(body).text.utf8)))
  }

  /// The reason phrase ends at the first line break.
  private static func firstLine(_ text: String) -> String {
    String(text.prefix { $0 != "\n" })
  }
}

/// A success: the data, and where Proxmox adds one, the number of rows in all.
struct APIReply: Sendable {
  static let contentType = "application/json;charset=UTF-8"

  var data: JSONValue
  var total: Int?

  init(_ data: JSONValue, total: Int? = nil) {
    self.data = data
    self.total = total
  }

  var response: SimulatedResponse {
    var body: [String: JSONValue] = ["data": data]
    if let total { body["total"] = .int(total) }
    return SimulatedResponse(
      status: 200, reason: "OK", headers: [("Content-Type", Self.contentType)],
      body: .bytes(Array(JSONValue.object(body).text.utf8)))
  }
}
