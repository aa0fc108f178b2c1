import Foundation
import JarvisAPI
import JarvisCluster
import JarvisMemory
import JarvisModels
import JarvisRouting
import JarvisSafety
import JarvisTools

/// One turn: a question, its route, its answer, its bookkeeping.
struct Turn: Sendable {
  /// Seconds between two savings of a streaming answer: what a `kill -9` may cost.
  static let saveInterval: TimeInterval = 2

  let around: ChatSurroundings
  let question: ChatMessage
  let typed: Bool

  func run() async {
    do {
      try await around.store.save(question)
      try await title()
    } catch {
      tell("the message could not be stored: \(error)", severity: .critical)
    }
    if typed {
      await TypedTurn(turn: self).run()
    } else {
      await modelTurn()
    }
  }

  private func modelTurn() async {
    let picture = await around.cluster.live()
    let inventory = Inventory(picture)
    let context = RoutingContext(
      inventory: inventory, previous: await previousRoute(), claude: await around.providers.gate(.claude),
      qwen: await around.providers.gate(.qwen))
    var routing = Router.decide(question.text, in: context)
    routing.decision.model = around.providers.provider(routing.decision.route)?.model
    let answer = begin(routing.decision)
    let history = await storedHistory()
    let state: ChatMessage.State
    switch routing.decision.route {
    case .claude:
      state = await ClaudeTurn(turn: self, routing: routing, picture: picture, context: context).run(
        answer, history: history)
    case .qwen:
      state = await LocalTurn(turn: self, routing: routing, picture: picture, context: context).run(
        answer, history: history)
    case .live, .command:
      state = await FactsTurn(turn: self, routing: routing, inventory: inventory).run(answer)
    }
    await end(answer, Task.isCancelled && state != .complete ? .interrupted : state)
  }

  /// Begins an answer on the screen and in the store.
  func begin(_ decision: RouteDecision) -> Answer {
    Answer(
      ChatMessage(
        conversation: question.conversation, role: .assistant, text: "", at: around.now(), state: .streaming,
        badge: Badge(decision: decision, price: .known(.zero))), emit: around.emit)
  }

  func end(_ answer: Answer, _ state: ChatMessage.State) async {
    answer.finish(state, at: around.now())
    await save(answer)
  }

  func save(_ answer: Answer) async {
    do {
      try await around.store.save(answer.message)
      if let info = try await around.store.info(question.conversation) { around.emit(.chat(.conversation(info))) }
    } catch {
      tell("the answer could not be stored: \(error)", severity: .critical)
    }
  }

  func remember(_ messages: [ModelMessage]) async {
    do {
      try await around.store.appendHistory(try messages.map(HistoryCoding.text), to: question.conversation)
    } catch {
      tell("the conversation could not be stored: \(error)", severity: .critical)
    }
  }

  /// Books a call and shows its price on the badge.
  func book(_ usage: TokenUsage, estimated: Bool, on answer: Answer, route: Route, model: String) async {
    guard usage != TokenUsage() else { return }
    let price = await around.book(
      BookedCall(
        conversation: question.conversation, message: answer.message.id, route: route, model: model, usage: usage,
        estimated: estimated))
    answer.add(usage, price, estimated: estimated)
  }

  /// A sentence for the person outside of the answer.
  func tell(_ text: String, severity: ClusterEvent.Severity) {
    around.emit(
      .system(.notice(Notice(id: "chat", severity: severity, text: Sanitiser.clean(text, keepingNewlines: false)))))
  }

  private func storedHistory() async -> [ModelMessage] {
    do {
      return HistoryCoding.history(try await around.store.history(of: question.conversation))
    } catch {
      tell("the conversation's history could not be read: \(error)", severity: .warning)
      return []
    }
  }

  private func previousRoute() async -> Route? {
    // Without the earlier messages a follow-up is routed by its own words: a worse guess, not a failure.
    let messages = (try? await around.store.messages(of: question.conversation, limit: 4)) ?? []
    return messages.last { $0.role == .assistant && $0.badge?.decision.route != .command }?.badge?.decision.route
  }

  private func title() async throws {
    guard let info = try await around.store.info(question.conversation), info.title == ChatService.untitled else {
      return
    }
    let words = question.text.prefix(60).split(whereSeparator: \.isWhitespace).prefix(5).joined(separator: " ")
    try await around.store.rename(question.conversation, title: words)
  }
}
