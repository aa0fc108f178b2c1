import Foundation
import JarvisAPI
import JarvisTerminal

extension Panels {
  /// What all guests send and receive, mirrored on one scale.
  static func traffic(_ state: AppState, _ rect: Rect, _ brush: inout Brush) {
    let sent = state.mirror.histories.sent
    let received = state.mirror.histories.received
    guard let up = sent.last, let down = received.last else {
      brush.title("TRAFFIC", meta: "", in: rect)
      return empty("two readings are needed", rect, &brush)
    }
    let meta = "\(brush.glyphs.up) \(Format.rate(up))  \(brush.glyphs.down) \(Format.rate(down))"
    brush.title("TRAFFIC", meta: meta, in: rect)
    let theme = brush.theme
    brush.canvas.drawTraffic(
      up: sent.values, down: received.values, dropped: sent.dropped, in: body(of: rect), glyphs: brush.glyphs,
      floor: 1_024, noData: brush.style("graph.empty")
    ) { theme.gradient("network", at: $0) }
  }
}
