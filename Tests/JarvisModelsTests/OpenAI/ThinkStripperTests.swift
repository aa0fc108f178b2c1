import Testing

@testable import JarvisModels

@Suite struct ThinkStripperTests {
  private struct Result: Equatable {
    var text = ""
    var thinking = ""
    var answer = ""
    var opening: ThinkStripper.Opening
  }

  private func run(_ pieces: [String], _ opening: ThinkStripper.Opening = .unknown) -> Result {
    var stripper = ThinkStripper(opening: opening)
    var result = Result(opening: opening)
    for piece in pieces {
      let out = stripper.receive(piece)
      result.text += out.text
      result.thinking += out.thinking
    }
    let out = stripper.finish()
    result.text += out.text
    result.thinking += out.thinking
    result.answer = stripper.answer
    result.opening = stripper.opening
    return result
  }

  @Test(
    "ROUTE-08 Thoughts never reach the answer, however they are marked",
    arguments: [
      ("Hello", "Hello", ""), ("<think>hm</think>Hello", "Hello", "hm"),
      ("<think>\nhm\n</think>\n\nHello\n", "Hello\n", "\nhm\n"),
      ("<think></think>Hi", "Hi", ""), ("hm</think>\nHi", "Hi", "hm"), ("<think>no end", "", "no end"), ("", "", ""),
      ("a <b> c </thin d", "a <b> c </thin d", ""), ("<<think>x</think>y", "<y", "x"), ("5 < 6", "5 < 6", ""),
      ("end <", "end <", ""),
      ("One <think>a</think>two <think>b</think>three", "One two three", "ab"), ("</think>only", "only", ""),
      ("<think>a <think> b</think>c", "c", "a  b"), ("\n\n Hi", "Hi", ""),
      ("<think>x</think>say </think> here", "say here", "x"),
    ])
  func cases(_ input: String, _ text: String, _ thinking: String) {
    let result = run([input])
    #expect(result.text == text)
    #expect(result.answer == text)
    #expect(result.thinking == thinking)
  }

  @Test("ROUTE-08 Any split gives the same result")
  func anySplit() {
    var random = SeededGenerator(seed: 11)
    let parts = [
      "<think>", "</think>", "<th", "ink>", "<", "/", ">", "Hallo ", "ä🚀", "\n", String(repeating: "x", count: 90),
    ]
    for round in 0..<2_000 {
      let text = (0..<Int.random(in: 0...9, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
        .joined()
      for opening in [ThinkStripper.Opening.unknown, .written, .missing] {
        let whole = run([text], opening)
        var pieces: [String] = []
        var rest = text[...]
        while !rest.isEmpty {
          let piece = rest.prefix(Int.random(in: 1...6, using: &random))
          pieces.append(String(piece))
          rest = rest.dropFirst(piece.count)
        }
        let split = run(pieces, opening)
        #expect(split.answer == whole.answer, "round \(round): \(text)")
        #expect(split.thinking == whole.thinking, "round \(round): \(text)")
        #expect(split.opening == whole.opening, "round \(round): \(text)")
        // Only a late closing tag takes back what smaller pieces had to show.
        #expect(split.text.hasSuffix(whole.text), "round \(round): \(text)")
      }
    }
  }

  @Test("ROUTE-08 A first answer waits for a lone closing tag, but not for ever; later ones know")
  func learning() {
    let long = String(repeating: "word ", count: 60)
    var stripper = ThinkStripper(opening: .unknown)
    #expect(stripper.receive("short so far").text == "")
    #expect(stripper.receive(long).text.hasPrefix("short so far"))
    // Late: what was shown is not in the answer, and the next one begins inside a thought.
    #expect(stripper.receive("</think>").text == "")
    #expect(stripper.receive("\nThe answer").text == "The answer")
    _ = stripper.finish()
    #expect(stripper.answer == "The answer")
    #expect(stripper.opening == .missing)
    #expect(
      run([long, "</think>", "Yes"], .missing) == .init(text: "Yes", thinking: long, answer: "Yes", opening: .missing))
    // Known to begin with the answer: nothing waits.
    var plain = ThinkStripper(opening: .written)
    #expect(plain.receive("Hi").text == "Hi")
    #expect(run(["Hi"]).opening == .written)
    // Presumed to think and did not: the answer comes at its end, and the presumption goes.
    #expect(
      run(["NEED_", "TOOLS"], .missing)
        == .init(text: "NEED_TOOLS", thinking: "NEED_TOOLS", answer: "NEED_TOOLS", opening: .unknown))
  }
}
