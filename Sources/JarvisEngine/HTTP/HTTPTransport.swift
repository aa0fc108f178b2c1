/// Carries requests out: libcurl in the product, a script in tests.
public protocol HTTPTransport: Sendable {
  /// Sends the request and returns once the head is there. Cancelling the task closes the transfer.
  /// - Throws: `HTTPError`; a status of 400 or 500 is an answer and does not throw.
  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse
}
