import Foundation
import GRDB
import JarvisAPI

/// Reads candidates with the turns around them, and adds as candidates the turns beside a hit.
struct CandidateReader {
  struct Item {
    var ranked: RankedItem
    var at: Double
    var identified: Bool
  }

  /// What a row of the table tells the ranker.
  private struct Entry {
    var id: Int64
    var tier: TierIndex
    var at: Double
    var session: String?
    var place: Int
    var stems: Stems
    var counts: [Double]
    var marks: [Double]
    var asks: Bool
    var onlyAsks: Bool
    var stale: Bool
    var usable: Bool
  }

  /// Of the tiers that the kind of the question prefers.
  static let favour = 1.3
  /// What has been replaced by a newer fact, where the question does not ask for what was.
  static let staleFactor = 0.4

  let search: RecallSearch
  let range: TimeRange?
  let matcher: ConceptMatcher

  func read(_ candidates: [Int64: Candidate], _ db: Database) throws -> [Item] {
    guard !candidates.isEmpty else { return [] }
    var hits: [Entry] = []
    for id in candidates.keys.sorted() {
      if let row = try Row.fetchOne(db.cachedStatement(sql: Self.columns + "id = ?"), arguments: [id]) {
        hits.append(entry(row))
      }
    }
    let lengths = try meanLengths(db)
    var items: [Int64: Item] = [:]
    for hit in hits where hit.session == nil || hit.tier != .conversation {
      if let item = item(hit, around: [], lengths, candidates) { items[hit.id] = item }
    }
    let turns = Dictionary(grouping: hits.filter { $0.session != nil && $0.tier == .conversation }, by: { $0.session })
    for (session, hits) in turns {
      guard let session else { continue }
      var places: [Int: Entry] = [:]
      for span in Self.spans(hits.map(\.place)) {
        let rows = try Row.fetchAll(
          db.cachedStatement(sql: Self.columns + "session = ? AND tier = ? AND place BETWEEN ? AND ?"),
          arguments: [session, TierIndex.conversation.rawValue, span.lowerBound, span.upperBound])
        for row in rows {
          let entry = entry(row)
          places[entry.place] = entry
        }
      }
      for hit in hits {
        for place in (hit.place - RecallSearch.reach)...(hit.place + RecallSearch.reach) {
          guard let entry = places[place], items[entry.id] == nil else { continue }
          let around = Ranker.neighbourWeights.compactMap { offset, weight in
            places[place + offset].map { (entry: $0, weight: weight) }
          }
          if let item = item(entry, around: around, lengths, candidates) { items[entry.id] = item }
        }
      }
    }
    return items.values.sorted { $0.ranked.id < $1.ranked.id }
  }

  /// Places to read, overlapping ones joined.
  private static func spans(_ places: [Int]) -> [ClosedRange<Int>] {
    let reach = RecallSearch.reach + RecallSearch.context
    var spans: [ClosedRange<Int>] = []
    for place in places.sorted() {
      let span = (place - reach)...(place + reach)
      if let last = spans.last, span.lowerBound <= last.upperBound + 1 {
        spans[spans.count - 1] = last.lowerBound...span.upperBound
      } else {
        spans.append(span)
      }
    }
    return spans
  }

  private func item(
    _ entry: Entry, around: [(entry: Entry, weight: Double)], _ lengths: [TierIndex: Double],
    _ candidates: [Int64: Candidate]
  ) -> Item? {
    guard entry.usable else { return nil }
    if let range, !range.contains(Date(timeIntervalSince1970: entry.at)) { return nil }
    var favour = search.question.preferred.contains(entry.tier.tier) ? Self.favour : 1
    if entry.stale { favour *= search.question.asksPast || range != nil ? 1 : Self.staleFactor }
    let mean = lengths[entry.tier] ?? 1
    let weights = 1 + Ranker.neighbourWeights.reduce(0) { $0 + $1.1 }
    var mass = entry.counts
    var length = Double(entry.stems.hashes.count)
    for (neighbour, weight) in around {
      length += weight * Double(neighbour.stems.hashes.count)
      for index in mass.indices { mass[index] += weight * neighbour.counts[index] }
    }
    return Item(
      ranked: RankedItem(
        id: entry.id, stems: entry.stems, mass: mass, marks: entry.marks, length: length,
        meanLength: entry.tier == .conversation && entry.session != nil ? mean * weights : mean,
        asksSomething: entry.asks, onlyAsks: entry.onlyAsks, favour: favour),
      at: entry.at, identified: candidates[entry.id]?.identified ?? false)
  }

  /// One sentence, and it is a question.
  private static func onlyAsks(_ text: String) -> Bool {
    let signs = text.filter { $0 == "." || $0 == "!" || $0 == "?" }
    return signs == "?" && text.last(where: { !$0.isWhitespace }) == "?"
  }

  private static let columns =
    "SELECT id, tier, at, session, place, stems, marks, text, expires_at, valid_to FROM memory_item WHERE "

  private func entry(_ row: Row) -> Entry {
    let ends: Double? = row["expires_at"]
    let session: String? = row["session"]
    let tier = TierIndex(rawValue: row["tier"]) ?? .conversation
    let stems = Stems(data: row["stems"])
    let text: String = row["text"]
    let asks = text.utf8.contains(UInt8(ascii: "?"))
    return Entry(
      id: row["id"], tier: tier, at: row["at"], session: session, place: row["place"], stems: stems,
      counts: matcher.counts(stems), marks: matcher.marks(Stems(data: row["marks"])), asks: asks,
      onlyAsks: asks && Self.onlyAsks(text), stale: (row["valid_to"] as Double?) != nil,
      usable: (ends.map { $0 > search.now.timeIntervalSince1970 } ?? true)
        && (session == nil || tier != .conversation || session != search.excluding))
  }

  private func meanLengths(_ db: Database) throws -> [TierIndex: Double] {
    var lengths: [TierIndex: Double] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT tier, items, stems FROM memory_count") {
      guard let tier = TierIndex(rawValue: row["tier"]) else { continue }
      lengths[tier] = Double(row["stems"] as Int) / Double(max(row["items"] as Int, 1))
    }
    return lengths
  }
}
