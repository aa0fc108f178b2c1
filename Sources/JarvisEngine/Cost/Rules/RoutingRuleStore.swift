import Foundation
import GRDB
import JarvisAPI

/// The operator's routing rules in the database (ROUTE-07).
public struct RoutingRuleStore: Sendable {
  /// Rules that are kept: each is looked at for every message.
  public static let maximumRules = 200
  /// Characters of a pattern.
  public static let maximumPattern = 200

  private let ledger: Ledger

  public init(_ ledger: Ledger) { self.ledger = ledger }

  /// Adds a rule, or changes the route of the one with the same pattern.
  /// - Returns: the rule as kept; nil where there are `maximumRules` already.
  public func add(_ rule: RoutingRule) async throws(LedgerError) -> RoutingRule? {
    var rule = rule
    rule.pattern = String(rule.pattern.prefix(Self.maximumPattern))
    let wanted = rule
    return try await ledger.perform("store a routing rule") { database in
      try await database.write { db -> RoutingRule? in
        let known = try Int64.fetchOne(
          db, sql: "SELECT id FROM routing_rules WHERE kind = ? AND pattern = ?",
          arguments: [wanted.kind.rawValue, wanted.pattern])
        if known == nil {
          let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM routing_rules") ?? 0
          guard count < Self.maximumRules else { return nil }
        }
        try db.execute(
          sql: """
            INSERT INTO routing_rules (kind, pattern, route, created_at, learned) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (kind, pattern) DO UPDATE SET route = excluded.route, created_at = excluded.created_at,
              learned = excluded.learned
            """,
          arguments: [
            wanted.kind.rawValue, wanted.pattern, wanted.choice.rawValue, Ledger.milliseconds(wanted.createdAt),
            wanted.learned,
          ])
        var kept = wanted
        kept.id = known ?? db.lastInsertedRowID
        return kept
      }
    }
  }

  /// All rules: the newest first, so that what was said last wins; what was learned comes after what was written.
  public func all() async throws(LedgerError) -> [RoutingRule] {
    try await ledger.perform("read the routing rules") { database in
      try await database.read { db in
        try Row.fetchAll(db, sql: "SELECT * FROM routing_rules ORDER BY learned, created_at DESC, id DESC").compactMap(
          Self.rule)
      }
    }
  }

  /// - Returns: false where there was none of this number.
  public func delete(_ id: Int64) async throws(LedgerError) -> Bool {
    try await ledger.perform("delete a routing rule") { database in
      try await database.write { db in
        try db.execute(sql: "DELETE FROM routing_rules WHERE id = ?", arguments: [id])
        return db.changesCount > 0
      }
    }
  }

  /// Nil for a rule that a newer version wrote: it is left alone.
  private static func rule(_ row: Row) -> RoutingRule? {
    let at: Int64 = row["created_at"]
    guard let kind = RoutingRule.Kind(rawValue: row["kind"]), let choice = RouteChoice(rawValue: row["route"]) else {
      return nil
    }
    return RoutingRule(
      id: row["id"], kind: kind, pattern: row["pattern"], choice: choice,
      createdAt: Date(timeIntervalSince1970: Double(at) / 1_000), learned: row["learned"])
  }
}
