import JarvisLock

/// A response's body as pieces that arrive. To be iterated once.
///
/// The transfer is closed as soon as its iteration is dropped, or the body itself before any iteration. A reader
/// that is slower than the server slows the server down: nothing piles up here beyond a bound.
/// Cancelling the reading task throws `HTTPError.cancelled`; an end without an error is the true end.
public struct HTTPBody: AsyncSequence, Sendable {
  public typealias Element = [UInt8]

  private let lifetime: Lifetime

  init(source: any HTTPBodySource) { lifetime = Lifetime(source) }

  /// A body from a stream: for tests and scripted transports.
  public init(_ stream: AsyncThrowingStream<[UInt8], any Error>) { self.init(source: StreamSource(stream: stream)) }

  /// A body that is already there.
  public init(_ pieces: [[UInt8]]) { self.init(source: ArraySource(pieces)) }

  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(iteration: Iteration(lifetime)) }

  public struct AsyncIterator: AsyncIteratorProtocol {
    private let iteration: Iteration

    fileprivate init(iteration: Iteration) { self.iteration = iteration }

    /// The next piece, never empty from a transfer; nil at the end.
    /// - Throws: `HTTPError`.
    public mutating func next() async throws -> [UInt8]? { try await iteration.lifetime.source.next() }
  }

  /// Closes the source when the last body or iteration of it is gone.
  fileprivate final class Lifetime: Sendable {
    let source: any HTTPBodySource
    init(_ source: any HTTPBodySource) { self.source = source }
    deinit { source.close() }
  }

  /// Closes the source when one iteration is dropped, though the body may still be held.
  fileprivate final class Iteration: Sendable {
    let lifetime: Lifetime
    init(_ lifetime: Lifetime) { self.lifetime = lifetime }
    deinit { lifetime.source.close() }
  }
}

/// Where a body comes from.
protocol HTTPBodySource: Sendable {
  /// The next piece, nil at the end.
  func next() async throws -> [UInt8]?
  /// Nobody reads on. May be called more than once, also after the end.
  func close()
}

private final class StreamSource: HTTPBodySource {
  /// Gone once nobody reads on: the stream's last reference, so its `onTermination` hears of it.
  private let stream: Guarded<AsyncThrowingStream<[UInt8], any Error>?>

  init(stream: AsyncThrowingStream<[UInt8], any Error>) { self.stream = Guarded(stream) }

  func next() async throws -> [UInt8]? {
    guard let stream = stream.withLock({ $0 }) else { throw HTTPError.cancelled }
    var iterator = stream.makeAsyncIterator()
    let piece = try await iterator.next()
    // A cancelled AsyncThrowingStream ends as if it were complete; a body must not.
    if piece == nil && Task.isCancelled { throw HTTPError.cancelled }
    return piece
  }

  func close() { stream.withLock { $0 = nil } }
}

private final class ArraySource: HTTPBodySource {
  private struct State {
    var rest: ArraySlice<[UInt8]>
    var isRead = false
    var isLeft = false
  }

  private let state: Guarded<State>

  init(_ pieces: [[UInt8]]) { state = Guarded(State(rest: pieces[...])) }

  func next() async throws -> [UInt8]? {
    try state.withLock { state in
      if state.isLeft { throw HTTPError.cancelled }
      let piece = state.rest.popFirst()
      state.isRead = piece == nil
      return piece
    }
  }

  /// Left before its end, a body that is over must not look whole and empty to the next reader.
  func close() {
    state.withLock { state in
      state.rest = []
      state.isLeft = !state.isRead
    }
  }
}
