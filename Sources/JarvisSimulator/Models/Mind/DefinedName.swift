/// "What is pihole": people call machines after their programs, so a name of this cluster comes before the glossary.
struct DefinedName {
  private let question: MindQuestion

  /// nil for a question that no name of the cluster can be meant by.
  init?(_ question: MindQuestion, remembered: MindInventory) {
    guard let rest = Self.defined(question.words), rest.count <= Self.maximumWords else { return nil }
    let known = NameFinder(remembered).names(exactly: rest)
    let entry = Glossary.standard.entry(for: rest, defining: true)
    guard known || entry?.isName == true || (entry == nil && !question.unknown.isEmpty) else { return nil }
    self.question = question
  }

  /// True where the words ask for what people also name machines after: a model without tools cannot tell.
  static func mayBeMeant(_ question: MindQuestion) -> Bool {
    guard let rest = defined(question.words), rest.count <= maximumWords else { return false }
    return Glossary.standard.entry(for: rest, defining: true)?.isName == true
  }

  /// nil while results are wanted.
  func answer(_ text: String, _ memory: MindMemory, _ bench: inout MindBench) -> String? {
    guard let rest = Self.defined(question.words) else { return nil }
    if !NameFinder(bench.remembered).names(exactly: rest) {
      guard bench.need("list_guests") != nil else { return nil }
      guard NameFinder(bench.found).names(exactly: rest) else { return SmallTalk.answer(text, question) }
    }
    return ReadPlan(question: MindQuestion(rest.joined(separator: " ")), memory: memory).answer(&bench)
  }

  /// Words that a name may have.
  private static let maximumWords = 3

  /// What is asked for in "what is X", without an article, which a name has none of.
  private static func defined(_ words: [String]) -> [String]? {
    let meaningful = Array(words.drop { CommandReader.fillers.contains($0) })
    for opening in openings where meaningful.starts(with: opening) {
      let rest = Array(meaningful.dropFirst(opening.count))
      return rest.isEmpty || articles.contains(rest[0]) ? nil : rest
    }
    return nil
  }

  private static let openings = [
    ["what", "is"], ["whats"], ["was", "ist"], ["tell", "me", "about"], ["que", "es"], ["quest", "ce", "que"],
  ]
  private static let articles: Set<String> = ["a", "an", "ein", "eine", "un", "une", "una", "the", "my"]
}
