import Foundation
import GRDB
import JarvisAPI
import JarvisStorage

/// What Jarvis remembers: three tiers in one database, found by `recall`, gone after `forget`.
///
/// Each writing call is one transaction, indexes included: after a `kill -9` there is all of it or nothing.
public struct MemoryStore: Sendable {
  /// Items that `list` gives at most.
  public static let maximumListed = 1_000
  /// A memory's text at most, in characters; more is cut, with a mark.
  public static let maximumText = 20_000

  let store: DataStore
  let now: @Sendable () -> Date
  /// The operator's zone: where "yesterday" begins.
  let zone: TimeZone
  let life: MemoryLife
  /// The names of the cluster: right now, or as they were last known.
  let names: KnownNames
  /// Takes secrets out of a text before it is written.
  let redact: @Sendable (String) -> String
  let embedder: (any Embedder)?
  /// Time that passes whatever the clock is set to.
  let steady: (@Sendable () -> Duration)?
  let watch = ClockWatch()

  /// - Parameters:
  ///   - inventory: asked at each write and each recall; where it has no node and no guest, the names last noted by
  ///     `know` serve instead. The operator's aliases in force are added to it.
  ///   - redact: applied to every text before it is written.
  ///   - embedder: of the local model server, where it has one.
  ///   - steady: a clock that nobody sets; with one, a clean-up right after the clock was set forward by more than an hour
  ///     removes nothing.
  public init(
    store: DataStore, now: @escaping @Sendable () -> Date, zone: TimeZone, life: MemoryLife = MemoryLife(),
    inventory: @escaping @Sendable () -> MemoryInventory = { MemoryInventory() },
    redact: @escaping @Sendable (String) -> String, embedder: (any Embedder)? = nil,
    steady: (@Sendable () -> Duration)? = nil
  ) {
    self.store = store
    self.now = now
    self.zone = zone
    self.life = life
    names = KnownNames(live: inventory)
    self.redact = redact
    self.embedder = embedder
    self.steady = steady
  }

  /// Remembers all of `drafts` or none, in their order.
  @discardableResult
  public func add(_ drafts: [MemoryDraft]) async throws(StorageError) -> [MemoryID] {
    let writing = writing
    return try await store.write("remember") { db in
      let writer = try writing.writer(db)
      let stemmer = try Stemmer(db)
      for draft in drafts { try writer.insert(draft, stemmer, db) }
      return drafts.map(\.id)
    }
  }

  /// The items last remembered, newest first; expired ones are not there.
  public func list(
    tier: MemoryTier? = nil, kind: MemoryKind? = nil, session: String? = nil, inForceOnly: Bool = false,
    limit: Int = maximumListed, offset: Int = 0
  ) async throws(StorageError) -> [MemoryItem] {
    let now = now().timeIntervalSince1970
    let limit = min(max(limit, 0), Self.maximumListed)
    let offset = max(offset, 0)
    return try await store.read("list what is remembered") { db in
      // Each tier is read in its index's order: without one, the whole table would be sorted.
      let tiers = tier.map { [TierIndex($0)] } ?? TierIndex.allCases
      var items: [(id: Int64, item: MemoryItem)] = []
      for tier in tiers {
        var sql = "SELECT * FROM memory_item WHERE tier = ? AND (expires_at IS NULL OR expires_at > ?)"
        var arguments: StatementArguments = [tier.rawValue, now]
        if let kind {
          sql += " AND kind = ?"
          arguments += [kind.rawValue]
        }
        if let session {
          // The session's few rows are found by its own index.
          sql += " AND session = ?"
          arguments += [session]
        }
        if inForceOnly { sql += " AND valid_to IS NULL" }
        sql += " ORDER BY at DESC, id DESC LIMIT ? OFFSET ?"
        arguments += tiers.count == 1 ? [limit, offset] : [limit + offset, 0]
        items += try Row.fetchAll(db, sql: sql, arguments: arguments).map { ($0["id"], try MemoryItem(row: $0)) }
      }
      items.sort { ($0.item.at, $0.id) > ($1.item.at, $1.id) }
      return items.dropFirst(tiers.count == 1 ? 0 : offset).prefix(limit).map(\.item)
    }
  }

  /// nil where it is not, or no longer, there.
  public func item(_ id: MemoryID) async throws(StorageError) -> MemoryItem? {
    let now = now().timeIntervalSince1970
    return try await store.read("read a memory") { db in
      try Row.fetchOne(
        db, sql: "SELECT * FROM memory_item WHERE uid = ? AND (expires_at IS NULL OR expires_at > ?)",
        arguments: [id.rawValue, now]
      ).map(MemoryItem.init(row:))
    }
  }

  /// Keeps an item beyond its tier's life, or gives it back to it.
  public func pin(_ id: MemoryID, _ pinned: Bool = true) async throws(StorageError) {
    let life = life
    try await store.write("pin a memory") { db in
      let item = try Self.require(id, in: db)
      let end = pinned ? nil : life.end(of: item.tier, from: item.at)
      try db.execute(
        sql: "UPDATE memory_item SET pinned = ?, expires_at = ? WHERE uid = ?",
        arguments: [pinned, end?.timeIntervalSince1970, id.rawValue])
    }
  }

  /// Puts the operator's words in the place of an item's text.
  ///
  /// A fact is not rewritten but closed, and a new one takes its place (its id is returned); so an old answer can still be
  /// explained.
  @discardableResult
  public func edit(_ id: MemoryID, text: String) async throws(StorageError) -> MemoryID {
    let writing = writing
    let at = now()
    return try await store.write("correct a memory") { db in
      let writer = try writing.writer(db)
      let item = try Self.require(id, in: db)
      let stemmer = try Stemmer(db)
      guard item.tier == .semantic else {
        try writer.rewrite(id, text: text, stemmer, db)
        return id
      }
      let draft = MemoryDraft(
        tier: .semantic, kind: item.kind, at: at, source: "operator", text: text,
        subject: try String.fetchOne(
          db, sql: "SELECT subject FROM memory_item WHERE uid = ?", arguments: [id.rawValue]),
        preference: FactExtractor(names: writer.names).preference(in: text) ?? nil)
      try db.execute(
        sql: "UPDATE memory_item SET valid_to = ? WHERE uid = ? AND valid_to IS NULL",
        arguments: [at.timeIntervalSince1970, id.rawValue])
      try writer.insert(draft, stemmer, db)
      return draft.id
    }
  }

  /// Notes that items were given to somebody.
  public func markUsed(_ ids: [MemoryID]) async throws(StorageError) {
    let at = now().timeIntervalSince1970
    try await store.write("count the use of memories") { db in
      for id in ids {
        try db.execute(
          sql: "UPDATE memory_item SET uses = uses + 1, used_at = ? WHERE uid = ?", arguments: [at, id.rawValue])
      }
    }
  }

  public func statistics() async throws(StorageError) -> MemoryStatistics {
    try await store.read("count what is remembered") { db in
      var counts: [Int: Int] = [:]
      for row in try Row.fetchAll(db, sql: "SELECT tier, items FROM memory_count") {
        counts[row["tier"]] = row["items"]
      }
      let oldest = try Double.fetchOne(
        db,
        sql: "SELECT min(oldest) FROM (SELECT (SELECT min(at) FROM memory_item WHERE tier = t.tier) AS oldest "
          + "FROM memory_count t)")
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      let size = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
      return MemoryStatistics(
        conversation: counts[TierIndex.conversation.rawValue] ?? 0,
        episodic: counts[TierIndex.episodic.rawValue] ?? 0, semantic: counts[TierIndex.semantic.rawValue] ?? 0,
        pinned: try Int.fetchOne(db, sql: "SELECT count(*) FROM memory_item WHERE pinned") ?? 0, bytes: pages * size,
        oldest: oldest.map(Date.init(timeIntervalSince1970:)))
    }
  }

  var writing: MemoryWriting { MemoryWriting(names: names, redact: redact, life: life) }

  static func require(_ id: MemoryID, in db: Database) throws -> MemoryItem {
    guard let row = try Row.fetchOne(db, sql: "SELECT * FROM memory_item WHERE uid = ?", arguments: [id.rawValue])
    else {
      throw StorageError(
        .failed, attempted: "find memory \(id.rawValue)",
        reason: "it is not there; it may have expired or been forgotten",
        advice: "list what is remembered to see what is there")
    }
    return try MemoryItem(row: row)
  }
}
