import JarvisAPI
import JarvisLock

/// Events on their way to one attachment: in order, lossless for what a person must see, newest-wins for pictures.
///
/// Pieces of the same streaming answer are joined while they wait, so that a slow screen costs no memory. Past
/// `capacity` the attachment is closed: a screen that reads nothing for so long is gone.
final class EventQueue: Sendable {
  /// Events that may wait.
  static let capacity = 10_000

  private struct State {
    var waiting: [Event] = []
    var reader: CheckedContinuation<Event?, Never>?
    var closed = false
  }
  private let state = Guarded(State())

  /// - Returns: false where the queue is closed or has overflown: the attachment is over.
  @discardableResult
  func push(_ event: Event) -> Bool {
    let (reader, alive): (CheckedContinuation<Event?, Never>?, Bool) = state.withLock { state in
      if state.closed { return (nil, false) }
      if let reader = state.reader {
        state.reader = nil
        return (reader, true)
      }
      Self.add(event, to: &state.waiting)
      if state.waiting.count > Self.capacity {
        state.closed = true
        state.waiting = []
        return (nil, false)
      }
      return (nil, true)
    }
    reader?.resume(returning: event)
    return alive
  }

  /// Takes out what waits of this message: whoever asks has all of it already.
  func forget(_ message: MessageID) {
    state.withLock { state in
      state.waiting.removeAll { event in
        switch event {
        case .chat(.delta(message, _, _)): true
        case .chat(.message(let whole)): whole.id == message
        default: false
        }
      }
    }
  }

  func close() {
    let reader = state.withLock { state in
      state.closed = true
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume(returning: nil)
  }

  /// The next event; nil once the queue is closed and empty. One reader at a time.
  func next() async -> Event? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let ready: Event?? = state.withLock { state in
          if !state.waiting.isEmpty { return .some(state.waiting.removeFirst()) }
          if state.closed { return .some(nil) }
          state.reader = continuation
          return nil
        }
        if let ready { continuation.resume(returning: ready) }
      }
    } onCancel: {
      close()
    }
  }

  private static func add(_ event: Event, to waiting: inout [Event]) {
    switch event {
    case .monitoring(.cluster):
      if let index = waiting.lastIndex(where: { if case .monitoring(.cluster) = $0 { true } else { false } }) {
        waiting.remove(at: index)
      }
    case .system(.cost):
      if let index = waiting.lastIndex(where: { if case .system(.cost) = $0 { true } else { false } }) {
        waiting.remove(at: index)
      }
    case .chat(.delta(let id, let conversation, let text)):
      if case .chat(.delta(let lastID, _, let before))? = waiting.last, lastID == id {
        waiting[waiting.count - 1] = .chat(.delta(id, conversation, before + text))
        return
      }
    default: break
    }
    waiting.append(event)
  }
}
