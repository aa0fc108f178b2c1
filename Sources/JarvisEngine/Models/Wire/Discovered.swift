import JarvisAPI
import JarvisLock

/// What a server told about itself and its model, kept between calls.
final class Discovered: Sendable {
  private struct State {
    var model: String?
    var window: Int?
    var maximumOutput: Int?
    var server = LocalServer.unknown
    var opening = ThinkStripper.Opening.unknown
  }
  private let state = Guarded(State())

  var model: String? { state.withLock { $0.model } }
  /// Tokens.
  var window: Int? { state.withLock { $0.window } }
  /// Tokens.
  var maximumOutput: Int? { state.withLock { $0.maximumOutput } }
  var server: LocalServer { state.withLock { $0.server } }
  /// Whether this model's answers begin inside a thought whose opening tag is missing.
  var opening: ThinkStripper.Opening { state.withLock { $0.opening } }

  /// Keeps what is not nil; nonsense such as a window of 0 is ignored.
  func learn(model: String? = nil, window: Int? = nil, maximumOutput: Int? = nil, server: LocalServer? = nil) {
    state.withLock { state in
      if let model { state.model = model }
      if let window, window > 0 { state.window = window }
      if let maximumOutput, maximumOutput > 0 { state.maximumOutput = maximumOutput }
      if let server { state.server = server }
    }
  }

  func learn(opening: ThinkStripper.Opening) {
    state.withLock { $0.opening = opening }
  }
}
