import JarvisAPI
import JarvisHTTP

/// Carries one streamed answer from a transport through a decoder to whoever waits for it.
struct ModelStream<Decoder: StreamDecoder>: Sendable {
  /// Bytes of an error answer that are read.
  static var maximumErrorBytes: Int { 64 << 10 }
  /// Bytes read after the answer's end, so that the connection can be used again.
  static var maximumTrailingBytes: Int { 64 << 10 }

  var transport: any HTTPTransport
  /// The server's address, for messages.
  var base: String
  /// Turns a status of 400 or more with its body into an error.
  var refusal: @Sendable (HTTPHead, [UInt8]) -> ProviderError
  /// Another form of the request, to be sent once where this error refused the first; nil lets the error stand.
  var amended: @Sendable (ProviderError) -> HTTPRequest? = { _ in nil }

  /// The stream's buffer is bounded by the request's `maximumBodyBytes`: a decoder never gives out more than came in.
  func start(_ request: HTTPRequest, decoder: Decoder) -> AsyncThrowingStream<ModelDelta, any Error> {
    AsyncThrowingStream { continuation in
      let task = Task {
        var decoder = decoder
        do throws(ProviderError) {
          try await run(request, decoder: &decoder, into: continuation)
        } catch {
          continuation.finish(throwing: decoder.completed(error))
        }
      }
      continuation.onTermination = { reason in
        // After `finish` the task still drains the connection, which is not to be closed.
        if case .cancelled = reason { task.cancel() }
      }
    }
  }

  private func run(
    _ request: HTTPRequest, decoder: inout Decoder,
    into continuation: AsyncThrowingStream<ModelDelta, any Error>.Continuation
  ) async throws(ProviderError) {
    let response: HTTPResponse
    do throws(ProviderError) {
      response = try await accepted(request)
    } catch {
      guard let other = amended(error) else { throw error }
      response = try await accepted(other)
    }
    var parser = ServerSentEventParser()
    var trailing = 0
    var pieces = response.body.makeAsyncIterator()
    while let piece = try await next(&pieces, finished: decoder.isFinished) {
      if decoder.isFinished {
        trailing += piece.count
        if trailing > Self.maximumTrailingBytes { return }
        continue
      }
      for event in try events(in: piece, &parser) where !decoder.isFinished {
        for delta in try decoder.receive(event) { continuation.yield(delta) }
        if decoder.isFinished { continuation.finish() }
      }
    }
    if Task.isCancelled { throw ProviderError(.cancelled, reason: "stopped") }
    if !decoder.isFinished {
      for delta in try decoder.end() { continuation.yield(delta) }
      continuation.finish()
    }
  }

  /// Sends the request; any status but success is an error.
  private func accepted(_ request: HTTPRequest) async throws(ProviderError) -> HTTPResponse {
    let response: HTTPResponse
    do {
      response = try await transport.send(request)
    } catch {
      throw ProviderError(error, talkingTo: base)
    }
    guard (200..<300).contains(response.head.status) else {
      throw refusal(response.head, await errorBody(response))
    }
    return response
  }

  private func events(
    in piece: [UInt8], _ parser: inout ServerSentEventParser
  ) throws(ProviderError) -> [ServerSentEvent] {
    do {
      return try parser.consume(piece)
    } catch {
      throw ProviderError(.malformed, reason: "\(base) sent an event that is too long")
    }
  }

  /// The next piece. A failure after the answer's end is the same as its end: nothing of it is missing.
  private func next(
    _ pieces: inout some AsyncIteratorProtocol<[UInt8], any Error>, finished: Bool
  ) async throws(ProviderError) -> [UInt8]? {
    do {
      return try await pieces.next()
    } catch let error as HTTPError {
      if finished { return nil }
      throw ProviderError(error, talkingTo: base)
    } catch {
      if finished { return nil }
      throw ProviderError(.cancelled, reason: "stopped")
    }
  }

  private func errorBody(_ response: HTTPResponse) async -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      for try await piece in response.body {
        bytes += piece
        if bytes.count >= Self.maximumErrorBytes { break }
      }
    } catch {
      // The status already says that it failed; a reason cut short is still the better part of it.
    }
    return bytes
  }
}
