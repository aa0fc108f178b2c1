import JarvisAPI
import JarvisModels
import Testing

@testable import JarvisChat

@Suite struct LocalPromptTests {
  private func text(_ request: ModelRequest) -> String {
    request.messages.map {
      switch $0 {
      case .user(_, let text), .assistant(let text, _, _): text
      }
    }.joined()
  }

  private func history(_ turns: Int, _ words: String) -> [ModelMessage] {
    (0..<turns).flatMap {
      [.user(results: [], text: "\($0) \(words)"), .assistant(text: "answer \($0) \(words)", calls: [], raw: nil)]
    }
  }

  @Test(
    "ROUTE-09 A prompt fits its window by the server's own count, whatever a token is there, and keeps the question",
    arguments: [2_048, 4_096, 8_192], [1.0, 2.0, 3.0, 4.0])
  func fits(_ window: Int, _ bytesPerToken: Double) async {
    let history = history(60, String(repeating: "0123456789abcdef", count: 30))
    var counts = 0
    let request = await LocalPrompt.fitted(
      window: window,
      count: { request in
        counts += 1
        return Int(Double(request.system.utf8.count + text(request).utf8.count) / bytesPerToken)
      }, make: { LocalPrompt.request(history: history, question: "what is it?", facts: nil, window: $0) })
    let tokens = Int(Double(request.system.utf8.count + text(request).utf8.count) / bytesPerToken)
    #expect(tokens + LocalPrompt.reply <= window)
    #expect(text(request).hasSuffix("what is it?") && counts <= LocalPrompt.maximumCounts)
  }

  @Test("ROUTE-09 A short prompt is not counted at all; a long question is cut and says so")
  func short() async {
    let small = await LocalPrompt.fitted(
      window: 4_096,
      count: { _ in
        Issue.record("it was counted")
        return 0
      }, make: { LocalPrompt.request(history: [], question: "hello", facts: nil, window: $0) })
    #expect(text(small) == "hello")
    let paste = String(repeating: "line of a log\n", count: 4_000)
    let cut = await LocalPrompt.fitted(
      window: 2_048, count: { text($0).utf8.count },
      make: { LocalPrompt.request(history: [], question: paste, facts: nil, window: $0) })
    #expect(text(cut).contains("[… cut …]") && text(cut).utf8.count + LocalPrompt.reply <= 2_048)
  }
}
