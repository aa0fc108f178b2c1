import Foundation
import JarvisAPI
import JarvisMemory
import JarvisRouting
import JarvisSafety
import JarvisTools

/// An answer by code alone: the facts a question needs, and the typed command that would act. No model, no guess.
struct FactsTurn: Sendable {
  let turn: Turn
  let routing: Routing
  let inventory: Inventory

  func run(_ answer: Answer) async -> ChatMessage.State {
    let remembered = await remembered(answer)
    guard routing.needsTools else {
      if !remembered.isEmpty {
        let text = "No model can answer now (\(routing.fallback ?? "none is configured")). This is remembered:\n\n"
        answer.append(text + remembered)
        await turn.remember(CodeHistory.facts(routing.text, results: [remembered]))
        return .complete
      }
      answer.append(
        "No model can answer now (\(routing.fallback ?? "none is configured")). The screen and typed commands work: "
          + "`/help` lists them, `/status` tells how the cluster is.")
      await turn.remember(CodeHistory.unanswered(routing.text))
      return .failed
    }
    let facts = await fetch(answer)
    await turn.remember(CodeHistory.facts(routing.text, results: facts.map(\.content)))
    answer.append(facts.map(\.text).joined(separator: "\n\n"))
    if !remembered.isEmpty { answer.append("\n\nRemembered:\n\n" + remembered) }
    if let offer = TypedOffer.command(for: routing.text, inventory: inventory) {
      answer.append("\n\nNo model may act now. To do it yourself, type `\(offer)`.")
      tellUndone(offer, on: answer, why: "no model that may act can be asked")
    }
    return .complete
  }

  /// Puts an action that was asked for and that nobody carries out on the answer, as refused: an answer alone would look
  /// as if it were done.
  func tellUndone(_ offer: String, on answer: Answer, why: String) {
    // An offer that cannot be read is one that nobody can type: the answer says enough then.
    guard let (tool, arguments) = try? turn.around.tools.parseTyped(offer) else { return }
    let name = offer.dropFirst().prefix { $0 != " " }
    let tier = turn.around.tools.typedCommands.first { $0.name == name }?.tier ?? .red
    let now = turn.around.now()
    answer.update(
      ToolActivity(
        id: "\(answer.message.id.rawValue)-undone", tool: tool, summary: arguments["guest"]?.string ?? "", tier: tier,
        startedAt: now, endedAt: now, state: .refused(why)))
  }

  /// Dated lines of what memory has for the question; empty where it has nothing.
  private func remembered(_ answer: Answer) async -> String {
    let note = await turn.recall(routing.text, before: answer)
    return note.given.isEmpty ? note.plain : note.given.map(\.line).joined(separator: "\n")
  }

  /// Asks the GREEN tools; each shows on the answer like any other call.
  func fetch(_ answer: Answer) async -> [ToolOutcome] {
    var outcomes: [ToolOutcome] = []
    for (index, request) in FactSheet.requests(for: routing.text, inventory: inventory).enumerated() {
      let call = GatedCall(
        tool: request.tool, arguments: request.arguments, caller: .human, why: turn.question.text,
        conversation: turn.question.conversation)
      outcomes.append(
        await turn.around.tools.call(call, id: "\(answer.message.id.rawValue)-\(index)") { answer.update($0) })
    }
    return outcomes
  }
}
