import Foundation
import JarvisLock

/// Catches what asks a command to stop – Ctrl-C, `kill`, a closed terminal – so that it can put things in order first.
///
/// The second such signal ends the process at once: whoever presses Ctrl-C twice means it.
final class StopSignals: Sendable {
  private struct State {
    var caught: Int32?
    var action: (@Sendable (Int32) -> Void)?
  }

  private static let signals = [SIGINT, SIGTERM, SIGHUP]
  private let state = Guarded(State())

  /// Call it on the main thread before any other thread starts: threads take over what their maker has blocked, and a
  /// signal that is blocked everywhere waits for the one thread that asks for it.
  init() {
    var set = Self.set
    pthread_sigmask(SIG_BLOCK, &set, nil)
    let thread = Thread { self.listen() }
    thread.name = "jarvis-signals"
    thread.stackSize = 256 << 10
    thread.start()
  }

  /// The signal that came; nil while none has.
  var caught: Int32? { state.withLock { $0.caught } }

  /// The exit code of a command that a signal ended, as shells count it.
  var exitCode: Int32? { caught.map { 128 + $0 } }

  /// What to do when the first one comes; at once where it has come already. Runs on a thread of its own.
  func onSignal(_ action: @escaping @Sendable (Int32) -> Void) {
    let caught = state.withLock { state in
      state.action = action
      return state.caught
    }
    if let caught { action(caught) }
  }

  /// Ends the process as if the signal had never been caught.
  static func die(of signal: Int32) -> Never {
    Foundation.signal(signal, SIG_DFL)
    var set = set
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    raise(signal)
    exit(128 + signal)
  }

  private func listen() {
    var set = Self.set
    while true {
      var signal: Int32 = 0
      guard sigwait(&set, &signal) == 0 else { continue }
      let (isFirst, action) = state.withLock { state in
        defer { state.caught = state.caught ?? signal }
        return (state.caught == nil, state.action)
      }
      if !isFirst { Self.die(of: signal) }
      action?(signal)
    }
  }

  private static var set: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    return set
  }
}
