import JarvisAPI

extension SimulatedResponse {
  /// A whole JSON answer.
  static func json(
    _ value: JSONValue, status: Int = 200, reason: String = "OK", headers: [(name: String, value: String)] = []
  ) -> SimulatedResponse {
    SimulatedResponse(
      status: status, reason: reason, headers: [("content-type", "application/json")] + headers,
      body: .bytes(Array(value.text.utf8)))
  }
}

/// The last requests a service saw, for tests that ask what a client sent.
struct RequestLog: Sendable {
  /// Requests kept; older ones are dropped.
  static let maximumKept = 100

  private(set) var requests: [SimulatedRequest] = []

  mutating func note(_ request: SimulatedRequest) {
    if requests.count >= Self.maximumKept { requests.removeFirst() }
    requests.append(request)
  }
}
