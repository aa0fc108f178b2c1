import JarvisAPI
import JarvisTerminal

/// The screen's first row: a header over each column.
enum HeaderView {
  static func draw(_ state: AppState, _ layout: Layout, _ brush: inout Brush) {
    func header(_ left: String, _ right: String, _ rect: Rect) {
      guard !rect.isEmpty else { return }
      brush.canvas.drawHeader(
        left: left, right: right, x: rect.x, y: layout.header.y, width: rect.width, glyphs: brush.glyphs,
        text: brush.style("panel.header"), rule: brush.style("panel.rule"))
    }
    header("PANEL", "SYSTEM", layout.left)
    header("TERMINAL", name(state), layout.centre)
    header("PANEL", "NETWORK", layout.right)
  }

  /// "JARVIS · homelab · DEMO".
  static func name(_ state: AppState) -> String {
    let dot = " \(state.glyphs.separator) "
    let cluster = state.mirror.cluster.name.sanitisedLine
    return "JARVIS" + (cluster.isEmpty ? "" : dot + cluster) + (state.isDemo ? dot + "DEMO" : "")
  }
}
