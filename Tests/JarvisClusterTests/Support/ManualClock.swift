import Foundation
import JarvisLock

/// A clock that moves only when a test says so, with the wall clock beside it.
final class ManualClock: Clock, Sendable {
  struct Instant: InstantProtocol {
    var offset: Duration
    func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    func duration(to other: Instant) -> Duration { other.offset - offset }
    static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
  }

  private struct State {
    var now = Instant(offset: .zero)
    var nextID = 0
    var sleepers: [Int: (until: Instant, wake: CheckedContinuation<Void, any Error>)] = [:]
    var cancelled: Set<Int> = []
    var watchers: [(count: Int, wake: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Guarded(State())
  static let epoch = Date(timeIntervalSince1970: 1_800_000_000)

  var now: Instant { state.withLock(\.now) }
  var minimumResolution: Duration { .nanoseconds(1) }

  /// The wall clock, moving with the rest.
  var date: Date {
    let offset = now.offset
    return Self.epoch + Double(offset.components.seconds) + Double(offset.components.attoseconds) / 1e18
  }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        enum Fate { case wait, due, cancelled }
        let (fate, woken) = state.withLock { state -> (Fate, [CheckedContinuation<Void, Never>]) in
          if state.cancelled.remove(id) != nil { return (.cancelled, []) }
          if deadline <= state.now { return (.due, []) }
          state.sleepers[id] = (deadline, continuation)
          return (.wait, Self.satisfied(&state))
        }
        for watcher in woken { watcher.resume() }
        switch fate {
        case .wait: break
        case .due: continuation.resume()
        case .cancelled: continuation.resume(throwing: CancellationError())
        }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        if let sleeper = state.sleepers.removeValue(forKey: id) { return Optional(sleeper.wake) }
        state.cancelled.insert(id)
        return nil
      }
      sleeper?.resume(throwing: CancellationError())
    }
  }

  private static func satisfied(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
    let count = state.sleepers.count
    let ready = state.watchers.filter { $0.count <= count }.map(\.wake)
    state.watchers.removeAll { $0.count <= count }
    return ready
  }

  /// Returns once at least `count` tasks sleep on this clock.
  func sleepers(atLeast count: Int) async {
    await withCheckedContinuation { continuation in
      let ready = state.withLock { state in
        if state.sleepers.count >= count { return true }
        state.watchers.append((count, continuation))
        return false
      }
      if ready { continuation.resume() }
    }
  }

  func advance(by duration: Duration) {
    let due = state.withLock { state in
      state.now = state.now.advanced(by: duration)
      let now = state.now
      let due = state.sleepers.filter { $0.value.until <= now }
      for id in due.keys { state.sleepers[id] = nil }
      return due.values.sorted { $0.until < $1.until }.map(\.wake)
    }
    for sleeper in due { sleeper.resume() }
  }
}
