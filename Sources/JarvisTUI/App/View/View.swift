import Foundation
import JarvisAPI
import JarvisTerminal

/// The whole screen as cells. Pure: the same state at the same moment is the same frame.
public func view(_ state: AppState, now: Date) -> Canvas {
  var brush = Brush(
    canvas: Canvas(size: state.size, fill: state.theme.style("text")), theme: state.theme)
  let arrangement = Arrangement(state, now: now)
  guard arrangement.layout.shape != .tooSmall else {
    TooSmallView.draw(state, &brush)
    return brush.canvas
  }
  HeaderView.draw(state, arrangement.layout, &brush)
  CentreViewPainter.draw(state, arrangement, now, &brush)
  for (index, panel) in arrangement.panels.enumerated() {
    Panels.draw(panel, state: state, now: now, brush: &brush)
    // A rule closes each panel that has another one below it.
    if index + 1 < arrangement.panels.count, arrangement.panels[index + 1].rect.x == panel.rect.x {
      brush.canvas.drawRule(
        x: panel.rect.x, y: panel.rect.maxY, width: panel.rect.width, glyphs: brush.glyphs,
        style: brush.style("panel.rule"))
    }
  }
  StatusView.draw(state, arrangement.layout.status, now, &brush)
  FooterView.draw(state, arrangement.layout.footer, now, &brush)
  for overlay in state.overlays { OverlayView.draw(overlay, state, arrangement, now, &brush) }
  if state.environment.asciiOnly { brush.canvas.substitute(asciiPunctuation) }
  return brush.canvas
}

/// What prose and panels write besides letters, for screens that draw ASCII only. Frames and graphs have glyphs of their own.
private let asciiPunctuation = [
  "–": "-", "—": "-", "‑": "-", "·": "-", "•": "*", "…": "~", "→": ">", "←": "<", "×": "x", "“": "\"", "”": "\"",
  "„": "\"", "‘": "'", "’": "'", "‹": "<", "›": ">", "«": "<", "»": ">", "\u{A0}": " ",
]

/// Says how much room is needed, in whatever room there is.
enum TooSmallView {
  static func draw(_ state: AppState, _ brush: inout Brush) {
    let needed = Layout.minimum
    let frozen = state.mirror.freeze == nil ? [] : ["FROZEN"]
    let lines =
      [
        "JARVIS needs \(needed.columns)x\(needed.rows)", "here: \(state.size.columns)x\(state.size.rows)", "^Q quits",
      ] + frozen
    let top = max(0, (state.size.rows - lines.count) / 2)
    for (index, line) in lines.enumerated() {
      let row = Rect(x: 0, y: top + index, width: state.size.columns, height: 1)
      brush.canvas.put(line, in: row, align: .centre, style: brush.style(index == 0 ? "text.bright" : "text.dim"))
    }
  }
}
