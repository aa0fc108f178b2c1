/// Who may mutate now: one call at a time in the whole cluster, the others in the order they came. Owned by the gate.
struct MutationTurn {
  /// Calls that wait in line at most: every approval there can be, and as many that need none.
  static let maximumWaiting = 2 * ApprovalBook.maximumPending

  private var busy = false
  private var queue: [CheckedContinuation<Void, Never>] = []

  /// True where no more may wait.
  var isFull: Bool { queue.count >= Self.maximumWaiting }

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
