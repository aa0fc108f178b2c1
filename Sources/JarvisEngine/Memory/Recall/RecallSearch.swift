import Foundation
import GRDB
import JarvisAPI

/// One recall in one read transaction: words to candidates by the full-text indexes, candidates to hits by `Ranker`.
struct RecallSearch: Sendable {
  /// Index entries that words may lead to one by one: the commonest words count only where two of them meet. It bounds a
  /// recall's time at a million items.
  static let maximumPostings = 1_000
  /// The rarest word is always looked for, however many entries it has.
  static let alwaysSearched = 1
  /// Items in which two common words may be expected to meet: where there are more, their meeting tells nothing.
  static let maximumMeetings = 4_000.0
  /// Items of each tier that the index hands on.
  static let candidates = 32
  /// The same where everything that fits is asked for.
  static let candidatesOfAll = 120
  /// A hit's neighbours that are candidates, too: the answer to a turn that matches.
  static let reach = 2
  /// Turns that count as a candidate's neighbours.
  static let context = 3
  /// One of the best hits must cover this share of what the question says, or find two things of it that tell something;
  /// else nothing relevant is remembered.
  static let minimumCoverage = 0.4
  static let minimumTelling = 2
  static let leastCoverage = 0.2
  /// The same where the question names something that is nowhere: an answer about anything else would be filling in.
  static let coverageWithoutName = 0.6
  static let tellingWithoutName = 3
  /// A time's own hits must cover this share of what the best of any time cover, or nothing is there in that time.
  static let coverageInRange = 0.6
  /// Hits far below the best are left out.
  static let minimumShare = 0.05

  let question: Question
  let names: NameIndex
  let now: Date
  let excluding: String?
  let tiers: Set<MemoryTier>
  let limit: Int

  func run(_ db: Database) throws -> Recalled {
    guard limit > 0 else { return Recalled(range: question.range) }
    if question.isOnlyAboutTime, let range = question.range {
      return try RangeListing(search: self, range: range).run(db)
    }
    let concepts = try ConceptFinder(search: self).concepts(db)
    guard !concepts.isEmpty || !question.identifiers.isEmpty else { return Recalled(range: question.range) }
    let within = try found(concepts, question.range, db)
    guard question.range != nil else { return Recalled(hits: try hits(within.entries, db)) }
    let anywhere = try found(concepts, nil, db)
    if within.coverage >= anywhere.coverage * Self.coverageInRange, !within.entries.isEmpty {
      return Recalled(hits: try hits(within.entries, db), range: question.range)
    }
    return Recalled(
      hits: try hits(anywhere.entries, db), range: question.range, widened: !anywhere.entries.isEmpty)
  }

  private func found(
    _ concepts: [Concept], _ range: TimeRange?, _ db: Database
  ) throws -> (entries: [Diversity.Entry], coverage: Double) {
    var found: [Int64: Candidate] = [:]
    let count = try Int.fetchOne(db.cachedStatement(sql: "SELECT sum(items) FROM memory_count")) ?? 0
    let words = Self.expression(concepts, items: count)
    for tier in TierIndex.allCases where tiers.contains(tier.tier) {
      for id in try matches(words, tier, range, db) where found[id] == nil { found[id] = Candidate() }
    }
    for id in try identified(db) { found[id] = Candidate(identified: true) }
    let items = try CandidateReader(search: self, range: range, matcher: ConceptMatcher(concepts)).read(found, db)
    let ranker = Ranker(concepts: concepts, items: count, asksWhen: question.asksWhen)
    var scored = items.map { item -> (item: CandidateReader.Item, score: Ranker.Scored) in
      var score = ranker.score(item.ranked)
      if item.identified {
        // What has the very identifier is what was asked for.
        score.score += Self.identifierScore
        score.coverage = 1
        score.telling += 1
      }
      return (item, score)
    }
    scored.sort {
      ($0.score.score, $0.item.at, $0.score.id) > ($1.score.score, $1.item.at, $1.score.id)
    }
    let judged = scored.prefix(Self.judged).map(\.score)
    guard let best = scored.first, best.score.score > 0, isRelevant(judged, concepts) else { return ([], 0) }
    var kept = Diversity.order(
      scored.filter { $0.score.score >= best.score.score * Self.minimumShare }
        .map {
          Diversity.Entry(id: $0.score.id, score: $0.score.score, stems: $0.item.ranked.stems, isEvent: $0.item.isEvent)
        },
      limit: limit, keepsEvents: question.asksForAll)
    if question.asksForAll || question.asksForSpan {
      kept = try EventPairs(now: now).complete(kept, limit: limit, db)
    }
    return (kept, judged.map(\.coverage).max() ?? 0)
  }

  private func hits(_ entries: [Diversity.Entry], _ db: Database) throws -> [Recalled.Hit] {
    let statement = try db.cachedStatement(sql: "SELECT * FROM memory_item WHERE id = ?")
    return try entries.compactMap { entry in
      try Row.fetchOne(statement, arguments: [entry.id]).map {
        Recalled.Hit(item: try MemoryItem(row: $0), score: entry.score)
      }
    }
  }

  private func isRelevant(_ best: [Ranker.Scored], _ concepts: [Concept]) -> Bool {
    let namesUnknown = concepts.contains(where: \.isUnknownName)
    let coverage = namesUnknown ? Self.coverageWithoutName : Self.minimumCoverage
    let telling = namesUnknown ? Self.tellingWithoutName : Self.minimumTelling
    return best.contains { hit in
      hit.coverage >= coverage && hit.telling > 0 || hit.telling >= telling && hit.coverage >= Self.leastCoverage
    } || best.contains { $0.coverage >= coverage && concepts.allSatisfy(\.isGeneric) }
      || question.asksForAll && !namesUnknown && best.contains(where: \.hasName)
  }

  /// Hits among which one must cover enough of the question.
  static let judged = 3
  static let identifierScore = 20.0

  /// Ids of the items of a tier that match best by the index's own order.
  private func matches(
    _ words: String?, _ tier: TierIndex, _ range: TimeRange?, _ db: Database
  ) throws -> [Int64] {
    guard let words else { return [] }
    var sql = "SELECT f.rowid FROM \(tier.table) f WHERE f.\(tier.table) MATCH ?"
    var arguments: StatementArguments = [words]
    if let range {
      // Ids grow with time but for imports; so they bound the search, and the date decides.
      guard
        let row = try Row.fetchOne(
          db, sql: "SELECT min(id) AS low, max(id) AS high FROM memory_item WHERE tier = ? AND at >= ? AND at < ?",
          arguments: [tier.rawValue, range.from.timeIntervalSince1970, range.to.timeIntervalSince1970]),
        let low: Int64 = row["low"], let high: Int64 = row["high"]
      else { return [] }
      sql = """
        SELECT f.rowid FROM \(tier.table) f CROSS JOIN memory_item i ON i.id = f.rowid
        WHERE f.\(tier.table) MATCH ? AND f.rowid BETWEEN ? AND ? AND i.at >= ? AND i.at < ?
        """
      arguments += [low, high, range.from.timeIntervalSince1970, range.to.timeIntervalSince1970]
    }
    sql += " ORDER BY f.rank LIMIT ?"
    arguments += [question.asksForAll && tier == .episodic ? Self.candidatesOfAll : Self.candidates]
    return try Int64.fetchAll(db.cachedStatement(sql: sql), arguments: arguments)
  }

  /// What the index is asked for: rare words by themselves, the rarest first, the words themselves before synonyms; and
  /// where two common things of the question meet.
  private static func expression(_ concepts: [Concept], items: Int) -> String? {
    var left = maximumPostings
    var kept: [String] = []
    let forms = concepts.flatMap(\.forms).filter { $0.count > 0 }.sorted {
      ($1.weight, $0.count, $0.term) < ($0.weight, $1.count, $1.term)
    }
    for form in forms where !kept.contains(form.term) && (kept.count < alwaysSearched || form.count <= left) {
      kept.append(form.term)
      left -= form.count
    }
    let common = concepts.filter { concept in
      !concept.isGeneric && concept.forms.contains { $0.weight == 1 && $0.count > 0 && !kept.contains($0.term) }
    }.sorted { $0.count < $1.count }.prefix(2)
    var parts = kept.map(quoted)
    let meetings = common.reduce(Double(max(items, 1))) { $0 * Double($1.count) / Double(max(items, 1)) }
    if common.count == 2, meetings <= maximumMeetings {
      parts.append(
        "("
          + common.map {
            "(" + $0.forms.filter { $0.count > 0 }.map { quoted($0.term) }.joined(separator: " OR ") + ")"
          }
          .joined(separator: " AND ") + ")")
    }
    return parts.isEmpty ? nil : parts.joined(separator: " OR ")
  }

  /// Terms come out of the tokenizer and hold no quotes.
  private static func quoted(_ term: String) -> String { "\"\(term)\"" }

  /// Items with one of the question's identifiers, by trigrams.
  private func identified(_ db: Database) throws -> [Int64] {
    guard !question.identifiers.isEmpty else { return [] }
    let wanted = question.identifiers.filter { identifier in !question.things.joined().contains(identifier) }
    guard !wanted.isEmpty else { return [] }
    let match = wanted.prefix(Question.maximumWords)
      .map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: " OR ")
    return try Int64.fetchAll(
      db.cachedStatement(
        sql: "SELECT rowid FROM memory_identifiers WHERE memory_identifiers MATCH ? ORDER BY rowid DESC LIMIT ?"),
      arguments: [match, Self.candidates])
  }
}

/// What led to an item.
struct Candidate: Sendable {
  var identified = false
}
