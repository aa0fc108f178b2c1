import Foundation
import JarvisAPI
import JarvisCost
import JarvisMemory
import JarvisModels
import JarvisRouting

/// What a person says of an answer that the wrong model gave: ask another one, and perhaps remember it (ROUTE-07).
struct Correction: Sendable, Hashable {
  /// The message that was answered, without the word that named a model.
  var question: String
  /// Who answered.
  var from: Route
  /// Who is to answer.
  var to: RouteChoice

  /// - Returns: nil where the answer is not there, or no message stands before it.
  init?(answer id: MessageID, in messages: [ChatMessage], strong: String?) {
    guard let place = messages.firstIndex(where: { $0.id == id }), let decision = messages[place].badge?.decision,
      decision.route != .command, let asked = messages[..<place].last(where: { $0.role == .user })
    else { return nil }
    question = OperatorsWord.read(asked.text).1
    from = decision.route
    to =
      switch decision.route {
      case .qwen, .live, .command: .claude
      // The fast model's other model is the strong one, where there are two.
      case .claude: strong == nil || decision.model == strong ? .qwen : .strong
      }
  }

  /// The rule that would have sent the message there: its own words, none of which stands for others. Nil where there is
  /// none that a rule may hold: an empty pattern would fit every message.
  func rule(at date: Date) -> RoutingRule? {
    let words = question.replacing("*", with: " ").split(whereSeparator: \.isWhitespace)
    var pattern = ""
    for word in words {
      let longer = pattern.isEmpty ? String(word) : pattern + " " + word
      guard longer.count <= RoutingRuleStore.maximumPattern else { break }
      pattern = longer
    }
    guard RoutingRule.hasWords(pattern) else { return nil }
    return RoutingRule(kind: .pattern, pattern: pattern, choice: to, createdAt: date, learned: true)
  }
}

extension ChatService {
  /// Asks another model what `answer` answered, and counts it as a misroute.
  /// - Throws: `UserFacingError`, `StorageError`.
  public func askAgain(_ answer: MessageID, in conversation: ConversationID) async throws {
    let correction = try await correction(of: answer, in: conversation)
    try await send("@\(correction.to.rawValue) \(correction.question)", in: conversation)
    // Only what was asked again counts: where no more may wait in line nothing was.
    await around.routing.misrouted(.reasked, answer, correction.from)
  }

  /// Remembers as a rule where messages like the one behind `answer` belong, and says so in the conversation.
  /// - Throws: `UserFacingError`, `StorageError`.
  public func learnRoute(from answer: MessageID, in conversation: ConversationID) async throws {
    let correction = try await correction(of: answer, in: conversation)
    guard let wanted = correction.rule(at: around.now()) else {
      throw UserFacingError(
        .negative, attempted: "store a routing rule", reason: "that message has no words that a rule could hold",
        advice: "`/route add PATTERN \(correction.to.rawValue)` stores one of your own words")
    }
    guard let rule = try await around.routing.learn(wanted) else {
      throw UserFacingError(
        .negative, attempted: "store a routing rule", reason: "there are \(RoutingRuleStore.maximumRules) already",
        advice: "`/route list` shows them, `/route delete N` makes room")
    }
    await around.routing.misrouted(.corrected, answer, correction.from)
    let notice = ChatMessage(
      conversation: conversation, role: .notice,
      text: "Rule \(rule.id) is stored: “\(rule.words)” goes to \(rule.choice.name). `/route list` shows the rules, "
        + "`/route delete \(rule.id)` takes it back.", at: around.now())
    around.emit(.chat(.message(notice)))
    try await around.store.save(notice)
  }

  private func correction(of answer: MessageID, in conversation: ConversationID) async throws -> Correction {
    let messages = try await around.store.messages(of: conversation)
    guard let correction = Correction(answer: answer, in: messages, strong: around.providers.claude?.model) else {
      throw UserFacingError(
        .negative, attempted: "ask another model", reason: "there is no answer of a model to ask about")
    }
    return correction
  }
}
