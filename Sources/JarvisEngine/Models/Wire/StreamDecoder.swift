import JarvisAPI
import JarvisHTTP

/// What turns one family's events into deltas. A value without I/O, so that every split of a stream can be tested.
protocol StreamDecoder: Sendable {
  /// True once `.finished` was given out; what follows is not read.
  var isFinished: Bool { get }
  /// - Throws: an error told by the server, or a stream that breaks its own grammar.
  mutating func receive(_ event: ServerSentEvent) throws(ProviderError) -> [ModelDelta]
  /// The body ended.
  /// - Throws: `cut` where the answer was not complete.
  mutating func end() throws(ProviderError) -> [ModelDelta]
  /// `error` with what was consumed and shown until now.
  func completed(_ error: ProviderError) -> ProviderError
}
