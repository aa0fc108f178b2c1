/// Lets a number of tasks through at a time, in the order of their coming; the others queue. A value that says what to
/// do; who holds it does it.
struct Turnstile {
  let places: Int
  let queueLimit: Int
  private var taken = 0
  private var queue: [SSHLoop.WaitID] = []

  init(places: Int, queueLimit: Int) {
    self.places = places
    self.queueLimit = queueLimit
  }

  enum Entry: Equatable { case entered, queued, full }

  mutating func enter(_ id: SSHLoop.WaitID) -> Entry {
    if taken < places {
      taken += 1
      return .entered
    }
    guard queue.count < queueLimit else { return .full }
    queue.append(id)
    return .queued
  }

  /// Gives a place back; the returned waiter has it now and is to be woken.
  mutating func leave() -> SSHLoop.WaitID? {
    if queue.isEmpty {
      taken -= 1
      return nil
    }
    return queue.removeFirst()
  }

  /// A waiter that will not wait any longer. False if it was let in meanwhile and so holds a place.
  mutating func giveUp(_ id: SSHLoop.WaitID) -> Bool {
    guard let index = queue.firstIndex(of: id) else { return false }
    queue.remove(at: index)
    return true
  }

  var isIdle: Bool { taken == 0 }
}
