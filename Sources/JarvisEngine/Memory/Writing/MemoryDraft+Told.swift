import Foundation
import JarvisAPI

extension MemoryDraft {
  /// A draft of something that is told in plain words, its kind read off its tier: for imports and for the operator's
  /// `memory add`.
  public static func told(
    id: MemoryID = MemoryID(), tier: MemoryTier, role: String? = nil, at: Date, session: String? = nil, text: String,
    source: String, inventory: MemoryInventory
  ) -> MemoryDraft {
    switch tier {
    case .conversation:
      return MemoryDraft(
        id: id, tier: tier, kind: .turn, role: role, at: at, session: session, source: source, text: text)
    case .episodic:
      // What sums up a session belongs to one; what happened in the cluster does not.
      return MemoryDraft(
        id: id, tier: tier, kind: session == nil ? .event : .summary, role: role, at: at, session: session,
        source: source, text: text)
    case .semantic:
      let preference = FactExtractor(inventory: inventory).preference(in: text)
      return MemoryDraft(
        id: id, tier: tier, kind: preference == nil ? .fact : .preference, role: role, at: at, session: session,
        source: source, text: text, subject: preference?.key ?? Sentence(text).subject, preference: preference)
    }
  }
}
