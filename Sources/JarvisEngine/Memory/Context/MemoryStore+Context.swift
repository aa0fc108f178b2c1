import Foundation
import JarvisAPI
import JarvisStorage

extension MemoryStore {
  /// Items of each kind that an opening memory is made from; more would not fit.
  static let maximumOpening = 40

  /// The opening memory of a conversation: made once, fixed for its life (MEM-04).
  public func openingMemory(
    budget: MemoryBudget = .standard, count: @escaping @Sendable (String) -> Int = { ($0.utf8.count + 2) / 3 }
  ) async throws(StorageError) -> MemoryContext {
    let preferences = try await list(tier: .semantic, kind: .preference, inForceOnly: true, limit: Self.maximumOpening)
    let facts = try await list(tier: .semantic, kind: .fact, inForceOnly: true, limit: Self.maximumOpening)
    let events = try await list(tier: .episodic, limit: Self.maximumOpening)
    return ContextBuilder(zone: zone, count: count)
      .opening(preferences: preferences, facts: facts, events: events, limit: budget.opening)
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
