import Foundation
import GRDB
import JarvisAPI
import JarvisStorage

/// Conversations as they were said, and the models' side of them (FOUND-03).
///
/// Each call is one transaction: after a `kill -9` everything that returned is there, and a streaming answer has its text
/// as of the last `save`. The store redacts and sanitises nothing; the chat does that before.
public struct ConversationStore: Sendable {
  /// Conversations that `list` gives at most.
  public static let maximumListed = 500
  /// Messages that `messages` gives at most, the latest of them.
  public static let maximumMessages = 1_000
  /// A title's length at most, in characters.
  public static let maximumTitle = 120

  let store: DataStore
  let now: @Sendable () -> Date

  public init(store: DataStore, now: @escaping @Sendable () -> Date) {
    self.store = store
    self.now = now
  }

  /// Begins a conversation.
  public func create(title: String) async throws(StorageError) -> ConversationInfo {
    let at = now()
    let info = ConversationInfo(
      id: ConversationID(), title: Self.bounded(title), createdAt: at, updatedAt: at, messages: 0)
    try await store.write("begin a conversation") { db in
      try db.execute(
        sql: "INSERT INTO conversation (id, title, created_at, updated_at) VALUES (?, ?, ?, ?)",
        arguments: [info.id.rawValue, info.title, at.timeIntervalSince1970, at.timeIntervalSince1970])
    }
    return info
  }

  /// The conversations last used, newest first.
  public func list(limit: Int = maximumListed) async throws(StorageError) -> [ConversationInfo] {
    try await store.read("list the conversations") { db in
      try Row.fetchAll(
        db, sql: Self.infoQuery + " ORDER BY updated_at DESC, rowid DESC LIMIT ?",
        arguments: [min(max(limit, 0), Self.maximumListed)]
      ).map(ConversationInfo.init(row:))
    }
  }

  /// One conversation; nil where it is not, or no longer, there.
  public func info(_ id: ConversationID) async throws(StorageError) -> ConversationInfo? {
    try await store.read("read a conversation") { db in
      try Row.fetchOne(db, sql: Self.infoQuery + " WHERE id = ?", arguments: [id.rawValue])
        .map(ConversationInfo.init(row:))
    }
  }

  /// Gives it another title.
  public func rename(_ id: ConversationID, title: String) async throws(StorageError) {
    try await store.write("rename a conversation") { db in
      try Self.requireConversation(id, in: db)
      try db.execute(
        sql: "UPDATE conversation SET title = ? WHERE id = ?", arguments: [Self.bounded(title), id.rawValue])
    }
  }

  /// Sends its messages to one model from now on; nil leaves it to the router.
  public func pin(_ id: ConversationID, to choice: RouteChoice?) async throws(StorageError) {
    try await store.write("pin a conversation") { db in
      try Self.requireConversation(id, in: db)
      try db.execute(
        sql: "UPDATE conversation SET pin = ? WHERE id = ?", arguments: [choice?.rawValue, id.rawValue])
    }
  }

  /// Removes it with its messages and its history.
  public func delete(_ id: ConversationID) async throws(StorageError) {
    try await store.write("delete a conversation") { db in
      try db.execute(sql: "DELETE FROM conversation WHERE id = ?", arguments: [id.rawValue])
    }
  }

  /// Its latest messages, oldest first.
  public func messages(
    of id: ConversationID, limit: Int = maximumMessages
  ) async throws(StorageError) -> [ChatMessage] {
    try await store.read("read a conversation") { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM message WHERE conversation = ? ORDER BY position DESC LIMIT ?",
        arguments: [id.rawValue, min(max(limit, 0), Self.maximumMessages)]
      ).reversed().map(ChatMessage.init(row:))
    }
  }

  /// Adds the message or, where its id is known, replaces it in its place; and adds `history` to what the models get.
  ///
  /// Both happen or neither: an answer that is on the screen is in the history too.
  public func save(_ message: ChatMessage, history: [String] = []) async throws(StorageError) {
    let at = now()
    try await store.write("save a message") { db in
      try Self.requireConversation(message.conversation, in: db)
      try message.upsert(in: db)
      try Self.append(history, to: message.conversation, in: db)
      try db.execute(
        sql: "UPDATE conversation SET updated_at = ? WHERE id = ?",
        arguments: [at.timeIntervalSince1970, message.conversation.rawValue])
    }
  }

  /// What goes to the models, oldest first, exactly as it was given.
  public func history(of id: ConversationID) async throws(StorageError) -> [String] {
    try await store.read("read a conversation's history") { db in
      try String.fetchAll(
        db, sql: "SELECT content FROM history WHERE conversation = ? ORDER BY position", arguments: [id.rawValue])
    }
  }

  /// Adds to what the models get, without a message for the person.
  public func appendHistory(_ contents: [String], to id: ConversationID) async throws(StorageError) {
    try await store.write("save a conversation's history") { db in
      try Self.requireConversation(id, in: db)
      try Self.append(contents, to: id, in: db)
    }
  }

  /// Puts `contents` in the place of the whole history: for compaction.
  public func replaceHistory(_ contents: [String], of id: ConversationID) async throws(StorageError) {
    try await store.write("compact a conversation's history") { db in
      try Self.requireConversation(id, in: db)
      try db.execute(sql: "DELETE FROM history WHERE conversation = ?", arguments: [id.rawValue])
      try Self.append(contents, to: id, in: db)
    }
  }

  private static let infoQuery = """
    SELECT conversation.*, (SELECT count(*) FROM message WHERE message.conversation = conversation.id) AS messages
    FROM conversation
    """

  private static func append(_ contents: [String], to id: ConversationID, in db: Database) throws {
    for content in contents {
      try db.execute(
        sql: "INSERT INTO history (conversation, content) VALUES (?, ?)", arguments: [id.rawValue, content])
    }
  }

  private static func requireConversation(_ id: ConversationID, in db: Database) throws {
    let known = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM conversation WHERE id = ?)", arguments: [id.rawValue])
    if known != true {
      throw StorageError(
        .failed, attempted: "find conversation \(id.rawValue)", reason: "it is not there; it may have been deleted",
        advice: "begin a new conversation")
    }
  }

  private static func bounded(_ title: String) -> String {
    String(title.prefix(maximumTitle))
  }
}
