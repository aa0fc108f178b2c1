import JarvisAPI
import JarvisLock

/// News for one listener: the newest picture, and every event since the last one taken.
public struct ClusterUpdate: Sendable, Equatable {
  /// The newest picture.
  public var snapshot: ClusterSnapshot
  /// Oldest first.
  public var events: [ClusterEvent]
  /// Events that were dropped because the listener took nothing for too long; the oldest went first.
  public var droppedEvents: Int
}

/// Holds what one listener has not taken yet. Pictures replace each other, events add up to a bound.
final class UpdateMailbox: Sendable {
  /// Events kept for a listener that does not listen.
  static let maximumEvents = 1_000

  private struct State {
    var waiting: ClusterUpdate?
    var listener: CheckedContinuation<ClusterUpdate?, Never>?
    var closed = false
  }

  private let state = Guarded(State())

  func post(_ snapshot: ClusterSnapshot, _ events: [ClusterEvent]) {
    let delivery = state.withLock { state -> (CheckedContinuation<ClusterUpdate?, Never>, ClusterUpdate)? in
      guard !state.closed else { return nil }
      var update = state.waiting ?? ClusterUpdate(snapshot: snapshot, events: [], droppedEvents: 0)
      update.snapshot = snapshot
      update.events += events
      if update.events.count > Self.maximumEvents {
        let surplus = update.events.count - Self.maximumEvents
        update.events.removeFirst(surplus)
        update.droppedEvents += surplus
      }
      guard let listener = state.listener else {
        state.waiting = update
        return nil
      }
      state.listener = nil
      state.waiting = nil
      return (listener, update)
    }
    delivery?.0.resume(returning: delivery?.1)
  }

  /// The next update; nil once the mailbox is closed. Only one call may wait at a time: a second one ends the first.
  func next() async -> ClusterUpdate? {
    await withCheckedContinuation { continuation in
      let ready = state.withLock { state -> [(CheckedContinuation<ClusterUpdate?, Never>, ClusterUpdate?)] in
        if state.closed { return [(continuation, nil)] }
        if let update = state.waiting {
          state.waiting = nil
          return [(continuation, update)]
        }
        let earlier = state.listener
        state.listener = continuation
        return earlier.map { [($0, nil)] } ?? []
      }
      for (listener, update) in ready { listener.resume(returning: update) }
    }
  }

  func close() {
    let listener = state.withLock { state in
      state.closed = true
      state.waiting = nil
      defer { state.listener = nil }
      return state.listener
    }
    listener?.resume(returning: nil)
  }

  var isClosed: Bool { state.withLock(\.closed) }

  /// The updates as a stream that ends when its task is cancelled or the mailbox is closed.
  func stream() -> AsyncStream<ClusterUpdate> {
    AsyncStream {
      await self.next()
    } onCancel: {
      self.close()
    }
  }
}
