import Foundation
import JarvisAPI

/// The preferences in force, as notices, the safety gate and the detectors ask for them (MEM-03).
///
/// A pure value: whoever decides takes the one of this moment and says with the decision which item it obeyed.
public struct PreferenceBook: Sendable, Hashable {
  /// An item and what it demands.
  public struct Entry: Sendable, Hashable {
    public var id: MemoryID
    public var text: String
    public var since: Date
    public var preference: Preference
  }

  public enum Consent: Sendable, Hashable {
    case ask(Entry)
    case refuse(Entry)
  }

  /// Newest first.
  public let entries: [Entry]

  public init(_ items: [MemoryItem] = []) {
    entries = items.compactMap { item in
      guard item.validTo == nil, let preference = item.preference else { return nil }
      return Entry(id: item.id, text: item.text, since: item.validFrom ?? item.at, preference: preference)
    }.sorted { ($0.since, $0.id.rawValue) > ($1.since, $1.id.rawValue) }
  }

  /// The channel for notices of a severity; nil where nobody prefers one. What names the severity beats "all".
  public func channel(forSeverity severity: String) -> (name: String, entry: Entry)? {
    for wanted in [severity, "all"] {
      for entry in entries {
        if case .notify(wanted, let channel) = entry.preference { return (channel, entry) }
      }
    }
    return nil
  }

  /// What somebody demanded about this tool on this target; "never" beats "ask".
  /// - Parameter names: all names of the target: "truenas" and "101".
  public func consent(tool: String, target names: [String]) -> Consent? {
    let lower = Set(names.map { $0.lowercased() })
    func fits(_ wantedTool: String?, _ wantedTarget: String?) -> Bool {
      (wantedTool == nil || wantedTool == tool) && (wantedTarget.map { lower.contains($0.lowercased()) } ?? true)
    }
    for entry in entries {
      if case .never(let tool, let target) = entry.preference, fits(tool, target) { return .refuse(entry) }
    }
    for entry in entries {
      if case .askBefore(let tool, let target) = entry.preference, fits(tool, target) { return .ask(entry) }
    }
    return nil
  }

  /// The preference that says this guest is off because somebody wants it so.
  public func offOnPurpose(guest names: [String]) -> Entry? {
    let lower = Set(names.map { $0.lowercased() })
    return entries.first {
      if case .offOnPurpose(let guest) = $0.preference { lower.contains(guest.lowercased()) } else { false }
    }
  }

  /// The operator's words for things: "nas" → "truenas".
  public var aliases: [String: String] {
    var aliases: [String: String] = [:]
    for entry in entries.reversed() {
      if case .alias(let name, let thing) = entry.preference { aliases[name] = thing }
    }
    return aliases
  }
}
