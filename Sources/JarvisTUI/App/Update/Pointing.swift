import Foundation
import JarvisAPI
import JarvisTerminal

/// The mouse: a click focuses what it hits, the wheel scrolls what it is over. It never decides anything.
extension AppState {
  /// Lines a notch of the wheel scrolls.
  private static let wheelLines = 3

  mutating func point(_ mouse: Mouse, now: Date, effects: inout [Effect]) {
    guard layout.shape != .tooSmall else { return }
    switch mouse.kind {
    case .wheelUp, .wheelDown: wheel(mouse.kind == .wheelUp ? -Self.wheelLines : Self.wheelLines, mouse, now: now)
    case .press: click(mouse, now: now, effects: &effects)
    case .release, .drag: break
    }
  }

  private mutating func wheel(_ lines: Int, _ mouse: Mouse, now: Date) {
    if case .help(let scroll)? = overlays.last {
      overlays[overlays.count - 1] = .help(scroll: min(HelpText.lineLimit, max(0, scroll + lines)))
      return
    }
    guard overlays.isEmpty else { return }
    let centre = Arrangement(self, now: now).centre
    if centre.card.contains(x: mouse.x, y: mouse.y) {
      scrollCard(by: lines, now: now)
    } else if centre.frame.contains(x: mouse.x, y: mouse.y) {
      let focus = focus
      if focus == .card { self.focus = .input }
      scrollContent(by: lines, now: now)
      self.focus = focus
    }
  }

  private mutating func click(_ mouse: Mouse, now: Date, effects: inout [Effect]) {
    boot.end()
    guard overlays.isEmpty else {
      overlays.removeLast()
      return
    }
    let arrangement = Arrangement(self, now: now)
    let centre = arrangement.centre
    if centre.input.contains(x: mouse.x, y: mouse.y) {
      desk.blur()
      focus = .input
    } else if centre.card.contains(x: mouse.x, y: mouse.y) {
      if desk.takesFocus(now: now) { focus = .card }
    } else if centre.content.contains(x: mouse.x, y: mouse.y) {
      clickContent(mouse, centre.content, now: now)
    } else if mouse.y == centre.frame.y, centre.frame.contains(x: mouse.x, y: mouse.y) {
      clickTab(mouse, centre.frame, now: now, effects: &effects)
    } else if let tab = StatusView.tabs(self, in: arrangement.layout.status).first(where: {
      $0.rect.contains(x: mouse.x, y: mouse.y)
    }) {
      show(tab.view, now: now)
      load(tab.view, now: now, effects: &effects)
    } else if let panel = arrangement.panels.first(where: { $0.rect.contains(x: mouse.x, y: mouse.y) }) {
      click(panel, mouse, now: now)
    }
  }

  private mutating func clickContent(_ mouse: Mouse, _ rect: Rect, now: Date) {
    desk.blur()
    focus = .content
    let view = shownView
    guard let content = ListContent(view, state: self, now: now) else { return }
    let rows = rect.height - ListView.headRows - 1
    let (first, visible) = ListView.window(content, lists[view] ?? ListState(), rows: rows)
    let row = mouse.y - rect.y - ListView.headRows - 1
    if row >= 0, row < visible.count { lists[view, default: ListState()].select(first + row, in: content.ids) }
  }

  private mutating func clickTab(_ mouse: Mouse, _ frame: Rect, now: Date, effects: inout [Effect]) {
    var scratch = Canvas(size: size)
    let places = scratch.drawFrame(
      frame, tabs: CentreViewPainter.tabs(self), glyphs: glyphs, style: FrameStyle(theme)
    ).tabs
    guard let hit = places.first(where: { $0.rect.contains(x: mouse.x, y: mouse.y) }) else { return }
    let index = tabs.visible.lowerBound + hit.index
    perform(tabs.open.indices.contains(index) ? .tab(index) : .newConversation, now: now, effects: &effects)
  }

  private mutating func click(_ panel: PlacedPanel, _ mouse: Mouse, now: Date) {
    switch panel.kind {
    case .guests: show(.guests, now: now)
    case .cpu, .memory, .ring: show(.nodes, now: now)
    case .storage: show(.storage, now: now)
    case .events, .trouble: show(.events, now: now)
    case .approvals:
      let waiting = desk.waiting.filter { !$0.isExpired(now) }
      let row = mouse.y - panel.rect.y - 1
      if waiting.indices.contains(row) { focusCard(waiting[row].id, now: now) }
    case .clock, .cost, .traffic: break
    }
  }
}
