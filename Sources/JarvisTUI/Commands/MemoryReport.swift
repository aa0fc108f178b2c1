import Foundation
import JarvisAPI
import JarvisMemory

/// `memory search --json` and `memory list --json`.
struct MemoryReport: Encodable {
  struct Item: Encodable {
    var id: String
    var tier: String
    var kind: String
    var at: Date
    var text: String
    /// Comparable within one answer; null in a list.
    @NullWhereUnknown var score: Double?
    var source: String
    @NullWhereUnknown var expiresAt: Date?
    var pinned: Bool
    var uses: Int

    init(_ item: MemoryItem, score: Double?) {
      id = item.id.rawValue
      tier = item.tier.rawValue
      kind = item.kind.rawValue
      at = item.at
      text = item.text
      self.score = score
      source = item.source
      expiresAt = item.expiresAt
      pinned = item.pinned
      uses = item.uses
    }
  }

  struct Range: Encodable {
    var from: Date
    var to: Date
  }

  var items: [Item]
  var range: Range?
  /// Nothing was in the range; the items are from other times.
  var widened: Bool

  init(_ found: Recalled) {
    items = found.hits.map { Item($0.item, score: $0.score) }
    range = found.range.map { Range(from: $0.from, to: $0.to) }
    widened = found.widened
  }

  init(_ items: [MemoryItem]) {
    self.items = items.map { Item($0, score: nil) }
    range = nil
    widened = false
  }

  enum CodingKeys: CodingKey { case items, range, widened }

  func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: CodingKeys.self)
    try box.encode(items, forKey: .items)
    // Null says that no time was named.
    try box.encode(range, forKey: .range)
    try box.encode(widened, forKey: .widened)
  }
}

/// Memories as lines for a person.
enum MemoryText {
  static func line(_ item: MemoryItem, zone: TimeZone) -> String {
    let pin = item.pinned ? " pinned" : ""
    let past = item.validTo == nil ? "" : " closed"
    let text = Sanitiser.clean(item.text, keepingNewlines: false)
    return "\(RFC3339.text(item.at, zone: zone))  \(item.kind.rawValue)\(pin)\(past)  \(text)  [\(item.id.rawValue)]"
  }

  static func lines(_ found: Recalled, zone: TimeZone) -> [String] {
    guard !found.hits.isEmpty else { return ["Nothing is remembered about that."] }
    var lines: [String] = []
    if found.widened, let range = found.range {
      lines.append(
        "Nothing is remembered from \(RFC3339.text(range.from, zone: zone)) to \(RFC3339.text(range.to, zone: zone)); "
          + "from other times:")
    }
    return lines + found.hits.map { line($0.item, zone: zone) }
  }
}
