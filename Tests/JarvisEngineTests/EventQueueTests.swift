import Foundation
import JarvisAPI
import Testing

@testable import JarvisEngine

struct EventQueueTests {
  private let conversation = ConversationID(rawValue: "c")
  private func delta(_ message: String, _ text: String) -> Event {
    .chat(.delta(MessageID(rawValue: message), conversation, text))
  }

  @Test("FOUND-05 pieces of one answer are joined, pictures replace each other, order stays")
  func joins() async {
    let queue = EventQueue()
    queue.push(delta("a", "one "))
    queue.push(delta("a", "two"))
    queue.push(.monitoring(.cluster(ClusterSnapshot(name: "old"))))
    queue.push(delta("b", "x"))
    queue.push(.monitoring(.cluster(ClusterSnapshot(name: "new"))))
    queue.push(.system(.ready))
    queue.close()
    var seen: [Event] = []
    while let event = await queue.next() { seen.append(event) }
    #expect(
      seen == [
        delta("a", "one two"), delta("b", "x"), .monitoring(.cluster(ClusterSnapshot(name: "new"))), .system(.ready),
      ])
  }

  @Test("FOUND-05 a screen that reads nothing is let go instead of filling the memory")
  func overflow() {
    let queue = EventQueue()
    var alive = true
    for index in 0...EventQueue.capacity { alive = queue.push(.system(.boot(BootStep("\(index)", ok: true)))) }
    #expect(!alive)
    #expect(!queue.push(.system(.ready)))
  }

  @Test("FOUND-05 a waiting reader gets the next event, and nil when its task is cancelled")
  func waiting() async {
    let queue = EventQueue()
    let reader = Task { await queue.next() }
    queue.push(.system(.ready))
    #expect(await reader.value == .system(.ready))
    let cancelled = Task { await queue.next() }
    cancelled.cancel()
    #expect(await cancelled.value == nil)
  }

  @Test("FOUND-05 every attached screen gets every event; a detached one none")
  func hub() async throws {
    let hub = EventHub()
    let (first, second) = (AttachmentID(), AttachmentID())
    let firstEvents = try #require(hub.attach(first))
    let secondEvents = try #require(hub.attach(second))
    hub.emit(.system(.ready))
    hub.detach(first)
    hub.emit(.system(.stopping(reason: "test")))
    hub.closeAll()
    var one: [Event] = []
    for await event in firstEvents { one.append(event) }
    var two: [Event] = []
    for await event in secondEvents { two.append(event) }
    #expect(one == [.system(.ready)])
    #expect(two == [.system(.ready), .system(.stopping(reason: "test"))])
  }

  @Test("FOUND-05 what a snapshot has is taken out of the queue, and nothing else")
  func forget() async {
    let queue = EventQueue()
    let message = ChatMessage(
      id: MessageID(rawValue: "a"), conversation: conversation, role: .assistant, text: "", at: .distantPast)
    queue.push(.chat(.message(message)))
    queue.push(delta("a", "one"))
    queue.push(delta("b", "x"))
    queue.forget(MessageID(rawValue: "a"))
    queue.push(delta("a", "two"))
    queue.close()
    var seen: [Event] = []
    while let event = await queue.next() { seen.append(event) }
    #expect(seen == [delta("b", "x"), delta("a", "two")])
  }

  @Test("FOUND-05 a screen that is let go is told of, so that its key is not lost")
  func dropped() async {
    let hub = EventHub()
    let id = AttachmentID()
    _ = hub.attach(id)
    for index in 0...EventQueue.capacity { hub.emit(.system(.noticeEnded(id: "\(index)"))) }
    var iterator = hub.dropped.makeAsyncIterator()
    #expect(await iterator.next() == id)
    hub.closeAll()
    #expect(await iterator.next() == nil)
  }
}
