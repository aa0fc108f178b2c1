import Foundation
import JarvisAPI
import JarvisTerminal

extension Panels {
  /// The nodes: a row of lamps, or a ring where there is room for one.
  static func ring(_ state: AppState, _ now: Date, _ rect: Rect, _ brush: inout Brush) {
    let nodes = state.mirror.cluster.nodes
    let isStale = state.mirror.isPictureStale(now: now)
    brush.title("NODES", meta: isStale ? "~ old" : "", in: rect)
    if nodes.isEmpty { return empty(nothing(state), rect, &brush) }
    let body = body(of: rect)
    if body.height >= 6, body.width >= 24, nodes.count >= 3, nodes.count <= 12 {
      circle(nodes, body, &brush)
    } else {
      lamps(nodes, body, &brush)
    }
  }

  private static func lamp(_ node: Node, _ glyphs: Glyphs) -> (text: String, scope: String) {
    switch node.status {
    case .online: (glyphs.online, "state.ok")
    case .offline: (glyphs.offline, "state.critical")
    case .unknown: (glyphs.unknown, "state.off")
    }
  }

  private static func lamps(_ nodes: [Node], _ body: Rect, _ brush: inout Brush) {
    var widths = nodes.map { CellWidth.of($0.name.sanitisedLine) }
    // The longest names give way, the last of them first.
    let room = body.width * body.height + 1
    while widths.reduce(0, { $0 + $1 + 3 }) > room, let longest = widths.max(), longest > 3,
      let index = widths.lastIndex(of: longest)
    {
      widths[index] -= 1
    }
    var (x, y) = (body.x, body.y)
    for (index, node) in nodes.enumerated() {
      let name = TextFit.truncate(node.name.sanitisedLine, to: widths[index], ellipsis: ".")
      if x + 2 + CellWidth.of(name) > body.maxX { (x, y) = (body.x, y + 1) }
      guard y < body.maxY else { return }
      let lamp = lamp(node, brush.glyphs)
      x += brush.text(lamp.text + " ", x: x, y: y, lamp.scope)
      x += brush.text(name, x: x, y: y, node.status == .online ? "panel.value" : "state.off") + 1
    }
  }

  private static func circle(_ nodes: [Node], _ body: Rect, _ brush: inout Brush) {
    let nameWidth = min(10, nodes.map { CellWidth.of($0.name.sanitisedLine) }.max() ?? 4)
    let middle = (x: Double(body.x) + Double(body.width - 1) / 2, y: Double(body.y) + Double(body.height - 1) / 2)
    let radius = (x: Double(body.width - 1) / 2 - Double(nameWidth) - 1, y: Double(body.height - 1) / 2)
    func place(_ turn: Double) -> (x: Int, y: Int) {
      let angle = turn * 2 * Double.pi - Double.pi / 2
      return (Int((middle.x + cos(angle) * radius.x).rounded()), Int((middle.y + sin(angle) * radius.y).rounded()))
    }
    for step in 0..<(body.width * 2) {
      let spot = place(Double(step) / Double(body.width * 2))
      brush.text(brush.glyphs.noData, x: spot.x, y: spot.y, "ring")
    }
    for (index, node) in nodes.enumerated() {
      let spot = place(Double(index) / Double(nodes.count))
      let lamp = lamp(node, brush.glyphs)
      brush.text(lamp.text, x: spot.x, y: spot.y, lamp.scope)
      let name = TextFit.truncate(node.name.sanitisedLine, to: nameWidth, ellipsis: ".")
      let isLeft = Double(spot.x) < middle.x - 0.5
      let x = isLeft ? spot.x - 1 - CellWidth.of(name) : spot.x + 1
      brush.text(
        isLeft ? name + " " : " " + name, x: x, y: spot.y, node.status == .online ? "panel.value" : "state.off")
    }
  }
}
