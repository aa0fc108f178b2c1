/// Status line and headers.
public struct HTTPHead: Sendable {
  public var status: Int
  /// The reason phrase: Proxmox puts its error text there. Empty over HTTP/2.
  public var reason: String
  public var headers: [(name: String, value: String)]
  public init(status: Int, reason: String, headers: [(name: String, value: String)]) {
    self.status = status
    self.reason = reason
    self.headers = headers
  }
  /// The first header of this name, whatever its case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// A response whose body is still arriving. Dropping or cancelling the body's iteration closes the transfer.
public struct HTTPResponse: Sendable {
  public var head: HTTPHead
  /// Pieces as they arrive; throws `HTTPError`.
  public var body: AsyncThrowingStream<[UInt8], any Error>
  public init(head: HTTPHead, body: AsyncThrowingStream<[UInt8], any Error>) {
    self.head = head
    self.body = body
  }

  /// The whole body.
  /// - Throws: `HTTPError`, as the transfer does.
  public func collect() async throws(HTTPError) -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      for try await piece in body { bytes += piece }
    } catch let error as HTTPError {
      throw error
    } catch {
      throw .cancelled
    }
    return bytes
  }
}

/// Carries requests out: libcurl in the product, a script in tests.
public protocol HTTPTransport: Sendable {
  /// Sends the request and returns once the head is there. Cancelling the task closes the transfer.
  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse
}
