import Foundation
import JarvisAPI

/// The conversations in the tab strip: at most `AppLimits.conversationTabs`, one in front, some of them in sight.
struct Tabs: Sendable {
  private(set) var open: [Transcript] = []
  private(set) var front = 0
  /// When each was last in front: the longest unseen gives way to a new one.
  private var seen: [ConversationID: Int] = [:]
  private var turn = 0

  /// The conversation in front; nil before the engine is attached.
  var current: Transcript? {
    get { open.indices.contains(front) ? open[front] : nil }
    set {
      guard open.indices.contains(front), let newValue else { return }
      open[front] = newValue
    }
  }

  func contains(_ id: ConversationID) -> Bool { open.contains { $0.id == id } }

  /// Brings a conversation to the front: in place of the oldest tab that nothing was said in, else as a new tab, and in
  /// place of the one longest unseen only where there is no room for more. What gives way stays kept by the engine.
  mutating func show(_ transcript: Transcript) {
    if let index = open.firstIndex(where: { $0.id == transcript.id }) {
      open[index] = transcript
      return bring(index)
    }
    let empty = open.indices.filter { open[$0].blocks.isEmpty && !open[$0].isRunning }
    let isFull = open.count >= AppLimits.conversationTabs
    // While a strip's worth of tabs is free an empty one may stay: somebody opened it a moment ago.
    if open.count < AppLimits.tabsShown || (empty.isEmpty && !isFull) {
      open.append(transcript)
      return bring(open.count - 1)
    }
    let quiet = open.indices.filter { !open[$0].isRunning && !open[$0].isUnread }
    let candidates = [empty, quiet, Array(open.indices)].first { !$0.isEmpty } ?? []
    let idle = candidates.min { (seen[open[$0].id] ?? 0) < (seen[open[$1].id] ?? 0) } ?? 0
    seen.removeValue(forKey: open[idle].id)
    open[idle] = transcript
    bring(idle)
  }

  /// The places of the tabs in sight: the front one always among them.
  var visible: Range<Int> {
    let count = min(AppLimits.tabsShown, open.count)
    let first = min(max(0, front - count / 2), open.count - count)
    return first..<(first + count)
  }

  mutating func bring(_ index: Int) {
    guard open.indices.contains(index) else { return }
    front = index
    open[index].isUnread = false
    turn += 1
    seen[open[index].id] = turn
  }

  mutating func close(_ id: ConversationID) {
    guard let index = open.firstIndex(where: { $0.id == id }) else { return }
    open.remove(at: index)
    seen.removeValue(forKey: id)
    if front > index || front >= open.count { front = max(0, front - 1) }
    if !open.isEmpty { bring(front) }
  }

  mutating func closeAll() {
    open.removeAll()
    seen.removeAll()
    front = 0
  }

  /// Changes an open conversation; one in the background is marked as unread where `isNews`.
  mutating func change(_ id: ConversationID, isNews: Bool = false, _ body: (inout Transcript) -> Void) {
    guard let index = open.firstIndex(where: { $0.id == id }) else { return }
    body(&open[index])
    if isNews, index != front { open[index].isUnread = true }
  }

  /// True where a conversation has messages whose lines do not fit the screen.
  var hasUnwrapped: Bool { open.contains { $0.hasUnwrapped } }

  mutating func changeAll(_ body: (inout Transcript) -> Void) {
    for index in open.indices { body(&open[index]) }
  }
}
