import JarvisAPI

/// A message that only states facts or preferences: code has understood it, and says back what.
struct LearnedTurn: Sendable {
  let turn: Turn

  func run(_ learned: Learned) async {
    let answer = turn.begin(RouteDecision(route: .live, reason: "remembered", confidence: 1))
    await turn.carryOut(answer, isEcho: true) {
      answer.append(learned.text)
      await turn.remember(CodeHistory.facts(turn.question.text, results: [learned.text]))
      return .complete
    }
  }
}
