import Foundation
import JarvisAPI
import JarvisTerminal

/// The lists of what is remembered and of kept conversations.
extension ListContent {
  static let memoryColumns = [
    TableColumn("", minimum: 1, priority: 9), TableColumn("WHAT", minimum: 10, priority: 8),
    TableColumn("TEXT", minimum: 36, priority: 10, isFlexible: true),
    TableColumn("AGE", align: .right, minimum: 4, priority: 7),
    TableColumn("ENDS", align: .right, minimum: 6, priority: 6),
    TableColumn("USED", align: .right, minimum: 4, priority: 4), TableColumn("FROM", minimum: 6, priority: 3),
    TableColumn("TIER", minimum: 8, priority: 2),
  ]

  static func row(of item: MemoryItem, _ state: AppState, now: Date) -> ListRow {
    let isClosed = item.validTo != nil
    let look = isClosed ? "text.dim" : "text"
    return ListRow(
      id: item.id.rawValue,
      cells: [
        .init(item.pinned ? state.glyphs.bullet : isClosed ? "x" : " ", "text.bright"),
        .init(item.kind.rawValue, "text.dim"), .init(item.text.sanitisedLine, look),
        .init(Format.age(now.timeIntervalSince(item.at)), "text.dim"), .init(item.endText(now: now), "text.dim"),
        .init(String(item.uses), "text.dim"), .init(item.source.sanitisedLine, "text.dim"),
        .init(item.tier.rawValue, "text.dim"),
      ],
      fields: [
        "type": [item.kind.rawValue, item.tier.rawValue], "node": item.entities.map { $0.lowercased() },
        "status": [item.pinned ? "pinned" : isClosed ? "closed" : "kept"],
      ],
      question: "")
  }

  static let conversationColumns = [
    TableColumn("LAST", minimum: 6, priority: 9), TableColumn("TITLE", minimum: 12, maximum: 36, priority: 10),
    TableColumn("SAID", align: .right, minimum: 4, priority: 5),
    TableColumn("STATE", minimum: 7, priority: 7),
    TableColumn("WHAT IT WAS ABOUT", minimum: 12, priority: 4, isFlexible: true),
  ]

  static func row(of entry: ConversationPage.Entry, _ state: AppState, now: Date) -> ListRow {
    let word = entry.expiredAt != nil ? "expired" : state.tabs.contains(entry.id) ? "open" : "kept"
    let about = entry.excerpt ?? entry.summary ?? ""
    return ListRow(
      id: entry.id.rawValue,
      cells: [
        .init(state.clock.short(entry.info.updatedAt, now: now), "text.dim"),
        .init((entry.info.title.isEmpty ? "untitled" : entry.info.title).sanitisedLine),
        .init(String(entry.info.messages), "text.dim"), .init(word, word == "expired" ? "state.off" : "text.dim"),
        .init(about.replacing("\n", with: " ").sanitisedLine, "text.dim"),
      ],
      fields: ["status": [word], "type": ["conversation"]], question: "")
  }
}

extension MemoryItem {
  /// When it ceases to be remembered: "6 d", "never", "pinned".
  func endText(now: Date) -> String {
    if pinned { return "pinned" }
    return expiresAt.map { Format.age(max(0, $0.timeIntervalSince(now))) } ?? "never"
  }
}
