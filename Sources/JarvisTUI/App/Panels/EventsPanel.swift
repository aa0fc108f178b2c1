import Foundation
import JarvisAPI
import JarvisTerminal

extension Panels {
  /// What happened, newest first.
  static func events(_ state: AppState, _ now: Date, _ rect: Rect, _ brush: inout Brush) {
    brush.title("EVENTS", meta: "", in: rect)
    let body = body(of: rect)
    if state.mirror.events.isEmpty { return empty("nothing yet", rect, &brush) }
    for (index, event) in state.mirror.events.suffix(max(0, body.height)).reversed().enumerated() {
      let row = body.row(index)
      let used = brush.text(state.clock.short(event.at, now: now) + " ", x: row.x, y: row.y, "text.dim")
      let mark = event.severity == .information ? "" : brush.glyphs.mark(of: event.severity) + " "
      brush.text(
        mark + event.text.sanitisedLine, x: row.x + used, y: row.y, event.severity.scope, width: row.width - used)
    }
  }
}
