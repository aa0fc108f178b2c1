import Foundation
import GRDB
import JarvisAPI

/// One turn as a summary is made from it.
public struct SummaryTurn: Sendable, Hashable {
  /// The role of the first turn where earlier ones have expired: their summary.
  public static let earlier = "summary of what came before"

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

  /// The turns, with the summary of those that have expired before them: a new summary takes its place.
  static func withWhatCameBefore(_ conversation: String, _ db: Database) throws -> [SummaryTurn] {
    let turns = try all(conversation, db)
    guard
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT summary FROM conversation WHERE id = ?1 AND summary IS NOT NULL AND summarised_to > 0
          AND NOT EXISTS (SELECT 1 FROM message WHERE conversation = ?1 AND position <= conversation.summarised_to)
          """, arguments: [conversation]), let first = turns.first
    else { return turns }
    return [SummaryTurn(role: SummaryTurn.earlier, text: row["summary"], at: first.at)] + turns
  }

  /// What a summary is made from, as far as it tells whether some of it went meanwhile.
  struct Standing: Sendable, Hashable {
    var messages: Int
    var summary: String?
  }

  /// nil where the conversation is gone.
  static func standing(_ conversation: String, upTo last: Int64, _ db: Database) throws -> Standing? {
    try Row.fetchOne(
      db,
      sql: """
        SELECT summary, (SELECT count(*) FROM message WHERE conversation = ?1 AND position <= ?2) AS messages
        FROM conversation WHERE id = ?1
        """, arguments: [conversation, last]
    ).map { Standing(messages: $0["messages"], summary: $0["summary"]) }
  }
}
