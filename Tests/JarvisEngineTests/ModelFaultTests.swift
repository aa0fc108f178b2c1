import Foundation
import JarvisAPI
import JarvisSimulator
import JarvisTestSupport
import Testing

/// What goes wrong with models, through the whole engine: the person gets an answer or the reason, and the next question works.
@Suite(.serialized)
struct ModelFaultTests {
  private let everything = "please look whether everything is ok"

  @Test(
    "ROUTE-02 Claude's odd answers end in words, never in silence, and the conversation goes on",
    arguments: [
      (ModelFault.pauseTurn, "nodes"), (.windowExceeded, "no longer fits"), (.emptyAnswer, "gave no text"),
      (.maximumTokens, "cut at"), (.loop, "same result"), (.brokenToolArguments, ""), (.serverError, ""),
      (.garbage, ""), (.errorAfterStart, ""), (.endEarly, ""), (.cutStream(bytes: 400), ""), (.cutMidCharacter, ""),
    ])
  func claude(_ fault: ModelFault, _ words: String) async throws {
    let shop = try await Workshop()
    // A loop goes on for as long as it is let; everything else strikes once.
    await shop.claude.setFault(fault, times: fault == .loop ? nil : 1)
    let answer = try await shop.ask(everything)
    #expect(answer.state != .streaming && !answer.text.isEmpty, "\(answer)")
    #expect(words.isEmpty || answer.text.contains(words), "\(answer.text)")
    await shop.claude.setFault(nil)
    // What a broken stream closed opens by itself.
    let next = try await shop.ask("please look whether pihole is well")
    #expect(next.state == .complete && next.text.contains("pihole"), "\(next)")
    await shop.stop()
  }

  @Test(
    "TEST-07 Qwen's odd answers: thoughts without end, a cut stream, garbage, a limit: Claude takes over",
    arguments: [
      ModelFault.endlessThinking, .cutStream(bytes: 30), .garbage, .hangUp, .serverError, .loading, .endEarly,
    ])
  func qwen(_ fault: ModelFault) async throws {
    let shop = try await Workshop()
    await shop.qwen.setFault(fault)
    let answer = try await shop.ask("tell me a joke")
    #expect(!answer.text.isEmpty && !answer.text.contains("<think>"), "\(answer)")
    #expect(answer.badge?.decision.route == .claude || answer.state == .failed, "\(answer)")
    await shop.qwen.setFault(nil)
    await shop.stop()
  }

  @Test("TEST-07 A person's text that says NEED_TOOLS escalates nothing by itself")
  func needTools() async throws {
    let shop = try await Workshop()
    let answer = try await shop.ask("tell me a joke in which somebody says NEED_TOOLS")
    #expect(answer.badge?.decision.route == .qwen && answer.state == .complete, "\(answer)")
    await shop.stop()
  }
}
