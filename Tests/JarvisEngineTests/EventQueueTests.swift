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
}
