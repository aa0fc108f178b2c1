import JarvisLock

/// What a test server saw, in order; tests wait for conditions on it instead of sleeping.
final class EventLog: Sendable {
  private struct Waiter {
    var id: Int
    var condition: @Sendable ([String]) -> Bool
    var continuation: CheckedContinuation<Bool, Never>
  }

  private struct State {
    var events: [String] = []
    var waiters: [Waiter] = []
    var nextID = 0
    var cancelled: Set<Int> = []
  }

  private let state = Guarded(State())

  var events: [String] { state.withLock { $0.events } }

  func count(_ event: String) -> Int { events.count { $0 == event } }

  func record(_ event: String) {
    let met = state.withLock { state -> [Waiter] in
      state.events.append(event)
      let events = state.events
      let met = state.waiters.filter { $0.condition(events) }
      state.waiters.removeAll { waiter in met.contains { $0.id == waiter.id } }
      return met
    }
    for waiter in met { waiter.continuation.resume(returning: true) }
  }

  /// Returns true once the condition holds, false if the test is cancelled (its time limit) before.
  func wait(until condition: @escaping @Sendable ([String]) -> Bool) async -> Bool {
    let id = state.withLock { state in
      defer { state.nextID += 1 }
      return state.nextID
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let known = state.withLock { state -> Bool? in
          if condition(state.events) { return true }
          if state.cancelled.contains(id) { return false }
          state.waiters.append(Waiter(id: id, condition: condition, continuation: continuation))
          return nil
        }
        if let known { continuation.resume(returning: known) }
      }
    } onCancel: {
      let waiter = state.withLock { state -> Waiter? in
        state.cancelled.insert(id)
        guard let index = state.waiters.firstIndex(where: { $0.id == id }) else { return nil }
        return state.waiters.remove(at: index)
      }
      waiter?.continuation.resume(returning: false)
    }
  }

  func wait(for event: String, times: Int = 1) async -> Bool {
    await wait { events in events.count { $0 == event } >= times }
  }
}
