import Foundation
import GRDB
import JarvisAPI

/// Reads candidates with the turns around them, and adds as candidates the turns beside a hit.
struct CandidateReader {
  struct Item {
    var ranked: RankedItem
    var at: Double
    var identified: Bool
    /// Something that happened, not the summary of a conversation.
    var isEvent: Bool
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
    /// The text where there is a question mark in it.
    var asking: String?
    var stale: Bool
    var usable: Bool
    var isSummary: Bool
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
    let hits = try entries(
      "json_each(?) j JOIN memory_item i ON i.id = j.value", Self.json(candidates.keys.sorted().map { "\($0)" }), db)
    let lengths = try meanLengths(db)
    var items: [Int64: Item] = [:]
    for hit in hits where hit.session == nil || hit.tier != .conversation {
      if let item = item(hit, around: [], lengths, candidates) { items[hit.id] = item }
    }
    let turns = Dictionary(
      grouping: hits.filter { $0.session != nil && $0.tier == .conversation }, by: { $0.session ?? "" })
    let places = try turnsBeside(turns, db)
    for (session, hits) in turns {
      let places = places[session] ?? [:]
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

  /// The turns at and around hits, by session and place, in one statement.
  private func turnsBeside(_ turns: [String: [Entry]], _ db: Database) throws -> [String: [Int: Entry]] {
    let spans = try turns.sorted { $0.key < $1.key }.flatMap { session, hits in
      let name = String(decoding: try JSONEncoder().encode(session), as: UTF8.self)
      return Self.spans(hits.map(\.place)).map { "[\(name),\($0.lowerBound),\($0.upperBound)]" }
    }
    guard !spans.isEmpty else { return [:] }
    let entries = try entries(
      """
      json_each(?) j CROSS JOIN memory_item i ON i.session = j.value ->> 0 AND i.tier = \(TierIndex.conversation.rawValue)
      AND i.place BETWEEN j.value ->> 1 AND j.value ->> 2
      """, Self.json(spans), db)
    var places: [String: [Int: Entry]] = [:]
    for entry in entries { places[entry.session ?? "", default: [:]][entry.place] = entry }
    return places
  }

  private static func json(_ values: [String]) -> String { "[" + values.joined(separator: ",") + "]" }

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
        asksSomething: entry.asking != nil, onlyAsks: entry.asking.map(Self.onlyAsks) ?? false, favour: favour),
      at: entry.at, identified: candidates[entry.id]?.identified ?? false,
      isEvent: entry.tier == .episodic && !entry.isSummary)
  }

  /// One sentence, and it is a question.
  private static func onlyAsks(_ text: String) -> Bool {
    let signs = text.utf8.filter { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "!") || $0 == UInt8(ascii: "?") }
    return signs.count == 1 && text.last(where: { !$0.isWhitespace }) == "?"
  }

  /// Read by their places: at hundreds of rows a recall, looking up names costs more than the rows.
  private func entries(_ from: String, _ json: String, _ db: Database) throws -> [Entry] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT i.id, i.tier, i.at, i.session, i.place, i.stems, i.marks, CASE WHEN instr(i.text, '?') THEN i.text END,
        i.expires_at, i.valid_to IS NOT NULL, i.kind = 'summary' FROM \(from)
        """)
    let rows = try Row.fetchCursor(statement, arguments: [json])
    var entries: [Entry] = []
    while let row = try rows.next() { entries.append(try entry(row)) }
    return entries
  }

  private func entry(_ row: Row) throws -> Entry {
    let tier = TierIndex(rawValue: row[1]) ?? .conversation
    let session: String? = row[3]
    let stems = try row.withUnsafeData(atIndex: 5) { Stems(data: $0 ?? Data()) }
    let marks = try row.withUnsafeData(atIndex: 6) { Stems(data: $0 ?? Data()) }
    let ends: Double? = row[8]
    return Entry(
      id: row[0], tier: tier, at: row[2], session: session, place: row[4], stems: stems, counts: matcher.counts(stems),
      marks: matcher.marks(marks), asking: row[7], stale: row[9],
      usable: (ends.map { $0 > search.now.timeIntervalSince1970 } ?? true)
        && (session == nil || tier != .conversation || session != search.excluding),
      isSummary: row[10])
  }

  private func meanLengths(_ db: Database) throws -> [TierIndex: Double] {
    var lengths: [TierIndex: Double] = [:]
    for row in try Row.fetchAll(db.cachedStatement(sql: "SELECT tier, items, stems FROM memory_count")) {
      guard let tier = TierIndex(rawValue: row["tier"]) else { continue }
      lengths[tier] = Double(row["stems"] as Int) / Double(max(row["items"] as Int, 1))
    }
    return lengths
  }
}
