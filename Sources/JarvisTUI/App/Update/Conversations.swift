import Foundation
import JarvisAPI

/// Actions on conversations and the words behind `:`.
extension AppState {
  mutating func performConversation(_ action: Action, now: Date, effects: inout [Effect]) {
    switch action {
    case .newConversation:
      focus = .input
      _ = perform(.newConversation, .newConversation, now: now, effects: &effects)
    case .tab(let index):
      guard tabs.open.indices.contains(index) else {
        return say("tab \(index + 1) is empty; Ctrl-N begins a conversation", now: now)
      }
      tabs.bring(index)
      view = .chat
      focus = .input
    case .closeTab:
      guard let id = conversation, tabs.open.count > 1 else { return say("the last tab stays", now: now) }
      tabs.close(id)
    case .deleteConversation:
      guard let current = tabs.current else { return }
      if case .question(let question)? = overlays.last, question.yes == .action(action) {
        overlays.removeLast()
        _ = perform(.deleteConversation(current.id), .change, now: now, effects: &effects)
      } else {
        let title = current.title.isEmpty ? "this conversation" : "\"\(current.title)\""
        open(.question(Question(text: "Delete \(title) for good?", yes: .action(action))))
      }
    case .stop:
      guard let id = conversation, tabs.current?.isRunning == true else { return say("no answer is running", now: now) }
      _ = perform(.stop(id), .stop, now: now, effects: &effects)
    default: break
    }
  }

  /// Brings a kept conversation to the screen.
  mutating func openConversation(_ id: ConversationID, now: Date, effects: inout [Effect]) {
    if let index = tabs.open.firstIndex(where: { $0.id == id }) {
      tabs.bring(index)
      view = .chat
    } else {
      _ = perform(.openConversation(id), .open(id), now: now, effects: &effects)
    }
  }

  /// Carries out a line behind `:`.
  mutating func run(_ word: CommandWord, now: Date, effects: inout [Effect]) {
    switch word {
    case .action(let action): perform(action, now: now, effects: &effects)
    case .focusCard(let id): focusCard(id, now: now)
    case .theme(let name): effects.append(.setTheme(name))
    case .rename(let title):
      guard let id = conversation else { return }
      _ = perform(.renameConversation(id, title: title), .change, now: now, effects: &effects)
    case .open(let words):
      guard let found = mirror.conversations.first(where: { $0.title.lowercased().contains(words.lowercased()) }) else {
        return say("no conversation is called like that; ^K lists them", .warning, now: now)
      }
      openConversation(found.id, now: now, effects: &effects)
    case .typed(let line):
      guard let id = conversation else { return }
      if perform(.typed(line: line, conversation: id), .message, now: now, effects: &effects) {
        view = .chat
        focus = .input
        tabs.current?.follow()
      }
    case .freeze(let line):
      if mirror.freeze == nil { open(.freeze(line)) } else { say("frozen already; :unfreeze lifts it", now: now) }
    case .again(let id): _ = perform(.proposeAgain(id), .change, now: now, effects: &effects)
    case .revoke(let id): _ = perform(.revokeAllowance(id), .change, now: now, effects: &effects)
    case .shell(let node): openShell(on: node, now: now, effects: &effects)
    case .maintain(let target, let seconds, let reason):
      let command = Command.maintain(target: target, until: now.addingTimeInterval(seconds), reason: reason)
      _ = perform(command, .change, now: now, effects: &effects)
    case .endMaintenance(let target):
      _ = perform(.endMaintenance(target: target), .change, now: now, effects: &effects)
    case .wrong(let text): say(text, .warning, now: now)
    }
  }

  /// Gives a card the focus; decides nothing.
  mutating func focusCard(_ id: ApprovalID?, now: Date) {
    guard let id = id ?? desk.waiting.first?.id else { return say("nothing waits for approval", now: now) }
    guard desk.show(id, now: now) else { return say("approval \(id.rawValue) is not waiting", .warning, now: now) }
    settleCard(now: now)
    if desk.current?.id == id, desk.takesFocus(now: now) { focus = .card }
  }
}
