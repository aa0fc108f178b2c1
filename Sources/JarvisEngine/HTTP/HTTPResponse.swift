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
    let wanted = name.lowercased()
    return headers.first { $0.name.lowercased() == wanted }?.value
  }
}

/// A response whose body is still arriving. Dropping or cancelling the body's iteration closes the transfer.
public struct HTTPResponse: Sendable {
  public var head: HTTPHead
  /// Pieces as they arrive; throws `HTTPError`.
  public var body: HTTPBody

  public init(head: HTTPHead, body: HTTPBody) {
    self.head = head
    self.body = body
  }
  /// A response made by hand, for tests and scripts.
  public init(head: HTTPHead, body: AsyncThrowingStream<[UInt8], any Error>) {
    self.init(head: head, body: HTTPBody(body))
  }
  /// A response whose body is already there.
  public init(head: HTTPHead, bytes: [UInt8]) {
    self.init(head: head, body: HTTPBody([bytes]))
  }

  /// The whole body.
  /// - Throws: `HTTPError`, as the transfer does.
  public func collect() async throws(HTTPError) -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      for try await piece in body {
        if bytes.isEmpty { bytes = piece } else { bytes += piece }
      }
    } catch let error as HTTPError {
      throw error
    } catch is CancellationError {
      throw .cancelled
    } catch {
      throw .cut("\(error)")
    }
    return bytes
  }
}
