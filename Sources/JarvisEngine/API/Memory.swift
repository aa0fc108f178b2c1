import Foundation

/// A memory's identity.
public struct MemoryID: Codable, Sendable, Hashable, RawRepresentable {
  public var rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public init() { rawValue = UUID().uuidString.lowercased() }
}

/// How long something is remembered, and what it is about (MEM-05).
public enum MemoryTier: String, Codable, Sendable, Hashable, CaseIterable {
  /// Turns as they were said: 7 days.
  case conversation
  /// Summaries, events of the cluster, Jarvis's own actions: 30 days.
  case episodic
  /// Facts and preferences: until forgotten.
  case semantic
}

/// What a memory is, within its tier.
public enum MemoryKind: String, Codable, Sendable, Hashable, CaseIterable {
  case turn
  /// A finished conversation boiled down.
  case summary
  /// Something that happened in the cluster.
  case event
  /// Something Jarvis did, with its outcome.
  case action
  case fact
  /// A fact about how the operator wants things done, which notices, gate and detectors obey.
  case preference
}

/// One thing that is remembered, as lists, panels and exports show it.
public struct MemoryItem: Codable, Sendable, Hashable, Identifiable {
  public var id: MemoryID
  public var tier: MemoryTier
  public var kind: MemoryKind
  /// Who said it, where somebody did: "user", "assistant".
  public var role: String?
  /// When it was said or happened.
  public var at: Date
  /// The conversation or the series of events that it is part of.
  public var session: String?
  /// Where it comes from, for a person: "conversation", "cluster", "operator", "import".
  public var source: String
  public var text: String
  /// Names of the cluster that it is about: nodes, guests, storages, addresses.
  public var entities: [String]
  /// When it ceases to be remembered; nil without end.
  public var expiresAt: Date?
  /// Kept beyond its tier's life.
  public var pinned: Bool
  /// How often it was given to a model or a person, and when last.
  public var uses: Int
  public var usedAt: Date?
  /// A fact holds from here…
  public var validFrom: Date?
  /// …to here; nil while it holds.
  public var validTo: Date?
  /// The structured form of a preference.
  public var preference: Preference?

  public init(
    id: MemoryID = MemoryID(), tier: MemoryTier, kind: MemoryKind, role: String? = nil, at: Date,
    session: String? = nil, source: String, text: String, entities: [String] = [], expiresAt: Date? = nil,
    pinned: Bool = false, uses: Int = 0, usedAt: Date? = nil, validFrom: Date? = nil, validTo: Date? = nil,
    preference: Preference? = nil
  ) {
    self.id = id
    self.tier = tier
    self.kind = kind
    self.role = role
    self.at = at
    self.session = session
    self.source = source
    self.text = text
    self.entities = entities
    self.expiresAt = expiresAt
    self.pinned = pinned
    self.uses = uses
    self.usedAt = usedAt
    self.validFrom = validFrom
    self.validTo = validTo
    self.preference = preference
  }
}

/// A preference that acts (MEM-03): what the words mean to notices, the gate and the detectors.
public enum Preference: Codable, Sendable, Hashable {
  /// Notices of this severity ("critical", "warning", "info"; "all") go by this channel ("mail", "push", …).
  case notify(severity: String, channel: String)
  /// Ask a person before this tool on this target; nil is any.
  case askBefore(tool: String?, target: String?)
  /// Never do this, not even when asked by a runbook.
  case never(tool: String?, target: String?)
  /// This guest is off because somebody wants it so: no incident.
  case offOnPurpose(guest: String)
  /// The operator's own word for something: "the NAS" for truenas.
  case alias(name: String, of: String)

  /// What a later preference of the same key replaces.
  public var key: String {
    switch self {
    case .notify(let severity, _): "notify:" + severity
    case .askBefore(let tool, let target): "consent:\(tool ?? "*"):\(target ?? "*")"
    case .never(let tool, let target): "consent:\(tool ?? "*"):\(target ?? "*")"
    case .offOnPurpose(let guest): "off:" + guest.lowercased()
    case .alias(let name, _): "alias:" + name.lowercased()
    }
  }
}

/// What is remembered, in figures.
public struct MemoryStatistics: Codable, Sendable, Hashable {
  public var conversation: Int
  public var episodic: Int
  public var semantic: Int
  public var pinned: Int
  /// Of the whole database file.
  public var bytes: Int
  public var oldest: Date?

  public init(conversation: Int, episodic: Int, semantic: Int, pinned: Int, bytes: Int, oldest: Date?) {
    self.conversation = conversation
    self.episodic = episodic
    self.semantic = semantic
    self.pinned = pinned
    self.bytes = bytes
    self.oldest = oldest
  }
}
