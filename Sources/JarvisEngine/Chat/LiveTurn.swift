import JarvisAPI
import JarvisRouting

/// A clear question about the state that Jarvis already holds: answered by code from the live picture, at once and for
/// nothing, with the time of the data.
struct LiveTurn: Sendable {
  let turn: Turn
  let routing: Routing
  let picture: ClusterSnapshot

  func run(_ answer: Answer) async -> ChatMessage.State {
    guard let question = routing.live else { return .failed }
    let text = LiveAnswer.text(
      for: question, snapshot: picture, cost: await turn.around.cost(), now: turn.around.now(), zone: turn.around.zone)
    answer.append(text)
    await turn.remember(CodeHistory.facts(routing.text, results: [text]))
    return .complete
  }
}
