import JarvisAPI
import JarvisStorage

extension MemoryStore {
  /// True where a message does nothing but state facts and preferences, in words that ask for them to be remembered: it
  /// needs no model to answer it.
  public func statesOnlyFacts(_ text: String) async throws(StorageError) -> Bool {
    let extractor = FactExtractor(names: try await nameIndex())
    let sentences = Sentence.cut(text)
    return !sentences.isEmpty && !extractor.facts(in: text).isEmpty
      && sentences.allSatisfy {
        !$0.isQuestion && !extractor.facts(in: $0.text).isEmpty && extractor.isExplicit($0)
      }
  }

  /// Remembers a turn as it was said, without reading anything out of it: a typed command, an answer.
  public func keepTurn(_ message: ChatMessage) async throws(StorageError) {
    guard message.role == .user || message.role == .assistant, !message.text.isEmpty else { return }
    try await add([
      MemoryDraft(
        id: MemoryID(rawValue: "turn-" + message.id.rawValue), tier: .conversation, kind: .turn,
        role: message.role.rawValue, at: message.at, session: message.conversation.rawValue, source: "conversation",
        text: message.text, message: message.id)
    ])
  }
}
