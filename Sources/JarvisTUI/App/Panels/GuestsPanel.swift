import Foundation
import JarvisAPI
import JarvisTerminal

extension Panels {
  /// The busiest guests, and those that were seen to stop.
  static func guests(_ state: AppState, _ now: Date, _ rect: Rect, _ brush: inout Brush) {
    let board = state.mirror.board
    let mark = board.alarming.isEmpty ? "" : " " + brush.glyphs.warning
    let isTight = CellWidth.of("GUESTS  " + board.counts + mark) > rect.width
    let counts = isTight ? board.shortCounts : board.counts
    brush.title("GUESTS", meta: board.total == 0 ? "" : counts + mark, in: rect)
    if board.total == 0 { return empty(nothing(state), rect, &brush) }
    let body = body(of: rect)
    for (index, guest) in board.rows(body.height).enumerated() {
      row(of: guest, state, now, body.row(index), &brush)
    }
  }

  private static func row(of guest: Guest, _ state: AppState, _ now: Date, _ row: Rect, _ brush: inout Brush) {
    let isStale = state.mirror.isStale(guest.seenAt, now: now)
    let name = guest.name.isEmpty ? Format.withheld : guest.name.sanitisedLine
    let number = String(guest.vmid)
    let used = brush.text(number + " ", x: row.x, y: row.y, isStale ? "state.stale" : "text.dim")
    let rest = Rect(x: row.x + used, y: row.y, width: row.width - used, height: 1)
    guard guest.status == .running else {
      let isSeen = state.mirror.histories.stoppedAt[guest.vmid] != nil
      let word = guest.statusText + (isSeen ? " " + brush.glyphs.warning : "")
      brush.pair(name, isStale ? "state.stale" : "text", word, guest.statusScope(stale: isStale), in: rest)
      return
    }
    let gauge = rest.width >= 22 ? 8 : 0
    let figure = (isStale ? "~" : "") + Format.reading(guest.cpu, Format.percent)
    let nameWidth = max(4, rest.width - gauge - 7)
    brush.text(name, x: rest.x, y: rest.y, isStale ? "state.stale" : "text", width: nameWidth)
    if gauge > 0, guest.cpu.value != nil {
      brush.gauge(guest.cpu.value, gradient: "cpu", x: rest.x + nameWidth + 1, y: rest.y, width: gauge)
    }
    brush.trailing(
      figure, in: Rect(x: rest.maxX - 6, y: rest.y, width: 6, height: 1), isStale ? "state.stale" : "panel.value")
  }
}
