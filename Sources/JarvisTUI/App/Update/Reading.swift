import Foundation
import JarvisAPI
import JarvisTerminal

/// Scrolling and selecting, in whatever the centre shows.
extension AppState {
  /// Rows of the content in the centre.
  func contentHeight(now: Date) -> Int { Arrangement(self, now: now).centre.content.height }

  mutating func scrollContent(by rows: Int, now: Date) {
    if focus == .card { return scrollCard(by: rows) }
    if shownView == .chat {
      let height = contentHeight(now: now)
      let typesetter = typesetter
      guard let id = conversation else { return }
      tabs.change(id) { $0.scroll(by: rows, height: height, typesetter: typesetter, now: now) }
    } else if let content = ListContent(shownView, state: self, now: now) {
      lists[shownView, default: ListState()].move(rows, in: content.ids)
    }
  }

  mutating func scrollCard(by rows: Int) {
    // The window holds the upper end to what there is.
    desk.scroll = min(max(0, desk.scroll + rows), AppLimits.cardLinesKept)
  }

  /// Lines of the focused card that have not come into sight yet.
  func cardLinesBelow(now: Date) -> Int {
    let arrangement = Arrangement(self, now: now)
    return CardView.window(self, arrangement).below
  }

  mutating func move(_ action: Action, now: Date) {
    let end = AppLimits.linesKept * 2
    switch action {
    case .moveUp: scrollContent(by: -1, now: now)
    case .moveDown: scrollContent(by: 1, now: now)
    case .moveToTop: scrollContent(by: -end, now: now)
    case .moveToBottom: scrollContent(by: end, now: now)
    default: break
    }
  }

  /// Asks about the selected row: a typed command that only reads is sent at once and leaves a draft alone; a question to
  /// a model costs money, so it goes into an empty input line and waits for Enter there.
  mutating func askAboutSelected(now: Date, effects: inout [Effect]) {
    guard let content = ListContent(shownView, state: self, now: now),
      let index = lists[shownView, default: ListState()].index(in: content.ids)
    else { return }
    let question = content.row(index).question
    if question.hasPrefix("/") {
      let line = String(question.dropFirst())
      let name = line.prefix { $0 != " " }
      guard mirror.typedCommands.contains(where: { $0.name == name && $0.tier == .green }) else {
        return say("this engine has no command /\(name)", .warning, now: now)
      }
      return run(.typed(line), now: now, effects: &effects)
    }
    guard input.isEmpty else { return say("the input line holds a draft: send or clear it first", .warning, now: now) }
    input.replace(with: question)
    focus = .input
  }
}
