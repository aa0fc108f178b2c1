import Foundation
import JarvisAPI
import JarvisTerminal

/// Scrolling and selecting, in whatever the centre shows.
extension AppState {
  /// Rows of the content in the centre.
  func contentHeight(now: Date) -> Int { Arrangement(self, now: now).centre.content.height }

  mutating func scrollContent(by rows: Int, now: Date) {
    if focus == .card { return scrollCard(by: rows, now: now) }
    if shownView == .chat {
      let height = contentHeight(now: now)
      let typesetter = typesetter
      guard let id = conversation else { return }
      tabs.change(id) { $0.scroll(by: rows, height: height, typesetter: typesetter, now: now) }
    } else if let content = ListContent(shownView, state: self, now: now) {
      lists[shownView, default: ListState()].move(rows, in: content.ids)
    }
  }

  /// Moves a screenful, less the line that shows where one was: of the card while it has the focus.
  mutating func page(_ direction: Int, now: Date) {
    let rows = focus == .card ? CardView.window(self, Arrangement(self, now: now)).rows : contentHeight(now: now)
    scrollContent(by: direction * max(1, rows - 1), now: now)
  }

  mutating func scrollCard(by rows: Int, now: Date) {
    let window = CardView.window(self, Arrangement(self, now: now))
    // From what is in sight, and not beyond the end: else keys pressed there would have to be undone first.
    desk.scroll = min(max(0, window.first + rows), window.first + window.below)
    if desk.scroll >= window.first + window.below { desk.wasReadToEnd = true }
  }

  /// Lines of the card below its edge, of which nobody has seen the end yet; 0 where consent may be given.
  func cardLinesUnread(now: Date) -> Int {
    desk.wasReadToEnd ? 0 : CardView.window(self, Arrangement(self, now: now)).below
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
