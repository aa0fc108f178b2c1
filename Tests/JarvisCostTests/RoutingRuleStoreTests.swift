import Foundation
import GRDB
import JarvisAPI
import JarvisCost
import Testing

@Suite struct RoutingRuleStoreTests {
  private func store() throws -> RoutingRuleStore {
    let queue = try DatabaseQueue()
    var migrator = DatabaseMigrator()
    CostSchema.register(in: &migrator)
    try migrator.migrate(queue)
    return RoutingRuleStore(Ledger(database: queue))
  }

  private func rule(_ pattern: String, _ choice: RouteChoice, at seconds: Double = 0, learned: Bool = false)
    -> RoutingRule
  {
    RoutingRule(
      kind: .pattern, pattern: pattern, choice: choice, createdAt: Date(timeIntervalSince1970: seconds),
      learned: learned)
  }

  @Test("ROUTE-07 Rules are kept, listed with the newest first and the learned last, changed and deleted")
  func life() async throws {
    let store = try store()
    let first = try #require(try await store.add(rule("backup report", .qwen, at: 1)))
    let second = try #require(try await store.add(rule("* pihole *", .claude, at: 2)))
    let learned = try #require(try await store.add(rule("what is tank", .fast, at: 3, learned: true)))
    #expect(try await store.all() == [second, first, learned])
    let changed = try #require(try await store.add(rule("backup report", .claude, at: 4)))
    #expect(changed.id == first.id)
    #expect(try await store.all().map(\.choice) == [.claude, .claude, .fast])
    #expect(try await store.delete(second.id))
    #expect(try await !store.delete(second.id))
    #expect(try await store.all() == [changed, learned])
  }

  @Test("ROUTE-07 The list is bounded; a full one still lets a rule be changed")
  func bounded() async throws {
    let store = try store()
    for number in 0..<RoutingRuleStore.maximumRules { _ = try await store.add(rule("rule \(number)", .qwen)) }
    #expect(try await store.add(rule("one more", .qwen)) == nil)
    #expect(try await store.add(rule("rule 7", .claude))?.choice == .claude)
    #expect(try await store.all().count == RoutingRuleStore.maximumRules)
  }
}
