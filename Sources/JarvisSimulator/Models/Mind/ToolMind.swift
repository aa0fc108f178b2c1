import JarvisAPI

/// The simulated Claude: reads the question and the tools on offer, asks for what it needs, and speaks from what comes
/// back. Pure: the same conversation gives the same reply, and nothing is known that was not read in it.
struct ToolMind: Sendable {
  func reply(to request: MindRequest) -> MindReply {
    let exchanges = MindExchange.all(in: request.turns)
    guard let current = exchanges.last else { return MindReply(text: SmallTalk.greeting) }
    if case .person(let prompt)? = request.turns.last, let told = RecollectionReader.speak(prompt) {
      return MindReply(thought: "What is remembered answers this.", text: Paragraphs.parted(told))
    }
    var bench = MindBench(request: request, exchanges: exchanges)
    let question = MindQuestion(current.question)
    let memory = MindMemory(earlier: exchanges.dropLast(), inventory: bench.remembered)
    let text = answer(current.question, question, memory, &bench, hasTools: !request.tools.isEmpty)
    if bench.wanted.isEmpty {
      return MindReply(
        thought: "The results are in; I say what they show.", text: Paragraphs.parted(text ?? SmallTalk.lost))
    }
    return MindReply(
      thought: thought(question, bench.wanted), text: ProgressNote.text(for: bench.wanted), calls: bench.wanted)
  }

  private func answer(
    _ text: String, _ question: MindQuestion, _ memory: MindMemory, _ bench: inout MindBench, hasTools: Bool
  ) -> String? {
    if let offer = memory.offer, question.agrees, question.commands.isEmpty {
      return ActionPlan(question: MindQuestion("\(offer.verb.rawValue) \(offer.target)"), memory: memory).answer(&bench)
    }
    if !question.commands.isEmpty {
      return hasTools ? ActionPlan(question: question, memory: memory).answer(&bench) : SmallTalk.noTools
    }
    if question.forbidden { return SmallTalk.leftAlone }
    if let again = repeated(question, memory) {
      return ActionPlan(question: again, memory: memory).answer(&bench)
    }
    if let care = CareWish.of(question), bench.offers(care.rawValue) {
      return CarePlan(wish: care, question: question, memory: memory).answer(&bench)
    }
    if !question.wantsTalk, let wish = LookAround.isWanted(question, memory) {
      return hasTools ? ReadPlan(question: wish, memory: memory).answer(&bench) : SmallTalk.noTools
    }
    if hasTools, let named = DefinedName(question, remembered: bench.remembered) {
      return named.answer(text, memory, &bench)
    }
    return SmallTalk.answer(text, question)
  }

  /// "And jellyfin" after a command: the same for another guest.
  private func repeated(_ question: MindQuestion, _ memory: MindMemory) -> MindQuestion? {
    guard question.continues, question.topics.isEmpty, !question.asksWhy, let verb = memory.lastVerb,
      memory.topics.isEmpty,
      !question.unknown.isEmpty
    else { return nil }
    return MindQuestion("\(verb.rawValue) \(question.unknown.joined(separator: " "))")
  }

  private func thought(_ question: MindQuestion, _ calls: [MindCall]) -> String {
    let subject = question.commands.isEmpty ? "asks about the state of things" : "wants something done"
    return "The person \(subject). I need \(MindFigures.list(calls.map(\.tool))) before I can answer."
  }
}

/// Whether a question calls for a look at the cluster.
enum LookAround {
  /// The question to read for, completed from what went before; nil where it is talk.
  static func isWanted(_ question: MindQuestion, _ memory: MindMemory) -> MindQuestion? {
    if question.needsCluster { return question }
    let pointsBack = question.continues || question.pronoun
    if pointsBack, memory.subject != nil || !memory.topics.isEmpty, !SmallTalk.isPhatic(question),
      question.words.count <= 8,
      !question.unknown.isEmpty || NameFinder.mayName(question.words) || question.asksWhy
    {
      return question
    }
    if question.continues, !memory.topics.isEmpty,
      !question.unknown.isEmpty || !againWords.isDisjoint(with: question.words),
      !SmallTalk.isPhatic(question)
    {
      return question
    }
    if !question.unknown.isEmpty, question.words.count <= maximumStatement, !question.wantsTalk,
      !statementWords.isDisjoint(with: question.words), personWords.isDisjoint(with: question.words)
    {
      return question
    }
    let looks = !lookingWords.isDisjoint(with: question.words) || question.words.count <= 2
    if looks, !question.unknown.isEmpty, question.words.count <= maximumWords,
      Glossary.standard.entry(for: question.words) == nil, !SmallTalk.isPhatic(question)
    {
      return question
    }
    return nil
  }

  private static let maximumWords = 12
  /// "Jellyfin is buffering", "nextcloud won't sync".
  private static let maximumStatement = 7
  private static let statementWords: Set<String> = [
    "is", "isnt", "keeps", "wont", "cant", "doesnt", "has", "hasnt", "ist", "geht", "compare", "status", "still",
  ]
  private static let personWords: Set<String> = [
    "i", "im", "my", "name", "you", "your", "me", "what", "whats", "who", "ich",
  ]
  private static let againWords: Set<String> = [
    "now", "still", "again", "jetzt", "maintenant", "ahora", "immer", "nochmal",
  ]
  private static let lookingWords: Set<String> = [
    "check", "look", "about", "doing", "inspect", "see", "how", "hows", "zeig", "zeige", "wie", "macht", "mit",
    "comment",
    "como", "estado", "show", "find", "where", "wheres", "wo", "ou", "donde",
  ]
}
