/// A body read as server-sent events. To be iterated once; dropping the iteration closes the transfer.
public struct ServerSentEvents: AsyncSequence, Sendable {
  public typealias Element = ServerSentEvent

  let body: HTTPBody
  let maximumEventBytes: Int

  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(body: body.makeAsyncIterator(), parser: ServerSentEventParser(maximumEventBytes: maximumEventBytes))
  }

  public struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate var body: HTTPBody.AsyncIterator
    fileprivate var parser: ServerSentEventParser
    /// Events of the piece read last, at most as many as that piece completed.
    private var ready: ArraySlice<ServerSentEvent> = []

    fileprivate init(body: HTTPBody.AsyncIterator, parser: ServerSentEventParser) {
      self.body = body
      self.parser = parser
    }

    /// The next event; nil at the body's end.
    /// - Throws: `HTTPError`: the transfer's, or `tooLarge` for an event beyond the limit.
    public mutating func next() async throws -> ServerSentEvent? {
      while true {
        if let event = ready.popFirst() { return event }
        guard let piece = try await body.next() else { return nil }
        ready = try parser.consume(piece)[...]
      }
    }
  }
}

extension HTTPResponse {
  /// The body as server-sent events, whatever its `Content-Type` says.
  public func serverSentEvents(
    maximumEventBytes: Int = ServerSentEventParser.defaultMaximumEventBytes
  ) -> ServerSentEvents {
    ServerSentEvents(body: body, maximumEventBytes: maximumEventBytes)
  }
}
