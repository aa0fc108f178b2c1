/// Who may mutate now: one call at a time in the whole cluster, the others in the order they came.
///
/// A value owned by the gate; the bound on its queue is the bound on approvals.
struct MutationTurn {
  private var busy = false
  private var queue: [CheckedContinuation<Void, Never>] = []

  /// True where the turn was free and is now the caller's; else the caller has to `wait`.
  mutating func take() -> Bool {
    if busy { return false }
    busy = true
    return true
  }

  mutating func wait(_ continuation: CheckedContinuation<Void, Never>) {
    queue.append(continuation)
  }

  /// Hands the turn to the next in line.
  mutating func give() {
    if queue.isEmpty {
      busy = false
    } else {
      queue.removeFirst().resume()
    }
  }
}
