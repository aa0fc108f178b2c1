import Foundation
import JarvisAPI
import JarvisTerminal

extension Panels {
  /// The busiest guests, and those that were seen to stop.
  static func guests(_ state: AppState, _ now: Date, _ rect: Rect, _ brush: inout Brush) {
    let guests = state.mirror.cluster.guests.filter { !$0.template }
    let up = guests.filter { $0.status == .running }.count
    let stopped = guests.filter { $0.status == .stopped }
    let seen = stopped.filter { state.mirror.histories.stoppedAt[$0.vmid] != nil }
    let mark = seen.isEmpty ? "" : " " + brush.glyphs.warning
    brush.title(
      "GUESTS", meta: guests.isEmpty ? "" : "\(up) up, \(stopped.count) down" + mark, in: rect)
    if guests.isEmpty { return empty(nothing(state), rect, &brush) }
    let body = body(of: rect)
    for (index, guest) in shown(guests, seen: seen, rows: body.height).enumerated() {
      row(of: guest, state, now, body.row(index), &brush)
    }
  }

  /// Running guests by load; a few rows at the end belong to those that stopped under our eyes.
  private static func shown(_ guests: [Guest], seen: [Guest], rows: Int) -> [Guest] {
    let running = guests.filter { $0.status != .stopped }.sorted {
      let (left, right) = ($0.cpu.value ?? -1, $1.cpu.value ?? -1)
      return left == right ? $0.vmid < $1.vmid : left > right
    }
    let alarming = seen.prefix(max(1, rows / 3))
    let others = guests.filter { guest in guest.status == .stopped && !alarming.contains { $0.vmid == guest.vmid } }
    let busy = running.prefix(max(0, rows - alarming.count))
    return Array((busy + alarming + others).prefix(rows))
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
