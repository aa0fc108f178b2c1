import Foundation

/// Which rows of the audit a screen wants.
public struct AuditQuery: Codable, Sendable, Hashable {
  /// Rows older than this number; nil for the newest.
  public var before: Int?
  /// "refusal", "freeze", …; empty for all.
  public var kinds: [String]
  /// Words that must all stand in the row, without regard to case; at most `maximumWords` count.
  public var words: [String]

  public static let maximumWords = 8

  public init(before: Int? = nil, kinds: [String] = [], words: [String] = []) {
    self.before = before
    self.kinds = kinds
    self.words = words
  }
}

/// One row of the audit as a screen shows it.
public struct AuditEntry: Codable, Sendable, Hashable, Identifiable {
  /// A field of its body, as text.
  public struct Field: Codable, Sendable, Hashable {
    public var name: String
    public var value: String
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Its place in the chain: 1, 2, 3 …
  public var number: Int
  public var at: Date
  /// "read", "asked", "begin", "end", "refusal", "freeze", …
  public var kind: String
  /// The row whose call it ends, or whose question it answers.
  public var refersTo: Int?
  public var tier: SafetyTier?
  /// "succeeded", "refused", …; nil where the row tells of no end.
  public var result: String?
  /// What happened, in one line.
  public var text: String
  /// Its body; empty where an old read's was forgotten.
  public var fields: [Field]
  public var id: Int { number }

  public init(
    number: Int, at: Date, kind: String, refersTo: Int? = nil, tier: SafetyTier? = nil, result: String? = nil,
    text: String, fields: [Field] = []
  ) {
    self.number = number
    self.at = at
    self.kind = kind
    self.refersTo = refersTo
    self.tier = tier
    self.result = result
    self.text = text
    self.fields = fields
  }
}

/// Some rows of the audit, newest first.
public struct AuditPage: Codable, Sendable, Hashable {
  public var query: AuditQuery
  public var entries: [AuditEntry]
  /// What to ask for next: rows before this number; nil where none are left. A page may be empty and have more behind it.
  public var next: Int?
  /// Rows of the whole audit.
  public var total: Int

  public init(query: AuditQuery, entries: [AuditEntry] = [], next: Int? = nil, total: Int = 0) {
    self.query = query
    self.entries = entries
    self.next = next
    self.total = total
  }
}
