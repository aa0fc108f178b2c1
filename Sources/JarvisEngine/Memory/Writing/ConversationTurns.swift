import Foundation
import GRDB
import JarvisAPI

/// One turn as a summary is made from it.
public struct SummaryTurn: Sendable, Hashable {
  public var role: String
  public var text: String
  public var at: Date

  public init(role: String, text: String, at: Date) {
    self.role = role
    self.text = text
    self.at = at
  }
}

enum ConversationTurns {
  /// Turns that a summary is made from at most, the latest.
  static let maximum = 400

  static func all(_ conversation: String, _ db: Database) throws -> [SummaryTurn] {
    try Row.fetchAll(
      db, sql: "SELECT role, text, at FROM message WHERE conversation = ? ORDER BY position DESC LIMIT ?",
      arguments: [conversation, maximum]
    ).reversed().map {
      SummaryTurn(role: $0["role"], text: $0["text"], at: Date(timeIntervalSince1970: $0["at"]))
    }
  }
}
