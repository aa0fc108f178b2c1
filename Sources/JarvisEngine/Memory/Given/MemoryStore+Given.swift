import Foundation
import GRDB
import JarvisAPI
import JarvisStorage

extension MemoryStore {
  /// The opening memory of a conversation: made where there is none yet, and the same text ever after (MEM-04).
  public func opening(of conversation: ConversationID) async throws(StorageError) -> String {
    let kept = try await store.read("read an opening memory") { db in
      try String.fetchOne(
        db, sql: "SELECT text FROM memory_opening WHERE conversation = ?", arguments: [conversation.rawValue])
    }
    if let kept { return kept }
    let context = try await openingMemory()
    return try await store.write("keep an opening memory") { db in
      let id = conversation.rawValue
      guard try Self.isThere(id, db) else { return context.text }
      try db.execute(
        sql: "INSERT INTO memory_opening (conversation, text) VALUES (?, ?)", arguments: [id, context.text])
      try Self.keep(context.given, conversation: id, message: nil, db)
      return context.text
    }
  }

  /// Keeps what stood before a model when it gave this answer.
  public func keepGiven(
    _ given: [MemoryContext.Given], to message: MessageID, in conversation: ConversationID
  ) async throws(StorageError) {
    try await store.write("keep what was given of memory") { db in
      guard try Self.isThere(conversation.rawValue, db) else { return }
      // Another model began the answer again.
      try db.execute(sql: "DELETE FROM memory_given WHERE message = ?", arguments: [message.rawValue])
      try Self.keep(given, conversation: conversation.rawValue, message: message.rawValue, db)
    }
  }

  /// What an answer was given.
  /// - Parameter withOpening: true where its model read the conversation's opening memory, too.
  public func given(
    to message: MessageID, in conversation: ConversationID, withOpening: Bool
  ) async throws(StorageError) -> GivenMemory {
    let now = now().timeIntervalSince1970
    return try await store.read("read what was given of memory") { db in
      func lines(_ condition: String, _ argument: String) throws -> [GivenMemory.Line] {
        try Row.fetchAll(
          db, sql: "SELECT item, section, tokens FROM memory_given WHERE \(condition) ORDER BY place",
          arguments: [argument]
        ).map { row in
          let item = try Row.fetchOne(
            db, sql: "SELECT * FROM memory_item WHERE uid = ? AND (expires_at IS NULL OR expires_at > ?)",
            arguments: [row["item"] as String, now]
          ).map(MemoryItem.init(row:))
          return GivenMemory.Line(
            id: MemoryID(rawValue: row["item"]), section: row["section"], tokens: row["tokens"], item: item)
        }
      }
      return GivenMemory(
        message: message,
        opening: withOpening ? try lines("message IS NULL AND conversation = ?", conversation.rawValue) : [],
        recalled: try lines("message = ?", message.rawValue))
    }
  }

  /// Takes an item, and all that was made from it, out of what models were sent: the histories that hold it go, and their
  /// opening memories are made anew.
  static func forgetGiven(madeFrom item: Int64, _ db: Database) throws {
    let ids = try String.fetchAll(
      db,
      sql: """
        WITH RECURSIVE made(id) AS (SELECT ? UNION SELECT m.id FROM memory_item m JOIN made ON m.derived_from = made.id)
        SELECT uid FROM memory_item WHERE id IN (SELECT id FROM made)
        """, arguments: [item])
    for id in ids {
      let holders = try String.fetchAll(
        db, sql: "SELECT DISTINCT conversation FROM memory_given WHERE item = ?", arguments: [id])
      // What code wrote of the item, word for word.
      try db.execute(
        sql: "DELETE FROM message WHERE id IN (SELECT message FROM memory_given WHERE item = ? AND section = ?)",
        arguments: [id, MemoryContext.Section.listed.rawValue])
      for holder in holders {
        try db.execute(sql: "DELETE FROM history WHERE conversation = ?", arguments: [holder])
        try db.execute(sql: "DELETE FROM memory_opening WHERE conversation = ?", arguments: [holder])
        try db.execute(
          sql: "DELETE FROM memory_given WHERE conversation = ? AND message IS NULL", arguments: [holder])
      }
      try db.execute(sql: "DELETE FROM memory_given WHERE item = ?", arguments: [id])
    }
  }

  private static func keep(
    _ given: [MemoryContext.Given], conversation: String, message: String?, _ db: Database
  ) throws {
    for line in given {
      try db.execute(
        sql: "INSERT INTO memory_given (conversation, message, item, section, tokens) VALUES (?, ?, ?, ?, ?)",
        arguments: [conversation, message, line.id.rawValue, line.section.rawValue, line.tokens])
    }
  }

  /// A conversation may be deleted while its turn runs.
  private static func isThere(_ conversation: String, _ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM conversation WHERE id = ?)", arguments: [conversation]) ?? false
  }
}
