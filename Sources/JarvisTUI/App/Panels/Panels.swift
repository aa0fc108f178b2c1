import Foundation
import JarvisAPI
import JarvisTerminal

/// Draws a panel in its place. Each panel is one function of the state; none asks anybody for anything.
enum Panels {
  static func draw(_ panel: PlacedPanel, state: AppState, now: Date, memo: inout PanelMemo, brush: inout Brush) {
    guard !panel.rect.isEmpty else { return }
    // On a canvas of its own: however narrow it gets, a panel never writes into its neighbour.
    let size = Size(columns: panel.rect.width, rows: panel.rect.height)
    let theme = brush.theme
    let canvas = memo.canvas(of: panel.kind, size: size, state: state, now: now) {
      var inner = Brush(canvas: Canvas(size: size, fill: theme.style("text")), theme: theme)
      draw(panel.kind, state: state, now: now, rect: inner.canvas.bounds, brush: &inner)
      return inner.canvas
    }
    brush.canvas.draw(canvas, x: panel.rect.x, y: panel.rect.y)
  }

  private static func draw(_ kind: PanelKind, state: AppState, now: Date, rect: Rect, brush: inout Brush) {
    switch kind {
    case .clock: clock(state, now, rect, &brush)
    case .cpu: cpu(state, now, rect, &brush)
    case .memory: memory(state, now, rect, &brush)
    case .guests: guests(state, now, rect, &brush)
    case .storage: storage(state, now, rect, &brush)
    case .cost: cost(state, rect, &brush)
    case .trouble: trouble(state, now, rect, &brush)
    case .approvals: approvals(state, now, rect, &brush)
    case .events: events(state, now, rect, &brush)
    case .traffic: traffic(state, now, rect, &brush)
    case .ring: ring(state, now, rect, &brush)
    }
  }

  /// The rows below a panel's title.
  static func body(of rect: Rect) -> Rect {
    Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: rect.height - 1)
  }

  /// Says in a panel's first row that there is nothing, and why.
  static func empty(_ text: String, _ rect: Rect, _ brush: inout Brush) {
    let body = body(of: rect)
    guard !body.isEmpty else { return }
    brush.text(text, x: body.x, y: body.y, "text.dim", width: body.width)
  }

  /// What to say where the cluster has told nothing yet.
  static func nothing(_ state: AppState) -> String {
    switch state.mirror.cluster.link {
    case .none where state.link == .attached: "no cluster configured"
    case .none, .connecting: "waiting for the cluster"
    case .connected: "none"
    case .lost: "cluster lost"
    }
  }
}
