import Foundation
import GRDB
import JarvisAPI
import JarvisStorage

/// Boils a conversation down to about 500 tokens: the local model, wired in by the engine.
public protocol Summariser: Sendable {
  /// - Throws: where it cannot just now; the conversation is then tried again later.
  func summary(of turns: [SummaryTurn]) async throws -> String
}

/// What a round of summaries did.
public struct SummaryReport: Sendable, Hashable {
  public var summarised: [ConversationID] = []
  /// Left as they are for the next round: the summariser failed.
  public var postponed: [ConversationID] = []
}

extension MemoryStore {
  /// A conversation is finished when nobody said anything for so long, in seconds.
  public static let quietTime: TimeInterval = 30 * 60
  /// Conversations of one round.
  static let maximumSummaries = 20

  /// Sums up conversations that have been quiet for half an hour, or are about to expire (MEM-06).
  ///
  /// Where the summariser fails, nothing is written and nothing lost: the next round tries again, and before the turns expire
  /// rules make a summary.
  /// - Parameter summariser: nil where there is no local model: rules then.
  @discardableResult
  public func summarise(with summariser: (any Summariser)?) async throws(StorageError) -> SummaryReport {
    let now = now()
    let quiet = (now - Self.quietTime).timeIntervalSince1970
    // An hour before the end there may be no next round.
    let soon = (now - life.conversation + Self.cleanUpInterval).timeIntervalSince1970
    let waiting = try await store.read("find finished conversations") { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT c.id, c.updated_at, (SELECT max(position) FROM message WHERE conversation = c.id) AS last FROM conversation c
          WHERE c.expired_at IS NULL AND c.updated_at <= ? AND c.summarised_to < (
            SELECT coalesce(max(position), 0) FROM message WHERE conversation = c.id)
          ORDER BY c.updated_at LIMIT ?
          """, arguments: [quiet, Self.maximumSummaries]
      ).map { (id: $0["id"] as String, updated: $0["updated_at"] as Double, last: $0["last"] as Int64) }
    }
    var report = SummaryReport()
    for conversation in waiting {
      let (turns, standing) = try await store.read("read a finished conversation") { db in
        (
          try ConversationTurns.withWhatCameBefore(conversation.id, db),
          try ConversationTurns.standing(conversation.id, upTo: conversation.last, db)
        )
      }
      let text: String
      do {
        text = try await summariser?.summary(of: turns) ?? RuleSummary.text(of: turns)
      } catch {
        guard conversation.updated <= soon else {
          report.postponed.append(ConversationID(rawValue: conversation.id))
          continue
        }
        text = RuleSummary.text(of: turns)
      }
      let isKept = try await keep(
        text, of: conversation.id, upTo: conversation.last, ifStanding: standing, at: turns.last?.at ?? now)
      if isKept { report.summarised.append(ConversationID(rawValue: conversation.id)) }
    }
    return report
  }

  /// - Returns: false where what it was made from is no longer there: what was deleted or forgotten while the summariser
  ///   worked must not come back through its words.
  private func keep(
    _ text: String, of conversation: String, upTo last: Int64, ifStanding standing: ConversationTurns.Standing?,
    at date: Date
  ) async throws(StorageError) -> Bool {
    let writing = writing
    let clean = redact(text)
    return try await store.write("keep a summary") { db in
      guard let standing, try ConversationTurns.standing(conversation, upTo: last, db) == standing else { return false }
      let writer = try writing.writer(db)
      // One summary a conversation: a later one holds what the earlier held.
      try db.execute(
        sql: "DELETE FROM memory_item WHERE session = ? AND tier = ? AND kind = 'summary'",
        arguments: [conversation, TierIndex.episodic.rawValue])
      try writer.insert(
        MemoryDraft(
          tier: .episodic, kind: .summary, at: date, session: conversation, source: "conversation", text: clean),
        Stemmer(db), db)
      try db.execute(
        sql: "UPDATE conversation SET summary = ?, summarised_to = ? WHERE id = ?",
        arguments: [clean, last, conversation])
      return true
    }
  }
}

extension MemoryStore {
  /// A conversation boiled down, and when its turns expired.
  public struct ConversationSummary: Sendable, Hashable {
    public var text: String
    /// nil while the turns are there.
    public var expiredAt: Date?
  }

  /// nil where there is none yet.
  public func summary(of conversation: ConversationID) async throws(StorageError) -> ConversationSummary? {
    try await store.read("read a conversation's summary") { db in
      guard
        let row = try Row.fetchOne(
          db, sql: "SELECT summary, expired_at FROM conversation WHERE id = ?", arguments: [conversation.rawValue]),
        let text: String = row["summary"]
      else { return nil }
      return ConversationSummary(
        text: text, expiredAt: (row["expired_at"] as Double?).map(Date.init(timeIntervalSince1970:)))
    }
  }
}
