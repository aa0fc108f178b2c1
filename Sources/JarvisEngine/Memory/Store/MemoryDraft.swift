import Foundation
import JarvisAPI

/// Something to be remembered, before it has a place in the store.
public struct MemoryDraft: Sendable, Hashable {
  public var id: MemoryID
  public var tier: MemoryTier
  public var kind: MemoryKind
  public var role: String?
  public var at: Date
  public var session: String?
  public var source: String
  public var text: String
  /// Added to those that the inventory finds in `text`.
  public var entities: [String]
  /// What this is about, where a newer one is to close it.
  public var subject: String?
  public var preference: Preference?
  /// The item it was made from: forgotten with it.
  public var derivedFrom: MemoryID?
  /// The message of the conversation that holds the same words.
  public var message: MessageID?
  /// Said just now: it closes what was in force whatever the clock says, which may have been set back since.
  var isSaidNow = false

  public init(
    id: MemoryID = MemoryID(), tier: MemoryTier, kind: MemoryKind, role: String? = nil, at: Date,
    session: String? = nil, source: String, text: String, entities: [String] = [], subject: String? = nil,
    preference: Preference? = nil, derivedFrom: MemoryID? = nil, message: MessageID? = nil
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
    self.subject = subject
    self.preference = preference
    self.derivedFrom = derivedFrom
    self.message = message
  }
}
