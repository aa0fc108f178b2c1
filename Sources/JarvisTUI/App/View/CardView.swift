import Foundation
import JarvisAPI
import JarvisTerminal

/// The approval card, docked above the input line.
enum CardView {
  /// Rows of the body in sight, and how many of its lines lie below them.
  static func window(_ state: AppState, _ arrangement: Arrangement) -> (first: Int, rows: Int, below: Int) {
    let lines = arrangement.cardText?.lines.count ?? 0
    let rows = max(0, arrangement.centre.card.height - 2 - (arrangement.cardText?.keyLines.count ?? 0))
    let first = min(state.desk.scroll, max(0, lines - rows))
    return (first, rows, max(0, lines - first - rows))
  }

  static func draw(_ state: AppState, _ arrangement: Arrangement, _ brush: inout Brush) {
    let rect = arrangement.centre.card
    guard let text = arrangement.cardText, rect.height > 2 else { return }
    let isFocused = state.focus == .card
    let scope = brush.style(text.scope)
    let inside = brush.canvas.drawCard(
      rect, title: text.title, remark: text.remark, glyphs: brush.glyphs,
      line: isFocused ? scope : brush.style("approval.frame"), title: scope)
    let (first, rows, below) = window(state, arrangement)
    for (index, line) in text.lines.dropFirst(first).prefix(rows).enumerated() {
      brush.canvas.put(line, x: inside.x, y: inside.y + index, width: inside.width)
    }
    if below > 0 {
      let row = Rect(x: rect.x + 2, y: rect.maxY - 1, width: rect.width - 4, height: 1)
      // Stays for as long as it is true: a remark in the footer goes after some seconds.
      let mustRead = isFocused && state.desk.current?.state == .pending && !state.desk.wasReadToEnd
      brush.trailing(
        " \(brush.glyphs.down) \(below) more" + (mustRead ? " to read first: PgDn " : " "), in: row, text.scope
      )
    }
    for (index, line) in text.keyLines.enumerated() {
      let y = rect.maxY - 1 - text.keyLines.count + index
      brush.canvas.put(
        line.truncated(to: inside.width, ellipsis: brush.glyphs.ellipsis), x: inside.x, y: y, width: inside.width)
      if isFocused, let cursor = text.cursor, state.overlays.isEmpty { brush.canvas.cursor = (inside.x + cursor, y) }
    }
  }
}
