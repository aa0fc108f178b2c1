import Foundation
import JarvisAPI
import JarvisStorage

extension MemoryStore {
  /// Items of each kind that an opening memory is made from; more would not fit.
  static let maximumOpening = 40
  /// Items of each kind that are looked at for them: what is not Jarvis's own is left out.
  static let lookedAtForOpening = 400

  /// The opening memory of a conversation: made once, fixed for its life (MEM-04).
  ///
  /// Of own items only: it stands in the system prompt of every turn, so nothing in it may be somebody else's words.
  public func openingMemory(
    budget: MemoryBudget = .standard, count: @escaping @Sendable (String) -> Int = { ($0.utf8.count + 2) / 3 }
  ) async throws(StorageError) -> MemoryContext {
    let preferences = try await ownItems(.semantic, .preference)
    let facts = try await ownItems(.semantic, .fact)
    let events = try await ownItems(.episodic, nil)
    return ContextBuilder(zone: zone, count: count)
      .opening(preferences: preferences, facts: facts, events: events, limit: budget.opening)
  }

  private func ownItems(_ tier: MemoryTier, _ kind: MemoryKind?) async throws(StorageError) -> [MemoryItem] {
    let items = try await list(
      tier: tier, kind: kind, inForceOnly: tier == .semantic, limit: Self.lookedAtForOpening)
    return Array(items.filter { $0.isOwn }.prefix(Self.maximumOpening))
  }

  /// What fits a question, to be placed beside the person's message and never edited afterwards (MEM-07); counts the use of what
  /// it gives.
  /// - Parameter conversation: whose own turns the model has before it anyway.
  public func recallContext(
    for question: String, in conversation: ConversationID?, budget: MemoryBudget = .standard,
    count: @escaping @Sendable (String) -> Int = { ($0.utf8.count + 2) / 3 }
  ) async throws(StorageError) -> MemoryContext {
    let found = try await recall(question, excluding: conversation?.rawValue)
    let context = ContextBuilder(zone: zone, count: count).recall(found, budget: budget)
    if !context.given.isEmpty { try await markUsed(context.given.map(\.id)) }
    return context
  }
}
