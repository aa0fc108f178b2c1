import Foundation
import GRDB
import JarvisAPI
import JarvisStorage

extension MemoryStore {
  /// Hits that an answer has at most.
  public static let maximumHits = 20

  /// Finds what is remembered for a question, best first.
  ///
  /// Reads only, beside every writer. Cancelling the caller's task interrupts the search; its length is bounded by
  /// `RecallSearch.maximumPostings` whatever the question holds.
  /// - Parameters:
  ///   - excluding: a session whose turns the asker has before them anyway.
  ///   - tiers: where to look.
  public func recall(
    _ text: String, limit: Int = maximumHits, excluding: String? = nil,
    tiers: Set<MemoryTier> = Set(MemoryTier.allCases)
  ) async throws(StorageError) -> Recalled {
    let now = now()
    let zone = zone
    let names = names
    let limit = min(max(limit, 0), Self.maximumHits)
    let found: Recalled
    do {
      // Not `store.read`: a recall that nobody waits for any more is to stop.
      found = try await store.pool.read { db in
        let names = try names.index(db)
        return try RecallSearch(
          question: Question(text, now: now, zone: zone, names: names), names: names, now: now, excluding: excluding,
          tiers: tiers, limit: limit
        ).run(db)
      }
    } catch {
      throw StorageError(error, attempted: "search what is remembered", on: store.directory.databasePath)
    }
    guard let embedder, found.hits.count > 1, !found.listsRange else { return found }
    return await RankFusion.fuse(found, question: text, embedder)
  }
}
