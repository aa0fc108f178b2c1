import JarvisAPI
import Synchronization

/// Carries every change to every attached screen (FOUND-05).
final class EventHub: Sendable {
  /// Screens attached at once.
  static let maximumAttachments = 32

  private let queues = Mutex<[AttachmentID: EventQueue]>([:])

  /// - Returns: nil where too many screens are attached.
  func attach(_ id: AttachmentID) -> AsyncStream<Event>? {
    let queue = EventQueue()
    let fits = queues.withLock { queues in
      guard queues.count < Self.maximumAttachments else { return false }
      queues[id] = queue
      return true
    }
    guard fits else { return nil }
    return AsyncStream { await queue.next() }
  }

  func detach(_ id: AttachmentID) {
    queues.withLock { $0.removeValue(forKey: id) }?.close()
  }

  func emit(_ event: Event) {
    let all = queues.withLock { $0 }
    for (id, queue) in all where !queue.push(event) { detach(id) }
  }

  func closeAll() {
    let all = queues.withLock { queues in
      defer { queues = [:] }
      return queues
    }
    for queue in all.values { queue.close() }
  }
}
