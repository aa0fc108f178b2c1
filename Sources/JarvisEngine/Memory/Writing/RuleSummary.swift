import JarvisAPI

/// A conversation boiled down without a model: what was asked first, what was answered, and how it ended.
enum RuleSummary {
  /// About 500 tokens (MEM-06).
  static let maximumCharacters = 1_500
  /// Of each question or answer.
  static let maximumSentence = 180

  /// Of a summary of turns that have expired.
  static let maximumEarlier = 750
  private static let before = "Before: "

  static func text(of turns: [SummaryTurn]) -> String {
    let told = turns.filter { !$0.text.isEmpty && ($0.role == "user" || $0.role == "assistant") }
    let earlier = turns.first.flatMap { $0.role == SummaryTurn.earlier ? $0.text : nil }
    guard !told.isEmpty else { return earlier ?? "Nothing was said." }
    var lines: [String] = []
    var length = 0
    func add(_ line: String) -> Bool {
      guard length + line.count <= maximumCharacters else { return false }
      lines.append(line)
      length += line.count + 1
      return true
    }
    // The end tells what came out of it, so it has its place before the middle.
    let last = told.last { $0.role == "assistant" }.map { "In the end: " + sentence($0.text) }
    length = last?.count ?? 0
    if let earlier {
      // Again and again resumed, it keeps its latest words.
      let marked = earlier.hasPrefix(before) ? String(earlier.dropFirst(before.count)) : earlier
      _ = add(before + (marked.count > maximumEarlier ? "… " + marked.suffix(maximumEarlier) : marked))
    }
    for turn in told where turn.role == "user" {
      if !add("Asked: " + sentence(turn.text)) { break }
    }
    if let last { lines.append(last) }
    return lines.joined(separator: "\n")
  }

  /// The first sentence, bounded.
  private static func sentence(_ text: String) -> String {
    let first = Sentence.cut(text).first?.text ?? text
    return first.count > maximumSentence ? first.prefix(maximumSentence) + " …" : first
  }
}
