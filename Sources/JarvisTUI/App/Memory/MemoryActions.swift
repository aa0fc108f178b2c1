import Foundation
import JarvisAPI
import JarvisTerminal

/// What the keys of the memory view and of the list of conversations do.
extension AppState {
  mutating func performMemory(_ action: Action, now: Date, effects: inout [Effect]) {
    switch action {
    case .showGiven:
      guard let answer = answerInSight else { return say("there is no answer yet", now: now) }
      ask(.given(answer.id), now: now, effects: &effects)
    case .findMemory:
      let purpose: MemoryField.Purpose = shownView == .conversations ? .findConversations : .findItems
      open(.memoryField(MemoryField(purpose: purpose, text: "")))
    case .editMemory:
      guard let item = selectedMemory(now: now) else { return }
      open(.memoryField(MemoryField(purpose: .edit(item.id), text: item.text.sanitisedLine)))
    case .pinMemory:
      guard let item = selectedMemory(now: now) else { return }
      ask(.pin(item.id, !item.pinned), now: now, effects: &effects)
    case .forgetMemory: forgetSelected(now: now)
    default: break
    }
  }

  /// Asks the engine for what a view shows; nothing for views that need nothing.
  mutating func load(_ view: CentreView, now: Date, effects: inout [Effect]) {
    switch view {
    case .memory: ask(.items(about: memory.page?.about ?? ""), now: now, effects: &effects)
    case .conversations: ask(.conversations(about: memory.conversations?.about ?? ""), now: now, effects: &effects)
    default: break
    }
  }

  /// Opens the selected row; false where the view is neither of the two.
  mutating func openMemoryRow(now: Date, effects: inout [Effect]) -> Bool {
    switch shownView {
    case .memory:
      if let item = selectedMemory(now: now) { open(.memoryItem(item)) }
    case .conversations:
      if let entry = selectedConversation(now: now) { openConversation(entry.id, now: now, effects: &effects) }
    default: return false
    }
    return true
  }

  mutating func take(_ answer: MemoryAnswer) {
    memory.take(answer)
    switch answer {
    case .given(let given): open(.given(given))
    case .items(let page):
      // What an open page shows has changed, or gone.
      overlays = overlays.compactMap { overlay in
        guard case .memoryItem(let item) = overlay else { return overlay }
        return page.items.first { $0.id == item.id }.map { .memoryItem($0) }
      }
    case .conversations: break
    }
  }

  mutating func pressMemoryField(_ key: Key, _ field: MemoryField, now: Date, effects: inout [Effect]) {
    switch Self.fieldEdit(key) {
    case .enter:
      overlays.removeLast()
      if let command = field.command { _ = perform(command, .memory, now: now, effects: &effects) }
    case let edit?:
      var field = field
      field.text = edit.applied(to: field.text, limit: AppLimits.memoryCharacters)
      overlays[overlays.count - 1] = .memoryField(field)
    case nil: break
    }
  }

  /// Keys of a memory that is open in full.
  mutating func pressMemoryItem(_ key: Key, _ item: MemoryItem, now: Date, effects: inout [Effect]) {
    switch key.normalised {
    case .plain("e"): open(.memoryField(MemoryField(purpose: .edit(item.id), text: item.text.sanitisedLine)))
    case .plain("p"): ask(.pin(item.id, !item.pinned), now: now, effects: &effects)
    case .plain("x"), Key(.delete): open(forgetting(item))
    case Key(.enter): overlays.removeLast()
    default: break
    }
  }

  private mutating func forgetSelected(now: Date) {
    if shownView == .conversations {
      guard let entry = selectedConversation(now: now) else { return }
      let title = entry.info.title.isEmpty ? "this conversation" : "\"\(entry.info.title)\""
      return open(
        .question(Question(text: "Delete \(title) for good?", yes: .command(.deleteConversation(entry.id)))))
    }
    if let item = selectedMemory(now: now) { open(forgetting(item)) }
  }

  private func forgetting(_ item: MemoryItem) -> Overlay {
    let words = TextFit.truncate(item.text.sanitisedLine, to: 40, ellipsis: glyphs.ellipsis)
    return .question(
      Question(text: "Forget \"\(words)\" and what came of it?", yes: .command(.memory(.forget(item.id)))))
  }

  private mutating func ask(_ request: MemoryRequest, now: Date, effects: inout [Effect]) {
    _ = perform(.memory(request), .memory, now: now, effects: &effects)
  }

  private func selectedMemory(now: Date) -> MemoryItem? {
    guard let id = selectedRow(now: now) else { return nil }
    return memory.page?.items.first { $0.id.rawValue == id }
  }

  private func selectedConversation(now: Date) -> ConversationPage.Entry? {
    guard let id = selectedRow(now: now) else { return nil }
    return memory.conversations?.entries.first { $0.id.rawValue == id }
  }

  private func selectedRow(now: Date) -> String? {
    guard let content = ListContent(shownView, state: self, now: now),
      let index = (lists[shownView] ?? ListState()).index(in: content.ids)
    else { return nil }
    return content.ids[index]
  }

  /// The answer that the person looks at: the first in sight further up, else the last.
  private var answerInSight: ChatMessage? {
    guard let transcript = tabs.current else { return nil }
    if case .reading(let block, _) = transcript.place,
      let answer = transcript.messages.dropFirst(block).first(where: { $0.role == .assistant })
    {
      return answer
    }
    return transcript.lastAnswer
  }
}
