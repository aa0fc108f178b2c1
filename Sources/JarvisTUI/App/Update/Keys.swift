import Foundation
import JarvisAPI
import JarvisTerminal

/// What the terminal tells, and to whom it goes: the topmost layer first, then whatever has the focus.
extension AppState {
  mutating func take(_ input: Input, now: Date, effects: inout [Effect]) {
    switch input {
    case .resize(let size): resize(to: size, now: now)
    case .focus: break
    case .key(let key): press(key, now: now, effects: &effects)
    case .paste(let text): paste(text, now: now)
    case .mouse(let mouse): point(mouse, now: now, effects: &effects)
    }
  }

  private mutating func press(_ key: Key, now: Date, effects: inout [Effect]) {
    if key.normalised != .control("c") { quitArmedAt = nil }
    guard layout.shape != .tooSmall else {
      // Nobody decides, types or sends what they cannot see; leaving stays possible.
      if let action = keys.action(for: key, in: [.everywhere]), action.worksUnseen {
        perform(action, now: now, effects: &effects)
      }
      return
    }
    if boot.isShowing {
      boot.end()
      // The key that skips the boot text is not lost where it types or acts.
    }
    if !overlays.isEmpty { return pressOverlay(key, now: now, effects: &effects) }
    switch focus {
    case .card where desk.isTyping: pressCardField(key, now: now, effects: &effects)
    case .content where lists[shownView]?.isFiltering == true: pressFilter(key, now: now, effects: &effects)
    default: pressFocused(key, now: now, effects: &effects)
    }
  }

  private mutating func pressFocused(_ key: Key, now: Date, effects: inout [Effect]) {
    if focus == .input, let opened = Self.openers[key.normalised], input.isEmpty {
      return perform(opened, now: now, effects: &effects)
    }
    if let action = keys.action(for: key, in: contexts) {
      return perform(action, now: now, effects: &effects)
    }
    guard let character = key.typed else { return }
    // In the chat whoever types means the input line, wherever the focus was: no letter is lost.
    if focus == .content, !shownView.isList { focus = .input }
    if focus == .input { type(String(character), now: now) }
  }

  /// Keys that open a layer from an empty input line.
  private static let openers: [Key: Action] = [.plain(":"): .commandLine, .plain("?"): .help]

  /// The contexts that know keys now, innermost first.
  var contexts: [KeyContext] {
    switch focus {
    case .input: [.input, .everywhere]
    case .card: [.card, .everywhere]
    case .content: contentContexts + [.everywhere]
    }
  }

  private var contentContexts: [KeyContext] {
    switch shownView {
    case .memory: [.memory, .list]
    case .conversations: [.conversations, .list]
    default: [shownView.isList ? .list : .chat]
    }
  }

  // MARK: Text

  private mutating func type(_ text: String, now: Date) {
    if input.insert(text) > 0 {
      say("the input line is full (\(Format.count(AppLimits.inputCharacters)) characters)", .warning, now: now)
    }
  }

  /// A paste is text and nothing else: it triggers no binding and decides no card.
  private mutating func paste(_ text: String, now: Date) {
    guard layout.shape != .tooSmall else { return }
    boot.end()
    guard overlays.isEmpty, focus == .input else {
      return say("pasting goes into the input line only; Esc leads there", .warning, now: now)
    }
    let lost = input.insert(text)
    if lost > 0 {
      say(
        "pasted in part: \(Format.count(lost)) characters beyond the limit of "
          + "\(Format.count(AppLimits.inputCharacters)) were left out", .warning, now: now)
    }
  }

  // MARK: Fields

  /// What a key means in a one-line field; nil where it means nothing there.
  static func fieldEdit(_ key: Key) -> FieldEdit? {
    switch key.normalised {
    case Key(.enter): .enter
    case Key(.escape), .control("g"): .cancel
    case Key(.backspace), .control("h"): .backspace
    case .control("u"), .control("w"): .clear
    case let key: key.typed.map { .character($0) }
    }
  }

  private mutating func pressCardField(_ key: Key, now: Date, effects: inout [Effect]) {
    guard let edit = Self.fieldEdit(key) else {
      if let action = keys.action(for: key, in: [.everywhere]), action.worksInField {
        perform(action, now: now, effects: &effects)
      }
      return
    }
    if case .typing = desk.mode, mirror.freeze != nil {
      desk.blur()
      return say("everything is frozen: F9 lifts that first; the card waits", .warning, now: now)
    }
    settle(desk.edit(edit, now: now, mayDecide: mirror.whyUndecidable), now: now, effects: &effects)
  }

  private mutating func pressFilter(_ key: Key, now: Date, effects: inout [Effect]) {
    switch Self.fieldEdit(key) {
    case .enter: lists[shownView]?.isFiltering = false
    case .cancel: lists[shownView]?.clearFilter()
    case let edit?: lists[shownView]?.editFilter(edit)
    case nil:
      if let action = keys.action(for: key, in: contexts) { perform(action, now: now, effects: &effects) }
    }
  }

  /// Carries out what a key did to the card.
  mutating func settle(_ outcome: ApprovalDesk.Outcome, now: Date, effects: inout [Effect]) {
    switch outcome {
    case .ignored, .changed: break
    case .left: focus = .input
    case .again(let id):
      focus = .input
      if perform(.proposeAgain(id), .change, now: now, effects: &effects) {
        say("approval \(id.rawValue) is asked afresh", now: now)
      }
    case .said(let text): say(text, .warning, now: now)
    case .decided(let id, let decision):
      focus = .input
      if !perform(.decide(id, decision), .decision(id), now: now, effects: &effects) { desk.decisionFailed(id) }
    }
  }
}

extension Action {
  /// Works while a card's field is being typed into.
  var worksInField: Bool { worksUnseen || self == .cycleFocus || self == .freeze }

  /// Works where the screen is too small to show anything.
  var worksUnseen: Bool {
    switch self {
    case .quit, .interruptOrQuit, .suspend, .redraw, .stop: true
    default: false
    }
  }
}

extension CentreView {
  /// Rows that stand on a node: a shell can be opened there.
  var hasNodes: Bool { self == .guests || self == .nodes }

  /// Rows with a selection.
  var isList: Bool {
    switch self {
    case .guests, .nodes, .storage, .tasks, .events, .memory, .conversations: true
    case .chat, .system, .network: false
    }
  }
}
