import Foundation

/// What a screen may ask of memory.
public enum MemoryRequest: Codable, Sendable, Hashable {
  /// Everything remembered, newest first; with words, what is remembered about them, best first.
  case items(about: String)
  /// The operator's words in the place of an item's; a fact is closed and a new one takes its place.
  case edit(MemoryID, text: String)
  /// Keep an item beyond its tier's life, or give it back to it.
  case pin(MemoryID, Bool)
  /// Forget it and what was made from it, for good.
  case forget(MemoryID)
  /// What an answer was given of memory.
  case given(MessageID)
  /// Kept conversations, the last used first; with words, those that fit them.
  case conversations(about: String)
}

/// What memory answers to a screen.
public enum MemoryAnswer: Codable, Sendable, Hashable {
  case items(MemoryPage)
  case given(GivenMemory)
  case conversations(ConversationPage)
}

/// A list of what is remembered.
public struct MemoryPage: Codable, Sendable, Hashable {
  /// What was asked for; empty for everything.
  public var about: String
  public var items: [MemoryItem]
  public var statistics: MemoryStatistics
  /// Nothing was there in the time that was asked for; the items are from other times.
  public var widened: Bool

  public init(about: String, items: [MemoryItem], statistics: MemoryStatistics, widened: Bool = false) {
    self.about = about
    self.items = items
    self.statistics = statistics
    self.widened = widened
  }
}

/// What an answer was given of memory, and what it cost.
public struct GivenMemory: Codable, Sendable, Hashable {
  /// One memory that stood before the model.
  public struct Line: Codable, Sendable, Hashable {
    public var id: MemoryID
    /// "preferences", "facts", "events".
    public var section: String
    /// Tokens of its line.
    public var tokens: Int
    /// nil where it has expired or been forgotten since.
    public var item: MemoryItem?

    public init(id: MemoryID, section: String, tokens: Int, item: MemoryItem?) {
      self.id = id
      self.section = section
      self.tokens = tokens
      self.item = item
    }
  }

  public var message: MessageID
  /// In the system prompt, for all of the conversation.
  public var opening: [Line]
  /// Beside the question.
  public var recalled: [Line]

  public init(message: MessageID, opening: [Line], recalled: [Line]) {
    self.message = message
    self.opening = opening
    self.recalled = recalled
  }

  /// Tokens of all lines, without their headings.
  public var tokens: Int { (opening + recalled).reduce(0) { $0 + $1.tokens } }
}

/// Kept conversations, as the list shows them.
public struct ConversationPage: Codable, Sendable, Hashable {
  /// One conversation, with what is left of it or what was found in it.
  public struct Entry: Codable, Sendable, Hashable, Identifiable {
    public var info: ConversationInfo
    /// What it was boiled down to; nil while there is no summary.
    public var summary: String?
    /// When its turns expired; nil while they are there.
    public var expiredAt: Date?
    /// The words in it that were looked for.
    public var excerpt: String?
    public var id: ConversationID { info.id }

    public init(info: ConversationInfo, summary: String? = nil, expiredAt: Date? = nil, excerpt: String? = nil) {
      self.info = info
      self.summary = summary
      self.expiredAt = expiredAt
      self.excerpt = excerpt
    }
  }

  /// What was asked for; empty for all.
  public var about: String
  public var entries: [Entry]

  public init(about: String, entries: [Entry]) {
    self.about = about
    self.entries = entries
  }
}
