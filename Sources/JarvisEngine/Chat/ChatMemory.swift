import Foundation
import JarvisAPI
import JarvisMemory
import JarvisStorage

/// What memory does for the turns of all conversations (MEM-01 to MEM-08).
///
/// A fault of it costs a turn its memories, never its answer: the person is told, and the turn goes on.
public struct ChatMemory: Sendable {
  let store: MemoryStore
  let now: @Sendable () -> Date
  let zone: TimeZone
  /// Told that somebody's words changed what is in force.
  let learned: @Sendable () async -> Void
  let trouble: @Sendable (StorageError) -> Void

  public init(
    store: MemoryStore, now: @escaping @Sendable () -> Date, zone: TimeZone,
    learned: @escaping @Sendable () async -> Void, trouble: @escaping @Sendable (StorageError) -> Void
  ) {
    self.store = store
    self.now = now
    self.zone = zone
    self.learned = learned
    self.trouble = trouble
  }

  /// The end of Claude's system prompt in this conversation; the same for all its life.
  func opening(of conversation: ConversationID) async -> String {
    await safely("") { () async throws(StorageError) in
      MemoryNote.opening(try await store.opening(of: conversation))
    }
  }

  /// What fits a question, within `budget`.
  func recall(_ question: String, in conversation: ConversationID, budget: MemoryBudget = .standard) async -> MemoryNote
  {
    await safely(.none) { () async throws(StorageError) in
      if let range = OwnActions.range(askedFor: question, now: now(), zone: zone) {
        return OwnActions.note(try await store.actions(in: range), range, zone: zone, budget: budget)
      }
      // What was said in this conversation stands before the model, but for times: asked for one, it is recalled, too.
      let own = asksForPast(question) ? nil : conversation.rawValue
      var found = try await store.recall(question, excluding: own)
      // The turn that stated a fact says nothing beside the fact.
      let facts = Set(found.hits.lazy.map(\.item).filter { $0.tier == .semantic }.map(\.text))
      found.hits.removeAll { $0.item.text == question || $0.item.kind == .turn && facts.contains($0.item.text) }
      let context = ContextBuilder(zone: zone).recall(found, budget: budget)
      return MemoryNote(context, of: found.hits.map(\.item))
    }
  }

  /// The question names a time, or asks what Jarvis did.
  func asksForPast(_ question: String) -> Bool {
    TimeExpression.find(in: question, now: now(), zone: zone) != nil
      || OwnActions.range(askedFor: question, now: now(), zone: zone) != nil
  }

  /// Keeps what stood before the model, and counts the use.
  func keep(_ note: MemoryNote, before answer: ChatMessage) async {
    await safely(()) { () async throws(StorageError) in
      // Nothing, too: an answer that is begun again may have been given something before.
      try await store.keepGiven(note.given, to: answer.id, in: answer.conversation)
      guard !note.given.isEmpty else { return }
      try await store.markUsed(note.given.map(\.id))
    }
  }

  /// Takes in what a person said.
  /// - Returns: the facts and preferences that it states; they are in force from now on.
  func heard(_ message: ChatMessage) async -> Learned {
    let facts = await safely([]) { () async throws(StorageError) in try await store.heard(message) }
    guard !facts.isEmpty else { return Learned(facts: [], isAll: false) }
    await learned()
    let isAll = await safely(false) { () async throws(StorageError) in try await store.statesOnlyFacts(message.text) }
    return Learned(facts: facts, isAll: isAll)
  }

  /// Takes in what was answered, or typed as a command.
  func said(_ message: ChatMessage) async {
    // A task of its own: Esc ends the answer, not its record.
    await Task {
      await safely(()) { () async throws(StorageError) in try await store.keepTurn(message) }
    }.value
  }

  func safely<Value: Sendable>(
    _ otherwise: Value, _ body: () async throws(StorageError) -> Value
  ) async -> Value {
    do throws(StorageError) {
      return try await body()
    } catch {
      if !Task.isCancelled { trouble(error) }
      return otherwise
    }
  }
}
