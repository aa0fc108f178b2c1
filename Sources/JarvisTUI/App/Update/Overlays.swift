import Foundation
import JarvisAPI
import JarvisTerminal

/// Keys while a layer is open: the topmost takes them all.
extension AppState {
  mutating func pressOverlay(_ key: Key, now: Date, effects: inout [Effect]) {
    let action = keys.action(for: key, in: [.everywhere])
    if let action, action.worksUnseen || action == .back || action == .toggleMouse {
      return perform(action, now: now, effects: &effects)
    }
    guard let overlay = overlays.last else { return }
    switch overlay {
    case .help(let scroll): pressHelp(key, scroll: scroll)
    case .palette(let palette): pressPalette(key, palette, now: now, effects: &effects)
    case .command(let line): pressCommand(key, line, now: now, effects: &effects)
    case .question(let question):
      if key.typed == "y" {
        perform(question.yes, now: now, effects: &effects)
      } else if key.typed == "n" || key.code == .enter {
        overlays.removeLast()
      }
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
