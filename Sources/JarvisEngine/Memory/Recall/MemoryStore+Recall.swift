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
    let limit = min(max(limit, 0), Self.maximumHits)
    var found: Recalled
    do {
      found = try await search(text, limit: limit, excluding: excluding, tiers: tiers)
    } catch let error as DatabaseError where Self.isDamage(error) {
      // The items are whole, and the index can be made again from them.
      let rebuilt = try await verifyIndexes()
      do {
        found = try await search(text, limit: limit, excluding: excluding, tiers: tiers)
      } catch {
        throw StorageError(error, attempted: Self.attempted, on: store.directory.databasePath)
      }
      found.rebuilt = rebuilt
    } catch {
      throw StorageError(error, attempted: Self.attempted, on: store.directory.databasePath)
    }
    guard let embedder, found.hits.count > 1, !found.listsRange else { return found }
    return await RankFusion.fuse(found, question: text, embedder)
  }

  private static let attempted = "search what is remembered"

  private func search(
    _ text: String, limit: Int, excluding: String?, tiers: Set<MemoryTier>
  ) async throws -> Recalled {
    let now = now()
    let zone = zone
    let names = names
    // Not `store.read`: a recall that nobody waits for any more is to stop.
    return try await store.pool.read { db in
      let names = try names.index(db)
      return try RecallSearch(
        question: Question(text, now: now, zone: zone, names: names), names: names, now: now, excluding: excluding,
        tiers: tiers, limit: limit
      ).run(db)
    }
  }
}
