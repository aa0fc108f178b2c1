import Foundation
import GRDB
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

  /// Preferences in force at one time; more are refused, since whoever obeys them obeys all.
  public static let maximumPreferences = 2_000

  /// The preferences in force, all of them, for whoever has to obey them.
  public func preferences() async throws(StorageError) -> PreferenceBook {
    let now = now().timeIntervalSince1970
    return try await store.read("read the preferences in force") { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT * FROM memory_item WHERE \(Self.preferenceInForce)",
        arguments: Self.preferenceArguments(now))
      return PreferenceBook(try rows.map(MemoryItem.init(row:)))
    }
  }

  /// Asked before one more is written.
  static func requireRoomForPreference(at date: Date, in db: Database) throws {
    let count =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM memory_item WHERE \(preferenceInForce)",
        arguments: preferenceArguments(date.timeIntervalSince1970)) ?? 0
    guard count >= maximumPreferences else { return }
    throw StorageError(
      .failed, attempted: "remember a preference", reason: "\(maximumPreferences) are in force already",
      advice: "forget those that no longer hold")
  }

  private static let preferenceInForce =
    "tier = ? AND kind = ? AND valid_to IS NULL AND (expires_at IS NULL OR expires_at > ?)"

  private static func preferenceArguments(_ now: TimeInterval) -> StatementArguments {
    [TierIndex.semantic.rawValue, MemoryKind.preference.rawValue, now]
  }
}
