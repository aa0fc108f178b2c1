import Foundation
import JarvisAPI
import JarvisTerminal

/// What each action does.
extension AppState {
  mutating func perform(_ action: Action, now: Date, effects: inout [Effect]) {
    switch action {
    case .quit: effects.append(.quit)
    case .interruptOrQuit: interruptOrQuit(now: now, effects: &effects)
    case .redraw: effects.append(.redraw)
    case .suspend: effects.append(.suspend)
    case .toggleMouse:
      isMouseTaken.toggle()
      say(isMouseTaken ? "the mouse works here again" : "the mouse is the terminal's: select as usual", now: now)
      effects.append(.setMouse(isMouseTaken))
    case .help: open(.help(scroll: 0))
    case .palette: open(.palette(Palette()))
    case .commandLine: open(.command(""))
    case .back: back(now: now, effects: &effects)
    case .cycleFocus: cycleFocus(now: now)
    case .show(let view):
      show(view, now: now)
      load(view, now: now, effects: &effects)
    case .refresh where shownView == .memory || shownView == .conversations:
      load(shownView, now: now, effects: &effects)
    case .refresh: _ = perform(.refresh, .change, now: now, effects: &effects)
    case .pageUp: page(-1, now: now)
    case .pageDown: page(1, now: now)
    case .copyAnswer: copyAnswer(now: now, effects: &effects)
    case .newConversation, .closeTab, .tab, .deleteConversation, .stop:
      performConversation(action, now: now, effects: &effects)
    case .decision, .askAgain: performRouting(action, now: now, effects: &effects)
    case .send: send(now: now, effects: &effects)
    case .newline, .deleteBackward, .deleteForward, .deleteWord, .deleteToLineStart, .deleteToLineEnd, .cursorLeft,
      .cursorRight, .cursorUp, .cursorDown, .cursorLineStart, .cursorLineEnd:
      edit(action)
    case .moveUp, .moveDown, .moveToTop, .moveToBottom: move(action, now: now)
    case .filter: lists[shownView, default: ListState()].isFiltering = true
    case .openSelected where openMemoryRow(now: now, effects: &effects): break
    case .openSelected: askAboutSelected(now: now, effects: &effects)
    case .approve: choose(.yes, now: now, effects: &effects)
    case .approveCapital: choose(.capitalYes, now: now, effects: &effects)
    case .refuse: choose(.refuse, now: now, effects: &effects)
    case .allow: choose(.allow, now: now, effects: &effects)
    case .snapshotFirst: choose(.snapshot, now: now, effects: &effects)
    case .proposeAgain: choose(.again, now: now, effects: &effects)
    case .freeze, .unfreeze, .safety, .audit, .openShell: performSafety(action, now: now, effects: &effects)
    case .showGiven, .findMemory, .editMemory, .pinMemory, .forgetMemory:
      performMemory(action, now: now, effects: &effects)
    }
  }

  private mutating func choose(_ choice: CardChoice, now: Date, effects: inout [Effect]) {
    guard focus == .card, overlays.isEmpty else { return }
    // Consent is to all of the card: what lies below its edge is read first.
    if choice.isConsent, cardLinesUnread(now: now) > 0 {
      return say("read the rest of the card first: Down, PgDn", .warning, now: now)
    }
    // What the card says of itself from here on may push lines down that were in sight.
    if choice.isConsent { desk.wasReadToEnd = true }
    if choice.isConsent, mirror.freeze != nil {
      return say("everything is frozen: F9 lifts that first; the card waits", .warning, now: now)
    }
    settle(desk.choose(choice, now: now, mayDecide: mirror.whyUndecidable), now: now, effects: &effects)
  }

  mutating func open(_ overlay: Overlay) {
    desk.blur()
    overlays.append(overlay)
    if overlays.count > AppLimits.overlays { overlays.removeFirst() }
  }

  mutating func show(_ view: CentreView, now: Date) {
    guard has(view) else { return say("\(view.rawValue) is on the screen already", now: now) }
    self.view = view
    overlays.removeAll()
    desk.blur()
    if view.isList, lists[view] == nil { lists[view] = ListState() }
    focus = view.isList ? .content : .input
  }

  // MARK: Leaving

  /// Closes the topmost of what is open; with nothing open, stops the running answer.
  private mutating func back(now: Date, effects: inout [Effect]) {
    if !overlays.isEmpty {
      overlays.removeLast()
    } else if focus == .card, desk.mode == .allowing {
      desk.blur()
    } else if focus == .card {
      desk.blur()
      focus = .input
    } else if focus == .content, shownView.isList, lists[shownView]?.filter.isEmpty == false {
      lists[shownView]?.clearFilter()
    } else if focus == .content {
      focus = .input
    } else if shownView != .chat {
      view = .chat
    } else if tabs.current?.isRunning == true {
      performConversation(.stop, now: now, effects: &effects)
    } else if desk.dismissReceipt(now: now) {
      return
    } else {
      tabs.current?.follow()
    }
  }

  /// Ctrl-C: never by surprise. First it clears, then it says how to quit, then it quits.
  private mutating func interruptOrQuit(now: Date, effects: inout [Effect]) {
    if let armed = quitArmedAt, now.timeIntervalSince(armed) < AppLimits.quitSeconds {
      return effects.append(.quit)
    }
    quitArmedAt = now
    if !input.isEmpty {
      input.clear()
      say("input cleared; Ctrl-C once more quits", now: now)
    } else {
      say("Ctrl-C once more, Ctrl-Q or :quit quits; Esc stops a running answer", now: now)
    }
  }

  // MARK: Focus

  /// Input line, card, content, and around. In a line that begins with `/`, Tab completes as long as it can.
  private mutating func cycleFocus(now: Date) {
    if focus == .input, let completed = Completion(self).completed {
      input.replace(with: completed)
      return
    }
    desk.blur()
    switch focus {
    case .input: focus = desk.takesFocus(now: now) ? .card : .content
    case .card: focus = .content
    case .content: focus = .input
    }
  }

  // MARK: Input line

  private mutating func edit(_ action: Action) {
    switch action {
    case .newline: input.insert("\n")
    case .deleteBackward: input.backspace()
    case .deleteForward: input.deleteForward()
    case .deleteWord: input.deleteWord()
    case .deleteToLineStart: input.deleteToLineStart()
    case .deleteToLineEnd: input.deleteToLineEnd()
    case .cursorLeft: input.left()
    case .cursorRight: input.right()
    case .cursorUp: input.up()
    case .cursorDown: input.down()
    case .cursorLineStart: input.toLineStart()
    case .cursorLineEnd: input.toLineEnd()
    default: break
    }
  }

  private mutating func send(now: Date, effects: inout [Effect]) {
    let text = input.text.trimmed
    guard !text.isEmpty else { return }
    guard let id = conversation else {
      return say("the engine is still starting; your text stays here", .warning, now: now)
    }
    let command: Command =
      text.hasPrefix("/")
      ? .typed(line: String(text.dropFirst()).trimmed, conversation: id) : .send(text: text, conversation: id)
    guard perform(command, .message, now: now, effects: &effects) else { return }
    _ = input.submit()
    desk.endReceipts(now: now)
    view = .chat
    tabs.current?.follow()
  }

  private mutating func copyAnswer(now: Date, effects: inout [Effect]) {
    guard let answer = tabs.current?.lastAnswer else {
      return say("there is no answer to copy yet", .warning, now: now)
    }
    let text = String(answer.text.prefix(AppLimits.copyCharacters))
    if text.utf8.count < answer.text.utf8.count {
      say("copied in part: the first \(Format.count(text.count)) characters", .warning, now: now)
    }
    effects.append(.copy(text))
  }
}
