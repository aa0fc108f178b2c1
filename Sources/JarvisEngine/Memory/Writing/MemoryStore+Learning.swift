import Foundation
import JarvisAPI
import JarvisStorage

extension MemoryStore {
  /// Remembers a turn as it was said, and what it states (`learned`, to be said back).
  ///
  /// Only what the operator says states facts; a model writes none.
  /// - Returns: the facts and preferences that are in force from now on.
  @discardableResult
  public func heard(_ message: ChatMessage) async throws(StorageError) -> [StatedFact] {
    guard message.role == .user || message.role == .assistant, !message.text.isEmpty else { return [] }
    let turn = MemoryDraft(
      id: MemoryID(rawValue: "turn-" + message.id.rawValue), tier: .conversation, kind: .turn,
      role: message.role.rawValue, at: message.at, session: message.conversation.rawValue, source: "conversation",
      text: message.text, message: message.id)
    let facts = message.role == .user ? FactExtractor(names: try await nameIndex()).facts(in: message.text) : []
    let drafts = facts.map { fact in
      var draft = MemoryDraft(
        tier: .semantic, kind: fact.kind, role: "user", at: message.at, source: "conversation", text: fact.text,
        subject: fact.subject, preference: fact.preference, derivedFrom: turn.id)
      draft.isSaidNow = true
      return draft
    }
    try await add([turn] + drafts)
    return facts
  }

  /// Remembers what somebody asks to be remembered: `/remember`, `memory add`, a key in the panel.
  @discardableResult
  public func remember(_ text: String, source: String) async throws(StorageError) -> MemoryID {
    let at = now()
    let stated = FactExtractor(names: try await nameIndex()).facts(in: text).first
    var draft = MemoryDraft(
      tier: .semantic, kind: stated?.kind ?? .fact, at: at, source: source, text: stated?.text ?? text,
      subject: stated?.subject ?? Sentence(text).subject, preference: stated?.preference)
    draft.isSaidNow = true
    try await add([draft])
    return draft.id
  }

  /// Remembers something that happened in the cluster.
  @discardableResult
  public func happened(_ text: String, at date: Date, about names: [String] = []) async throws(StorageError) -> MemoryID
  {
    let draft = MemoryDraft(tier: .episodic, kind: .event, at: date, source: "cluster", text: text, entities: names)
    try await add([draft])
    return draft.id
  }

  /// Remembers what Jarvis did, with its outcome (MEM-08).
  @discardableResult
  public func did(_ text: String, at date: Date, about names: [String] = []) async throws(StorageError) -> MemoryID {
    let draft = MemoryDraft(tier: .episodic, kind: .action, at: date, source: "jarvis", text: text, entities: names)
    try await add([draft])
    return draft.id
  }

  /// The preferences in force, for whoever has to obey them.
  public func preferences() async throws(StorageError) -> PreferenceBook {
    PreferenceBook(try await list(tier: .semantic, kind: .preference, inForceOnly: true))
  }
}
