import Foundation
import JarvisAPI
import JarvisTerminal

extension Panels {
  /// What all guests send and receive, mirrored on one scale.
  static func traffic(_ state: AppState, _ now: Date, _ rect: Rect, _ brush: inout Brush) {
    let sent = state.mirror.histories.sent
    let received = state.mirror.histories.received
    guard let up = sent.last, let down = received.last else {
      brush.title("TRAFFIC", meta: "", in: rect)
      return empty("two readings are needed", rect, &brush)
    }
    let isStale = state.mirror.isPictureStale(now: now)
    let meta = Format.rates(up: up, down: down, glyphs: brush.glyphs)
    brush.title("TRAFFIC", meta: isStale ? "~" + meta : meta, in: rect)
    let theme = brush.theme
    brush.canvas.drawTraffic(
      up: sent.values, down: received.values, dropped: sent.dropped, in: body(of: rect), glyphs: brush.glyphs,
      floor: 1_024, noData: brush.style("graph.empty")
    ) { theme.gradient("network", at: $0) }
  }
}
