import Foundation
import JarvisAPI
import JarvisTerminal

/// A list in the centre: filter, titles, rows with one selected.
enum ListView {
  /// Rows above the table: its title and filter.
  static let headRows = 1

  static func draw(_ view: CentreView, _ state: AppState, _ rect: Rect, _ now: Date, _ brush: inout Brush) {
    guard !rect.isEmpty, let content = ListContent(view, state: state, now: now) else { return }
    let list = state.lists[view] ?? ListState()
    let count = content.count == content.total ? "\(content.total)" : "\(content.count) of \(content.total)"
    var left = view.title + state.memory.subtitle(view)
    if !list.filter.isEmpty || list.isFiltering { left += "  / " + list.filter }
    if let complaint = content.complaint {
      brush.pair(left, "panel.title", brush.glyphs.warning + " " + complaint, "state.warning", in: rect.row(0))
    } else {
      brush.pair(left, "panel.title", count, "panel.meta", in: rect.row(0))
    }
    if list.isFiltering, state.overlays.isEmpty, state.focus == .content {
      brush.canvas.cursor = (min(rect.maxX - 1, rect.x + CellWidth.of(left)), rect.y)
    }
    let body = Rect(x: rect.x, y: rect.y + headRows, width: rect.width, height: rect.height - headRows)
    if content.count == 0 {
      let text =
        content.total == 0
        ? state.memory.emptyText(view) ?? Panels.nothing(state) : "nothing matches the filter; Esc clears it"
      return _ = brush.text(text, x: body.x, y: body.y, "text.dim", width: body.isEmpty ? 0 : body.width)
    }
    let (first, visible) = window(content, list, rows: body.height - 1)
    let cells = visible.map { row in row.cells.map { Span($0.text, brush.style($0.scope)) } }
    let selected = list.index(in: content.ids).map { $0 - first }
    brush.canvas.drawTable(
      content.columns, rows: cells, in: body, header: brush.style("table.header"), selected: selected,
      selection: brush.style("selection"), ellipsis: brush.glyphs.ellipsis)
  }

  /// The rows in sight: the selected one always among them.
  static func window(_ content: ListContent, _ list: ListState, rows: Int) -> (first: Int, rows: [ListRow]) {
    let rows = max(1, rows)
    let selected = list.index(in: content.ids) ?? 0
    let first = min(max(0, selected - rows / 2), max(0, content.count - rows))
    return (first, (first..<min(content.count, first + rows)).map { content.row($0) })
  }
}
