import JarvisAPI
import JarvisLock

/// Carries every change to every attached screen (FOUND-05).
final class EventHub: Sendable {
  /// Screens attached at once.
  static let maximumAttachments = 32

  /// Screens that were let go because they read nothing any more; for one listener, which gives back what they held.
  let dropped: AsyncStream<AttachmentID>

  private let drop: AsyncStream<AttachmentID>.Continuation
  private let queues = Guarded<[AttachmentID: EventQueue]>([:])

  init() {
    // A screen is dropped once; more than are attached cannot wait.
    (dropped, drop) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.maximumAttachments))
  }

  deinit { drop.finish() }

  /// - Returns: nil where too many screens are attached.
  func attach(_ id: AttachmentID) -> AsyncStream<Event>? {
    let queue = EventQueue()
    let fits = queues.withLock { queues in
      guard queues.count < Self.maximumAttachments else { return false }
      queues[id] = queue
      return true
    }
    guard fits else { return nil }
    // A reader that is cancelled before it waits never asks the queue: it has to be told, too.
    return AsyncStream(unfolding: { await queue.next() }, onCancel: { queue.close() })
  }

  func detach(_ id: AttachmentID) {
    queues.withLock { $0.removeValue(forKey: id) }?.close()
  }

  func emit(_ event: Event) {
    let all = queues.withLock { $0 }
    for (id, queue) in all where !queue.push(event) {
      detach(id)
      drop.yield(id)
    }
  }

  /// Takes out of a screen's queue what waits of this message: its snapshot has it.
  func forget(_ message: MessageID, for id: AttachmentID) {
    queues.withLock { $0[id] }?.forget(message)
  }

  func closeAll() {
    let all = queues.withLock { queues in
      defer { queues = [:] }
      return queues
    }
    for queue in all.values { queue.close() }
    drop.finish()
  }
}
