import Foundation
import GRDB
import JarvisAPI
import JarvisStorage

extension MemoryStore {
  /// Records that `actions` gives at most.
  static let maximumActions = 40

  /// What Jarvis did in a time, oldest first (MEM-08): the latest of more than fit.
  public func actions(in range: TimeRange) async throws(StorageError) -> [MemoryItem] {
    let now = now().timeIntervalSince1970
    return try await store.read("read what Jarvis did") { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM memory_item WHERE tier = ? AND kind = 'action' AND at >= ? AND at < ?
          AND (expires_at IS NULL OR expires_at > ?) ORDER BY at DESC, id DESC LIMIT ?
          """,
        arguments: [
          TierIndex.episodic.rawValue, range.from.timeIntervalSince1970, range.to.timeIntervalSince1970, now,
          Self.maximumActions,
        ]
      ).reversed().map(MemoryItem.init(row:))
    }
  }

  /// The last item of each series of events that began or ended an outage.
  public func lastOutages() async throws(StorageError) -> [String: MemoryItem] {
    let marked = OutageBook.marks.map { "uid LIKE '\($0)%'" }.joined(separator: " OR ")
    return try await store.read("read how outages ended") { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT *, max(place) FROM memory_item WHERE session >= ? AND session < ? AND tier = ? AND (\(marked))
          GROUP BY session
          """,
        arguments: [OutageBook.series, OutageBook.series + "\u{10FFFF}", TierIndex.episodic.rawValue])
      return try Dictionary(rows.map { ($0["session"] as String, try MemoryItem(row: $0)) }) { $1 }
    }
  }
}
