/// Memories that code put beside a question, spoken where the question is about the past: nothing is added to them.
enum RecollectionReader {
  /// Words of a question about what was, or about what was agreed.
  private static let past: Set<String> = [
    "yesterday", "discuss", "discussed", "talked", "said", "told", "remember", "remembered", "prefer", "preference",
    "preferences", "last", "ago", "did", "was", "were", "gestern", "letzte", "letzten", "besprochen", "hier", "ayer",
    "notify", "notices",
  ]

  /// The memories of a prompt in words; nil where it holds none, or asks about now.
  static func speak(_ prompt: String) -> String? {
    guard let open = prompt.firstRange(of: "<memory "),
      let close = prompt[open.upperBound...].firstRange(of: "</memory>"),
      let start = prompt[open.upperBound...].firstIndex(of: ">")
    else { return nil }
    let question = MindWords.split(MindExchange.questionText(prompt))
    guard !past.isDisjoint(with: question) else { return nil }
    let lines = prompt[prompt.index(after: start)..<close.lowerBound].split(separator: "\n")
    let memories = lines.filter { $0.hasPrefix("- ") }
    if memories.isEmpty { return lines.first.map(String.init) }
    return "This is remembered:\n" + memories.joined(separator: "\n")
  }
}
