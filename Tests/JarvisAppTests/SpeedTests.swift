import Foundation
import JarvisAPI
import JarvisTerminal
import JarvisTestSupport
import Testing

@testable import JarvisApp

/// Bounds for unoptimised builds, generous on purpose: they catch work that grows with the conversation, and
/// `jarvis-bench` measures the rest.
@Suite("Speed", .serialized)
struct SpeedTests {
  static func long() -> Session {
    let text = "A line of an answer with `code`, **bold** words and more, so that it wraps once or twice on the way."
    let messages = (0..<2_000).map { number in
      Sample.message("m\(number)", number % 2 == 0 ? .user : .assistant, text, secondsAgo: Double(3_000 - number))
    }
    return Session.attached(200, 50, snapshot: Sample.snapshot(messages: messages))
  }

  func milliseconds(_ runs: Int, _ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    let took = clock.measure { for _ in 0..<runs { body() } }
    return Double(took.components.attoseconds) / 1e15 / Double(runs) + Double(took.components.seconds) * 1e3
      / Double(runs)
  }

  @Test("A frame does not grow with the conversation, nor a streamed word with the answer")
  func bounded() {
    var session = Self.long()
    let lines = session.state.tabs.current?.lineCount(typesetter: session.state.typesetter, now: session.now) ?? 0
    #expect(lines > 5_000)
    let short = Session.attached(200, 50)
    let shortFrame = milliseconds(20) { _ = view(short.state, now: short.now) }
    let longFrame = milliseconds(20) { _ = view(session.state, now: session.now) }
    let resize = milliseconds(1) { session.resize(150, 50) }
    let unwrapped = session.state.tabs.current?.blocks.filter { !$0.isTypeset }.count ?? 0
    #expect(unwrapped > 1_900)
    session.event(.message(ChatTests.streaming()))
    let first = milliseconds(200) { session.event(.delta(ChatTests.answer, Sample.conversation, "word ")) }
    session.event(
      .delta(ChatTests.answer, Sample.conversation, String(repeating: "A paragraph of it.\n\n", count: 3_000)))
    let late = milliseconds(200) { session.event(.delta(ChatTests.answer, Sample.conversation, "word ")) }
    let lateFrame = milliseconds(20) { _ = view(session.state, now: session.now) }
    print(
      "JarvisApp, debug build, 200x50, \(lines) lines: frame \(shortFrame) ms short, \(longFrame) ms long, "
        + "\(lateFrame) ms streaming; word \(first) ms early, \(late) ms late; resize \(resize) ms")
    #expect(longFrame < shortFrame * 3 + 5)
    #expect(late < first * 5 + 2)
    #expect(longFrame < 200)
    #expect(resize < longFrame * 5 + 50)
  }
}
