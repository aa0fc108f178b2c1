import Foundation
import GRDB
import JarvisAPI
import JarvisStorage

extension MemoryStore {
  /// Characters of an excerpt.
  static let maximumExcerpt = 160

  /// What is remembered, for the memory view: everything, newest first, or what fits some words, best first.
  public func page(about: String, limit: Int) async throws(StorageError) -> MemoryPage {
    let figures = try await statistics()
    guard !about.isEmpty else {
      return MemoryPage(about: "", items: try await list(limit: limit), statistics: figures)
    }
    let found = try await recall(about)
    return MemoryPage(
      about: about, items: found.hits.map(\.item), statistics: figures, widened: found.widened)
  }

  /// Kept conversations: all, the last used first, or those whose words or titles fit.
  public func conversations(about: String, limit: Int) async throws(StorageError) -> ConversationPage {
    var found: [String: String] = [:]
    var order: [String: Int] = [:]
    if !about.isEmpty {
      for hit in try await recall(about, tiers: [.conversation, .episodic]).hits {
        guard let session = hit.item.session, found[session] == nil else { continue }
        order[session] = found.count
        found[session] = String(Sanitiser.clean(hit.item.text, keepingNewlines: false).prefix(Self.maximumExcerpt))
      }
    }
    let rows = try await store.read("list the conversations") { [found] db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT conversation.*, (SELECT count(*) FROM message WHERE message.conversation = conversation.id) AS messages
          FROM conversation ORDER BY updated_at DESC, rowid DESC LIMIT ?
          """, arguments: [max(0, limit)]
      ).map { row in
        ConversationPage.Entry(
          info: try ConversationInfo(row: row), summary: row["summary"],
          expiredAt: (row["expired_at"] as Double?).map(Date.init(timeIntervalSince1970:)),
          excerpt: found[row["id"] as String])
      }
    }
    guard !about.isEmpty else { return ConversationPage(about: "", entries: rows) }
    let words = about.lowercased()
    let fitting = rows.enumerated().filter {
      $0.element.excerpt != nil || $0.element.info.title.lowercased().contains(words)
    }
    .sorted {
      (order[$0.element.id.rawValue] ?? .max, $0.offset) < (order[$1.element.id.rawValue] ?? .max, $1.offset)
    }
    return ConversationPage(about: about, entries: fitting.map(\.element))
  }

  /// Forgets what was said in a conversation that is deleted for good, its summary too; facts that came of it stay until they
  /// are forgotten themselves.
  public func forgetConversation(_ id: ConversationID) async throws(StorageError) {
    let path = store.directory.databasePath
    do {
      try await Task { [store] in
        try await store.pool.writeWithoutTransaction { db in
          try db.execute(sql: "PRAGMA secure_delete = ON")
          defer {
            // The connection serves again without; a failure leaves it slower, not wrong.
            try? db.execute(sql: "PRAGMA secure_delete = OFF")
          }
          try db.execute(
            sql: "DELETE FROM memory_item WHERE session = ? AND tier <> ?",
            arguments: [id.rawValue, TierIndex.semantic.rawValue])
          if db.changesCount > 0 { try Self.purge(db, store) }
        }
      }.value
    } catch {
      throw StorageError(error, attempted: "forget a conversation", on: path)
    }
  }
}

extension ConversationStore {
  /// One message; nil where it is not, or no longer, there.
  public func message(_ id: MessageID) async throws(StorageError) -> ChatMessage? {
    try await store.read("read a message") { db in
      try Row.fetchOne(db, sql: "SELECT * FROM message WHERE id = ?", arguments: [id.rawValue])
        .map(ChatMessage.init(row:))
    }
  }
}
