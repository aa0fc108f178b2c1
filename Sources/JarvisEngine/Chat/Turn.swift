import Foundation
import JarvisAPI
import JarvisCluster
import JarvisCost
import JarvisMemory
import JarvisModels
import JarvisRouting
import JarvisSafety
import JarvisTools

/// One turn: a question, its route, its answer, its bookkeeping.
struct Turn: Sendable {
  /// Between two savings of a streaming answer: what a `kill -9` may cost.
  static let saveInterval: Duration = .seconds(2)
  /// Messages of the conversation that routing looks at.
  static let routedMessages = 5

  let around: ChatSurroundings
  let question: ChatMessage
  let typed: Bool
  let live: LiveAnswers

  func run() async {
    do {
      try await around.store.save(question)
      try await title()
    } catch {
      tell("the message could not be stored: \(error)", severity: .critical)
    }
    if typed {
      await around.memory?.said(question)
      await TypedTurn(turn: self).run()
    } else {
      await modelTurn()
    }
  }

  private func modelTurn() async {
    let learned = await around.memory?.heard(question) ?? Learned(facts: [], isAll: false)
    // Who names a model wants its answer.
    if learned.isAll, !question.text.hasPrefix("@") { return await LearnedTurn(turn: self).run(learned) }
    let picture = await around.cluster.live()
    let inventory = Inventory(picture)
    let stored = await storedHistory()
    let history = HistoryCoding.history(stored)
    let context = await context(inventory, historyBytes: stored.reduce(0) { $0 + $1.utf8.count })
    var routing = Router.decide(question.text, in: context)
    routing.decision.model = around.providers.provider(for: routing)?.model
    let answer = begin(routing.decision)
    if let fallback = routing.fallback { await tellOverruled(routing, by: routing.decision.route, fallback) }
    let isLive = routing.decision.route == .live && routing.live != nil && picture.link != .none
    let isFacts = !isLive && [.live, .command].contains(routing.decision.route)
    await carryOut(answer, noting: learned.text, isEcho: isFacts) {
      let state =
        switch routing.decision.route {
        case .claude:
          await ClaudeTurn(turn: self, routing: routing, picture: picture, context: context).run(
            answer, history: history)
        case .qwen:
          await LocalTurn(turn: self, routing: routing, picture: picture, context: context).run(
            answer, history: history)
        case .live where isLive:
          await LiveTurn(turn: self, routing: routing, picture: picture).run(answer)
        case .live, .command:
          await FactsTurn(turn: self, routing: routing, inventory: inventory).run(answer)
        }
      return Task.isCancelled && state != .complete ? .interrupted : state
    }
  }

  /// What a decision depends on besides the words.
  private func context(_ inventory: Inventory, historyBytes: Int) async -> RoutingContext {
    let before = await before()
    let last = before.last { $0.badge.map { $0.decision.route != .command } ?? false }?.badge?.decision
    return RoutingContext(
      inventory: inventory, previous: last?.route, claude: await around.providers.gate(.claude),
      qwen: await around.providers.gate(.qwen), past: before.compactMap(PastMessage.init), pin: await pin(),
      rules: await around.routing.rules(), task: Routing.task(after: last),
      lookups: FactSheet.tools(for: question.text, inventory: inventory),
      estimates: await around.routing.estimates(question.conversation, historyBytes))
  }

  /// Begins an answer on the screen; `carryOut` ends it.
  func begin(_ decision: RouteDecision) -> Answer {
    let answer = Answer(
      ChatMessage(
        conversation: question.conversation, role: .assistant, text: "", at: around.now(), state: .streaming,
        badge: Badge(decision: decision, price: .known(.zero))), emit: around.emit)
    live.add(answer)
    return answer
  }

  /// Does the work of an answer and ends it; meanwhile what is shown of it is kept on disk.
  /// - Parameters:
  ///   - note: what code adds to the answer, e.g. what it has remembered.
  ///   - isEcho: the answer only says back what is remembered already: it is no memory itself.
  func carryOut(
    _ answer: Answer, noting note: String = "", isEcho: Bool = false, _ work: () async -> ChatMessage.State
  ) async {
    await store(answer.message)
    let keeper = Task { await keep(answer) }
    let state = await work()
    keeper.cancel()
    // Its last saving must not come after the one below.
    await keeper.value
    // Without the note: a copy of a fact would outlive the fact.
    let said = answer.message.text
    if !note.isEmpty { answer.append((said.isEmpty ? "" : "\n\n") + note) }
    answer.finish(state, at: around.now())
    await store(answer.message)
    if !isEcho {
      var message = answer.message
      message.text = said
      await around.memory?.said(message)
    }
    // Only now: who attaches reads the store, or finds it here.
    live.remove(answer)
  }

  /// Stores the answer every `saveInterval`, where it has changed; a cancelled sleep is how this ends.
  private func keep(_ answer: Answer) async {
    var kept = answer.message
    while (try? await around.clock.sleep(for: Self.saveInterval)) != nil {
      let message = answer.message
      guard message != kept else { continue }
      kept = message
      await store(message)
    }
  }

  /// Stores a message and tells the screens of its conversation.
  /// - Parameter announced: true for a message that no screen has seen yet.
  func store(_ message: ChatMessage, announced: Bool = false) async {
    if announced { around.emit(.chat(.message(message))) }
    // A task of its own: Esc ends the answer, not its bookkeeping.
    await Task {
      do {
        try await around.store.save(message)
        if let info = try await around.store.info(message.conversation) { around.emit(.chat(.conversation(info))) }
      } catch {
        tell("the answer could not be stored: \(error)", severity: .critical)
      }
    }.value
  }

  func remember(_ messages: [ModelMessage]) async {
    do {
      try await around.store.appendHistory(try messages.map(HistoryCoding.text), to: question.conversation)
    } catch {
      tell("the conversation could not be stored: \(error)", severity: .critical)
    }
  }

  /// Books a call and shows its price on the badge.
  /// - Parameter answers: false where another model is asked instead.
  func book(
    _ usage: TokenUsage, estimated: Bool, answers: Bool = true, on answer: Answer, route: Route, model: String
  ) async {
    guard usage != TokenUsage() else { return }
    let call = BookedCall(
      conversation: question.conversation, message: answer.message.id, route: route, model: model, usage: usage,
      estimated: estimated, answers: answers)
    // A task of its own: what was used is booked also where Esc ended the call.
    let booked = await Task { await around.book(call) }.value
    answer.add(usage, booked, estimated: estimated)
  }

  /// Says in the conversation that another model answers than the one the person named by word, pin or rule (ROUTE-07);
  /// nothing where they named none.
  func tellOverruled(_ routing: Routing, by route: Route, _ why: String) async {
    guard routing.choice != nil else { return }
    let name = [Route.claude: "Claude", .qwen: "Qwen"][route] ?? "Code"
    await store(
      ChatMessage(
        conversation: question.conversation, role: .notice,
        text: "You asked for another model, but \(name) answers: \(Sanitiser.clean(why, keepingNewlines: false)).",
        at: around.now()), announced: true)
  }

  /// A sentence for the person outside of the answer.
  func tell(_ text: String, severity: ClusterEvent.Severity) {
    around.emit(
      .system(.notice(Notice(id: "chat", severity: severity, text: Sanitiser.clean(text, keepingNewlines: false)))))
  }

  private func storedHistory() async -> [String] {
    do {
      return try await around.store.history(of: question.conversation)
    } catch {
      tell("the conversation's history could not be read: \(error)", severity: .warning)
      return []
    }
  }

  /// The messages before this one that routing looks at.
  private func before() async -> [ChatMessage] {
    // Without the earlier messages a follow-up is routed by its own words: a worse guess, not a failure.
    let messages = (try? await around.store.messages(of: question.conversation, limit: Self.routedMessages)) ?? []
    return messages.filter { $0.id != question.id }
  }

  private func pin() async -> RouteChoice? {
    // A pin that cannot be read is none for this message; that the store fails is told where the answer is kept.
    (try? await around.store.info(question.conversation))?.pin
  }

  private func title() async throws {
    guard let info = try await around.store.info(question.conversation), info.title == ChatService.untitled else {
      return
    }
    let words = question.text.prefix(60).split(whereSeparator: \.isWhitespace).prefix(5).joined(separator: " ")
    try await around.store.rename(question.conversation, title: words)
  }
}

extension PastMessage {
  /// Nil for what neither a person nor a model said.
  fileprivate init?(_ message: ChatMessage) {
    switch message.role {
    case .user: self.init(role: .user, text: message.text)
    case .assistant: self.init(role: .assistant, text: message.text)
    case .notice: return nil
    }
  }
}
