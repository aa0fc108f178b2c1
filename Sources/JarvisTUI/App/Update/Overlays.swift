import Foundation
import JarvisAPI
import JarvisTerminal

/// Keys while a layer is open: the topmost takes them all.
extension AppState {
  mutating func pressOverlay(_ key: Key, now: Date, effects: inout [Effect]) {
    let action = keys.action(for: key, in: [.everywhere])
    if action == .back, backInAudit() { return }
    if let action, action.worksUnseen || action == .back || action == .toggleMouse {
      return perform(action, now: now, effects: &effects)
    }
    guard let overlay = overlays.last else { return }
    // Whoever sees something go wrong stops it from wherever they are.
    if action == .freeze {
      if !overlay.isAboutFreeze { perform(.freeze, now: now, effects: &effects) }
      return
    }
    switch overlay {
    case .help(let scroll): pressHelp(key, scroll: scroll)
    case .palette(let palette): pressPalette(key, palette, now: now, effects: &effects)
    case .command(let line): pressCommand(key, line, now: now, effects: &effects)
    case .question(let question):
      if key.typed == "y" {
        answer(question.yes, now: now, effects: &effects)
      } else if key.typed == "n" || key.code == .enter {
        overlays.removeLast()
      }
    case .freeze(let line): pressFreeze(key, line, now: now, effects: &effects)
    case .safety(let selected): pressSafety(key, selected, now: now, effects: &effects)
    case .trust(let question): pressTrust(key, question, now: now, effects: &effects)
    case .memoryItem(let item): pressMemoryItem(key, item, now: now, effects: &effects)
    case .given: if key.code == .enter { overlays.removeLast() }
    case .memoryField(let field): pressMemoryField(key, field, now: now, effects: &effects)
    case .decision(let answer): pressDecision(key, answer, now: now, effects: &effects)
    case .audit(let browser): pressAudit(key, browser, now: now, effects: &effects)
    }
  }

  private mutating func pressFreeze(_ key: Key, _ line: String, now: Date, effects: inout [Effect]) {
    switch Self.fieldEdit(key) {
    case .enter:
      overlays.removeLast()
      freeze(line, now: now, effects: &effects)
    case let edit?: replaceTop(.freeze(edit.applied(to: line)))
    case nil: break
    }
  }

  private mutating func pressSafety(_ key: Key, _ selected: Int, now: Date, effects: inout [Effect]) {
    let last = max(0, mirror.allowances.count - 1)
    switch key.normalised {
    case Key(.up), .plain("k"): replaceTop(.safety(selected: max(0, min(selected, last) - 1)))
    case Key(.down), .plain("j"): replaceTop(.safety(selected: min(last, selected + 1)))
    case .plain("x"), Key(.delete): revoke(at: min(selected, last), now: now, effects: &effects)
    default: break
    }
  }

  /// A first key is trusted by `y`; one that takes the place of another by `Y`. Anything but that or `n` decides nothing.
  private mutating func pressTrust(_ key: Key, _ question: TrustQuestion, now: Date, effects: inout [Effect]) {
    let yes: Character = question.kind == .firstContact ? "y" : "Y"
    guard let typed = key.typed, typed == yes || typed == "n" else {
      if key.typed == "y" { say("another key than before is trusted with capital Y", .warning, now: now) }
      return
    }
    if let why = mirror.whyUndecidable, typed == yes {
      return say("\(why): trust is given elsewhere", .warning, now: now)
    }
    overlays.removeLast()
    if let command = typed == yes ? question.accept : question.refuse {
      _ = perform(command, .change, now: now, effects: &effects)
    }
  }

  private mutating func pressHelp(_ key: Key, scroll: Int) {
    let page = max(1, size.rows / 2)
    switch key.normalised {
    case Key(.up), .plain("k"): replaceTop(.help(scroll: max(0, scroll - 1)))
    case Key(.down), .plain("j"): replaceTop(.help(scroll: min(HelpText.lineLimit, scroll + 1)))
    case Key(.pageUp): replaceTop(.help(scroll: max(0, scroll - page)))
    case Key(.pageDown), .plain(" "): replaceTop(.help(scroll: min(HelpText.lineLimit, scroll + page)))
    default: overlays.removeLast()
    }
  }

  private mutating func pressPalette(_ key: Key, _ old: Palette, now: Date, effects: inout [Effect]) {
    var palette = old
    let count = palette.lines(self).count
    switch key.normalised {
    case Key(.up), .control("p"): palette.selected = max(0, palette.selected - 1)
    case Key(.down), .control("n"), Key(.tab): palette.selected = min(max(0, count - 1), palette.selected + 1)
    case Key(.enter):
      overlays.removeLast()
      let lines = old.lines(self)
      guard lines.indices.contains(old.selected) else { return }
      return choose(lines[old.selected].choice, now: now, effects: &effects)
    default:
      guard let edit = Self.fieldEdit(key) else { return }
      palette.filter = edit.applied(to: palette.filter, limit: AppLimits.filterCharacters)
      palette.selected = 0
    }
    replaceTop(.palette(palette))
  }

  private mutating func choose(_ choice: Palette.Choice, now: Date, effects: inout [Effect]) {
    switch choice {
    case .action(let action): perform(action, now: now, effects: &effects)
    case .type(let text):
      input.replace(with: text)
      focus = .input
    case .open(let id): openConversation(id, now: now, effects: &effects)
    }
  }

  private mutating func pressCommand(_ key: Key, _ line: String, now: Date, effects: inout [Effect]) {
    switch Self.fieldEdit(key) {
    case .enter:
      overlays.removeLast()
      if !line.trimmed.isEmpty {
        run(CommandWord(parsing: line, keys: keys, typed: mirror.typedCommands), now: now, effects: &effects)
      }
    // Deleting the colon itself closes the line, as in vi.
    case .backspace where line.isEmpty: overlays.removeLast()
    case let edit?: replaceTop(.command(edit.applied(to: line, limit: AppLimits.commandCharacters)))
    case nil: break
    }
  }

  private mutating func replaceTop(_ overlay: Overlay) { overlays[overlays.count - 1] = overlay }
}

extension Overlay {
  /// Asks already what F9 would ask.
  fileprivate var isAboutFreeze: Bool {
    switch self {
    case .freeze: true
    case .question(let question): question.yes == .command(.unfreeze)
    default: false
    }
  }
}
