import Foundation
import GRDB
import JarvisAPI

/// What a stretch of time holds, for a question that names nothing else: its summaries first, then what happened, what was
/// noted, and what was said.
struct RangeListing {
  let search: RecallSearch
  let range: TimeRange

  func run(_ db: Database) throws -> Recalled {
    var hits: [Recalled.Hit] = []
    // A day's talk is told by its summaries; turns only where there are none.
    for condition in order where hits.count < search.limit {
      if condition == Self.turns, hits.contains(where: { $0.item.kind == .summary }) { break }
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM memory_item WHERE \(condition) AND at >= ? AND at < ? AND (expires_at IS NULL OR expires_at > ?)
          AND (session IS NULL OR session <> ?) ORDER BY at, id LIMIT ?
          """,
        arguments: [
          range.from.timeIntervalSince1970, range.to.timeIntervalSince1970, search.now.timeIntervalSince1970,
          search.excluding ?? "", search.limit - hits.count,
        ])
      hits += try rows.map { Recalled.Hit(item: try MemoryItem(row: $0), score: 1) }
    }
    return Recalled(hits: hits, range: range, listsRange: true)
  }

  private static let turns = "tier = \(TierIndex.conversation.rawValue)"

  private var order: [String] {
    let episodic = "tier = \(TierIndex.episodic.rawValue)"
    return [
      "\(episodic) AND kind = 'summary'", "\(episodic) AND kind <> 'summary'",
      "tier = \(TierIndex.semantic.rawValue)", Self.turns,
    ]
  }
}
