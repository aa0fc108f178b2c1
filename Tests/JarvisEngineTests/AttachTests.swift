import Foundation
import JarvisAPI
import JarvisEngine
import JarvisSimulator
import JarvisTestSupport
import Testing

/// Screens that come and go while the engine works.
@Suite(.serialized)
struct AttachTests {
  /// A screen's view of one conversation, as its events make it.
  private actor Mirror {
    private(set) var messages: [MessageID: ChatMessage]
    init(_ snapshot: Snapshot) {
      messages = Dictionary(snapshot.messages.map { ($0.id, $0) }) { $1 }
    }

    /// - Returns: the answer's text after the event, where it changed one.
    func take(_ event: Event) -> (MessageID, String)? {
      switch event {
      case .chat(.message(let message)):
        messages[message.id] = message
        return message.role == .assistant ? (message.id, message.text) : nil
      case .chat(.delta(let id, _, let text)):
        guard messages[id] != nil else { return (id, "an unknown message") }
        messages[id]?.text += text
        return messages[id].map { (id, $0.text) }
      default: return nil
      }
    }
  }

  @Test("FOUND-05 a screen that comes in mid-stream has what has streamed, and no piece is lost or doubled")
  func midStream() async throws {
    var plan = Workshop.Plan()
    plan.limits = ModelPace(first: .zero, piece: .milliseconds(4))
    let shop = try await Workshop(plan)
    let before = try await shop.begin("thanks, what is ZFS ARC?")
    var screens: [(JarvisAPI.Attachment, Int)] = []
    for pieces in [1, 20, 60, 120] {
      _ = try await shop.wait("\(pieces) bytes of the answer") { seen -> Bool? in
        guard let id = await seen.lastAnswer?.id else { return nil }
        return await (seen.deltas[id] ?? "").utf8.count >= pieces ? true : nil
      }
      screens.append((try await shop.engine.attach(wantsApprovalKey: false), pieces))
    }
    let answer = try await shop.ended(after: before)
    for (screen, pieces) in screens {
      let mirror = Mirror(screen.snapshot)
      let begun = try #require(screen.snapshot.messages.first { $0.id == answer.id })
      #expect(begun.text.utf8.count >= pieces && answer.text.hasPrefix(begun.text), "\(begun.text)")
      #expect(screen.snapshot.messages.contains { $0.role == .user && $0.text == "thanks, what is ZFS ARC?" })
      var events = screen.events.makeAsyncIterator()
      // On a slow machine the last of them may come when all has been said.
      while await mirror.messages[answer.id]?.state == .streaming, let event = await events.next() {
        if let (id, text) = await mirror.take(event) {
          #expect(id == answer.id && answer.text.hasPrefix(text), "\(text)")
        }
      }
      #expect(await mirror.messages[answer.id]?.text == answer.text)
      await shop.engine.detach(screen.id)
    }
    await shop.stop()
  }

  @Test("FOUND-05 a conversation opened in mid-stream shows what has streamed")
  func opened() async throws {
    var plan = Workshop.Plan()
    plan.limits = ModelPace(first: .zero, piece: .milliseconds(4))
    let shop = try await Workshop(plan)
    let before = try await shop.begin("thanks, what is ZFS ARC?")
    let shown = try await shop.wait("a part of the answer") { seen -> String? in
      guard let id = await seen.lastAnswer?.id, let text = await seen.deltas[id], text.count > 40 else { return nil }
      return text
    }
    let reply = try await shop.engine.perform(
      .openConversation(shop.screen.snapshot.current), from: shop.screen.id)
    guard case .conversation(_, let messages) = reply else { Issue.record("no conversation"); return }
    #expect(messages.last?.text.hasPrefix(shown) == true, "\(String(describing: messages.last))")
    // The next piece comes with all before it, so that nothing stays missing between the reply and the events.
    let whole = try await shop.wait("the whole until now") { seen -> ChatMessage? in
      let answer = await seen.lastAnswer
      return answer?.text.isEmpty == false ? answer : nil
    }
    #expect(whole.text.hasPrefix(messages.last?.text ?? "-"), "\(whole.text)")
    _ = try await shop.ended(after: before)
    await shop.stop()
  }

  @Test("FOUND-01 a screen that reads nothing any more loses the approval key, and another one gets it")
  func key() async throws {
    let shop = try await Workshop()
    #expect(try await !shop.engine.attach(wantsApprovalKey: true).snapshot.holdsApprovalKey)
    await shop.engine.detach(shop.screen.id)
    let silent = try await shop.engine.attach(wantsApprovalKey: true)
    #expect(silent.snapshot.holdsApprovalKey)
    // Its reader is gone without a word; the next event finds that out.
    let reader = Task { for await _ in silent.events {} }
    reader.cancel()
    await reader.value
    let next = try await shop.wait("the key") { _ -> JarvisAPI.Attachment? in
      _ = try? await shop.engine.status()
      guard let screen = try? await shop.engine.attach(wantsApprovalKey: true) else { return nil }
      if screen.snapshot.holdsApprovalKey { return screen }
      await shop.engine.detach(screen.id)
      return nil
    }
    #expect(next.id != silent.id)
    await shop.stop()
  }
}
