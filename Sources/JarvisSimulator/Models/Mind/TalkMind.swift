import JarvisAPI

/// The simulated local model: small talk and a glossary, the rule `NEED_TOOLS`, and facts that code supplies put into
/// words. It never speaks of the cluster from anything else.
struct TalkMind: Sendable {
  /// The first line that hands a question over to a model with tools.
  static let handOver = "NEED_TOOLS"

  func reply(to request: MindRequest) -> MindReply {
    let exchanges = MindExchange.all(in: request.turns)
    guard let current = exchanges.last else { return MindReply(text: SmallTalk.greeting) }
    let thought = "A short question; I answer from what I was given and what I know."
    let person = request.turns.reversed().lazy.compactMap { turn -> String? in
      if case .person(let text) = turn { text } else { nil }
    }.first
    if let text = person.flatMap(FactsReader.speak) ?? person.flatMap(RecollectionReader.speak) {
      return MindReply(thought: thought, text: Paragraphs.parted(text))
    }

    let question = MindQuestion(FactsReader.withoutFacts(current.question))
    let memory = MindMemory(earlier: exchanges.dropLast(), inventory: MindInventory())
    if needsCluster(question, memory) {
      let knowsRule = request.system.contains(Self.handOver)
      return MindReply(
        thought: "This needs the live cluster.",
        text: knowsRule
          ? Self.handOver
          : "I am the local model and cannot see the cluster, so I will not guess. Ask with tools, or use a typed command."
      )
    }
    return MindReply(thought: thought, text: SmallTalk.answer(current.question, question, local: true))
  }

  private func needsCluster(_ question: MindQuestion, _ memory: MindMemory) -> Bool {
    if !question.commands.isEmpty { return true }
    if question.forbidden { return false }
    if DefinedName.mayBeMeant(question) { return true }
    if question.wantsTalk { return false }
    if CareWish.of(question) != nil, !Self.here.isDisjoint(with: question.words) { return true }
    // A term that the glossary explains, with nothing in the sentence that points at this cluster, is a term.
    if Glossary.standard.entry(for: question.words) != nil, Self.here.isDisjoint(with: question.words),
      !question.asksWhy
    {
      return false
    }
    return LookAround.isWanted(question, memory) != nil
  }

  private static let here: Set<String> = [
    "my", "our", "we", "now", "current", "currently", "which", "any", "all", "everything", "status", "is", "are",
    "mein",
    "meine", "unser", "alles", "mon", "ma", "mi", "show", "list", "today", "last", "full", "running", "failed",
  ]
}
