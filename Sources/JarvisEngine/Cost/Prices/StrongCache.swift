import Foundation
import JarvisAPI

/// What the strong model's prompt cache would hold, had it answered everything: tools and system text for all
/// conversations alike, and each conversation's history for as long as its last turn wrote it
/// (`AgentLoop.historyLifetime`).
public struct StrongCache: Sendable {
  /// How long tools and system text are kept, and a history from a conversation's second turn on (`llm.md`, 1.5).
  public static let longLifetime: TimeInterval = 3_600
  /// How long a conversation's first turn is kept: many have only one.
  public static let shortLifetime: TimeInterval = 300
  /// Conversations whose turns are known, the oldest forgotten beyond it.
  static let maximumConversations = 256

  /// What a turn would find.
  public struct Standing: Sendable, Hashable {
    /// The conversation's first turn: what it writes is kept for the short time.
    public var isFirst: Bool
    /// Tools and system text are in the cache.
    public var hasPrefix: Bool
    /// The conversation until now is in the cache.
    public var hasHistory: Bool
    public init(isFirst: Bool, hasPrefix: Bool, hasHistory: Bool) {
      self.isFirst = isFirst
      self.hasPrefix = hasPrefix
      self.hasHistory = hasHistory
    }

    /// What writing `tokens` of the conversation uses.
    func writing(_ tokens: Int) -> TokenUsage {
      isFirst ? TokenUsage(cacheWrite5m: tokens) : TokenUsage(cacheWrite1h: tokens)
    }

    /// What sending tools, system text and history uses.
    func sending(prefix: Int, history: Int) -> TokenUsage {
      (hasPrefix ? TokenUsage(cacheRead: prefix) : TokenUsage(cacheWrite1h: prefix))
        + (hasHistory ? TokenUsage(cacheRead: history) : writing(history))
    }
  }

  private struct Turns {
    var first: MessageID
    var last: MessageID
    var at: Date
  }
  private var turns: [ConversationID: Turns] = [:]
  private var prefixUsed: Date?

  public init() {}

  /// What the turn that gives `message` finds; nil is a turn that is still to come.
  public func standing(of conversation: ConversationID, message: MessageID?, at date: Date) -> Standing {
    let known = turns[conversation]
    let lifetime = known.map { $0.first == $0.last ? Self.shortLifetime : Self.longLifetime } ?? 0
    return Standing(
      isFirst: known.map { $0.first == message && $0.last == message } ?? true,
      hasPrefix: prefixUsed.map { date.timeIntervalSince($0) <= Self.longLifetime } ?? false,
      hasHistory: known.map { date.timeIntervalSince($0.at) <= lifetime } ?? false)
  }

  /// Enters a call of the turn that gives `message`.
  public mutating func use(_ conversation: ConversationID, message: MessageID, at date: Date) {
    if turns.count >= Self.maximumConversations, turns[conversation] == nil,
      let oldest = turns.min(by: { $0.value.at < $1.value.at })?.key
    {
      turns[oldest] = nil
    }
    turns[conversation] = Turns(first: turns[conversation]?.first ?? message, last: message, at: date)
    prefixUsed = date
  }
}
