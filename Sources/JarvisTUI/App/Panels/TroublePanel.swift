import Foundation
import JarvisAPI
import JarvisTerminal

extension Panels {
  /// What is wrong now, worst first.
  static func trouble(_ state: AppState, _ now: Date, _ rect: Rect, _ brush: inout Brush) {
    let troubles = state.mirror.trouble
    let open = troubles.filter { $0.severity != .information }.count
    let isStale = state.mirror.isPictureStale(now: now)
    brush.title("TROUBLE", meta: open > 0 ? (isStale ? "~" : "") + "\(open) open" : "", in: rect)
    let body = body(of: rect)
    if troubles.isEmpty {
      let isKnown = if case .connected = state.mirror.cluster.link { true } else { false }
      return empty(isKnown ? brush.glyphs.good + " none seen" : nothing(state), rect, &brush)
    }
    for (index, trouble) in troubles.prefix(body.height).enumerated() {
      let row = body.row(index)
      if index == body.height - 1, troubles.count > body.height {
        brush.text("\(troubles.count - index) more", x: row.x, y: row.y, "text.dim", width: row.width)
        return
      }
      let since = trouble.since.map { Format.age(now.timeIntervalSince($0)) } ?? ""
      let text = brush.glyphs.mark(of: trouble.severity) + " " + trouble.text.sanitisedLine
      brush.pair(text, isStale ? "state.stale" : trouble.severity.scope, since, "text.dim", in: row)
    }
  }
}
