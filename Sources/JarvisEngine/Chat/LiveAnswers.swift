import JarvisAPI
import JarvisLock

/// The answers that are being written now: the store knows of them only what stood there at its last saving.
final class LiveAnswers: Sendable {
  /// Bounded by the turns that run: one in a conversation.
  private let answers = Guarded<[MessageID: Answer]>([:])

  func add(_ answer: Answer) { answers.withLock { $0[answer.message.id] = answer } }

  func remove(_ answer: Answer) { answers.withLock { $0[answer.message.id] = nil } }

  /// Those of one conversation, oldest first.
  func all(in conversation: ConversationID) -> [Answer] {
    answers.withLock { Array($0.values) }.filter { $0.message.conversation == conversation }
      .sorted { $0.message.at < $1.message.at }
  }
}

/// What a conversation shows at one moment: its stored messages, with those that are still being written as they are now.
public struct RunningMessages: Sendable {
  /// Sent and perhaps not yet stored, oldest first.
  let sent: [ChatMessage]
  let answers: [Answer]

  /// Lays the running messages over the stored ones.
  ///
  /// - Parameter seen: told each answer's id at the moment its text is taken: every piece told before that moment is in
  ///   the text, every later one comes as an event.
  public func merged(into stored: [ChatMessage], seen: (MessageID) -> Void) -> [ChatMessage] {
    var messages = stored
    func put(_ message: ChatMessage) {
      if let place = messages.firstIndex(where: { $0.id == message.id }) {
        messages[place] = message
      } else {
        messages.append(message)
      }
    }
    for message in sent where !messages.contains(where: { $0.id == message.id }) { put(message) }
    for answer in answers { put(answer.snapshot(seen: seen)) }
    return messages
  }

  /// For a reader whose messages do not come in one line with its events, like the reply to a command: a piece told in
  /// between is missing or doubled there, until the next one, which is told with all before it.
  public func mergedBesideEvents(into stored: [ChatMessage]) -> [ChatMessage] {
    defer { for answer in answers { answer.tellWhole() } }
    return merged(into: stored) { _ in }
  }

  /// These, and those that began since.
  public func joined(_ later: RunningMessages) -> RunningMessages {
    RunningMessages(
      sent: sent.filter { old in !later.sent.contains { $0.id == old.id } } + later.sent,
      answers: answers + later.answers.filter { new in !answers.contains { $0 === new } })
  }
}
