import Foundation
import GRDB
import JarvisAPI
import JarvisStorage

extension ConversationInfo {
  init(row: Row) throws {
    self.init(
      id: ConversationID(rawValue: row["id"]), title: row["title"],
      createdAt: Date(timeIntervalSince1970: row["created_at"]),
      updatedAt: Date(timeIntervalSince1970: row["updated_at"]), messages: row["messages"],
      // A choice that a newer version wrote is none here.
      pin: (row["pin"] as String?).flatMap(RouteChoice.init(rawValue:)))
  }
}

extension ChatMessage {
  init(row: Row) throws {
    guard let role = Role(rawValue: row["role"]), let state = State(rawValue: row["state"]) else {
      throw StorageError(
        .failed, attempted: "read message \(row["id"] as String)",
        reason: "its role \"\(row["role"] as String)\" or state \"\(row["state"] as String)\" is unknown",
        advice: "it may have been written by a newer Jarvis")
    }
    self.init(
      id: MessageID(rawValue: row["id"]), conversation: ConversationID(rawValue: row["conversation"]), role: role,
      text: row["text"], at: Date(timeIntervalSince1970: row["at"]), state: state,
      badge: try Self.decode(Badge.self, row["badge"]), tools: try Self.decode([ToolActivity].self, row["tools"]) ?? [])
  }

  /// Adds the message, or replaces all but its place and its conversation.
  func upsert(in db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO message (id, conversation, role, state, at, text, badge, tools) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
          role = excluded.role, state = excluded.state, at = excluded.at, text = excluded.text, badge = excluded.badge,
          tools = excluded.tools
        """,
      arguments: [
        id.rawValue, conversation.rawValue, role.rawValue, state.rawValue, at.timeIntervalSince1970, text,
        try badge.map(Self.encode), try tools.isEmpty ? nil : Self.encode(tools),
      ])
  }

  private static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private static func decode<Value: Decodable>(_ type: Value.Type, _ text: String?) throws -> Value? {
    try text.map { try JSONDecoder().decode(type, from: Data($0.utf8)) }
  }
}
