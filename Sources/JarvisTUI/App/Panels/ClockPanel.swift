import Foundation
import JarvisAPI
import JarvisTerminal

extension Panels {
  /// Time, date, longest uptime, nodes and quorum.
  static func clock(_ state: AppState, _ now: Date, _ rect: Rect, _ brush: inout Brush) {
    var time = state.clock.seconds(now)
    // A pulse a second; nothing moves where motion is unwelcome.
    if !state.environment.reducedMotion, Int(now.timeIntervalSince1970.rounded(.down)) % 2 != 0 {
      time = time.replacingOccurrences(of: ":", with: " ")
    }
    let spaced = time.map(String.init).joined(separator: " ")
    brush.canvas.put(spaced, in: rect.row(0), align: .centre, style: brush.style("clock"))
    let cluster = state.mirror.cluster
    let uptime = cluster.nodes.filter { $0.status == .online }.compactMap(\.uptime.value).max()
    brush.pair(
      state.clock.day(now), "text.dim", "UP " + (uptime.map(Format.age) ?? Format.unknown), "panel.value",
      in: rect.row(1))
    let offline = cluster.nodes.filter { $0.status == .offline }.count
    let nodes = cluster.nodes.isEmpty ? "NODES " + Format.unknown : "\(cluster.nodes.count) NODES"
    let mark = state.mirror.isPictureStale(now: now) ? "~" : ""
    brush.pair(
      mark + nodes + (offline > 0 ? ", \(offline) OFF" : ""), offline > 0 ? "state.critical" : "panel.value",
      mark + quorum(cluster, brush.glyphs), cluster.quorate.value == false ? "state.critical" : "panel.value",
      in: rect.row(2))
  }

  private static func quorum(_ cluster: ClusterSnapshot, _ glyphs: Glyphs) -> String {
    switch cluster.quorate {
    case .known(true): "QUORUM " + glyphs.good
    case .known(false): "NO QUORUM " + glyphs.critical
    case .withheld: "QUORUM " + Format.withheld
    case .unknown: "QUORUM " + Format.unknown
    }
  }
}
