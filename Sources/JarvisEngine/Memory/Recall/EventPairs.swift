import Foundation
import GRDB

/// Puts the end of a trouble beside its beginning: "offline" and "online again" answer "for how long?" together.
struct EventPairs {
  /// Hits whose other half is looked for.
  static let maximum = 8
  /// How long after a beginning its end is looked for, in seconds.
  static let reach = 3 * 86_400.0
  /// Events about the same thing that are looked at.
  static let looked = 12

  let now: Date

  /// The hits with the ends of those that begin something, each right behind its beginning.
  func complete(_ entries: [Diversity.Entry], limit: Int, _ db: Database) throws -> [Diversity.Entry] {
    var result: [Diversity.Entry] = []
    for (place, entry) in entries.enumerated() where !result.contains(where: { $0.id == entry.id }) {
      result.append(entry)
      guard place < Self.maximum, let end = try end(of: entry, db), !result.contains(where: { $0.id == end.id }) else {
        continue
      }
      result.append(end)
    }
    return Array(result.prefix(limit))
  }

  /// The next event of the same things that tells of relief, the likest first; nil where `entry` begins nothing.
  private func end(of entry: Diversity.Entry, _ db: Database) throws -> Diversity.Entry? {
    guard entry.isEvent, entry.stems.hashes.contains(where: Tone.trouble.contains),
      !entry.stems.hashes.contains(where: Tone.relief.contains),
      let row = try Row.fetchOne(
        db.cachedStatement(sql: "SELECT at, entities FROM memory_item WHERE id = ?"), arguments: [entry.id])
    else { return nil }
    let (at, entities): (Double, String) = (row[0], row[1])
    guard !entities.isEmpty else { return nil }
    let rows = try Row.fetchCursor(
      db.cachedStatement(
        sql: """
          SELECT id, stems FROM memory_item WHERE tier = \(TierIndex.episodic.rawValue) AND at > ? AND at <= ? AND entities = ?
          AND kind <> 'summary' AND (expires_at IS NULL OR expires_at > ?) ORDER BY at, id LIMIT \(Self.looked)
          """), arguments: [at, at + Self.reach, entities, now.timeIntervalSince1970])
    let own = Set(entry.stems.hashes)
    var best: (entry: Diversity.Entry, shared: Int)?
    while let row = try rows.next() {
      let stems = Stems(data: row[1])
      guard stems.hashes.contains(where: Tone.relief.contains) else {
        // The same trouble again: what comes after it ends the later one.
        if own == Set(stems.hashes) { break }
        continue
      }
      let shared = own.intersection(stems.hashes).count
      if shared > best?.shared ?? 0 {
        best = (Diversity.Entry(id: row[0], score: entry.score, stems: stems, isEvent: true), shared)
      }
    }
    return best?.entry
  }
}
