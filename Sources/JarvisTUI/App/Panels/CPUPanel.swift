import Foundation
import JarvisAPI
import JarvisTerminal

extension Panels {
  /// One row a node: name, history, share of all cores now.
  static func cpu(_ state: AppState, _ now: Date, _ rect: Rect, _ brush: inout Brush) {
    let nodes = state.mirror.cluster.nodes
    brush.title("CPU", meta: cores(nodes), in: rect)
    if nodes.isEmpty { return empty(nothing(state), rect, &brush) }
    let body = body(of: rect)
    let nameWidth = min(10, max(4, nodes.map { CellWidth.of($0.name.sanitisedLine) }.max() ?? 4))
    for (index, node) in nodes.prefix(body.height).enumerated() {
      let row = body.row(index)
      if index == body.height - 1, nodes.count > body.height {
        brush.text("\(nodes.count - index) more in NODES", x: row.x, y: row.y, "text.dim", width: row.width)
      } else {
        cpu(of: node, nameWidth: nameWidth, state, now, row, &brush)
      }
    }
  }

  private static func cpu(
    of node: Node, nameWidth: Int, _ state: AppState, _ now: Date, _ row: Rect, _ brush: inout Brush
  ) {
    let isStale = state.mirror.isStale(node.seenAt, now: now)
    let name = node.name.sanitisedLine
    let value = Format.reading(node.cpu, Format.percent)
    let figure = isStale ? "~" + value : value
    let room = row.width - nameWidth - 1 - max(7, CellWidth.of(figure)) - 1
    let graph = Rect(x: row.x + nameWidth + 1, y: row.y, width: room, height: 1)
    guard node.status == .online else {
      let off = node.offlineSince.map { "OFF " + Format.age(now.timeIntervalSince($0)) }
      let word = off ?? (node.status == .offline ? "OFF" : Format.unknown)
      brush.text(name, x: row.x, y: row.y, "state.off", width: nameWidth)
      if graph.width > 1 {
        let dots = String(
          repeating: brush.glyphs.noData, count: max(0, min(graph.width, row.maxX - graph.x - word.count - 1)))
        brush.text(dots, x: graph.x, y: row.y, "graph.empty")
      }
      brush.trailing(word, in: row, node.status == .offline ? "state.critical" : "state.off")
      return
    }
    brush.text(name, x: row.x, y: row.y, isStale ? "state.stale" : "panel.value", width: nameWidth)
    if graph.width > 1, let history = state.mirror.histories.cpu[node.name] {
      let stale = brush.style("state.stale")
      let theme = brush.theme
      brush.canvas.drawGraph(
        history.values, dropped: history.dropped, in: graph, glyphs: brush.glyphs, noData: brush.style("graph.empty")
      ) { isStale ? stale : theme.gradient("cpu", at: $0) }
    }
    brush.trailing(figure, in: row, isStale ? "state.stale" : "panel.value")
  }

  /// "38 of 42 cores": those of online nodes, of all that are known.
  private static func cores(_ nodes: [Node]) -> String {
    let all = nodes.compactMap(\.cores.value).reduce(0, &+)
    let online = nodes.filter { $0.status == .online }.compactMap(\.cores.value).reduce(0, &+)
    if all == 0 { return "" }
    return all == online ? "\(all) cores" : "\(online) of \(all) cores"
  }
}
