import JarvisAPI
import JarvisTerminal

/// The input line with its prompt, cursor and hint.
enum InputView {
  static func draw(_ state: AppState, _ rect: Rect, _ brush: inout Brush) {
    guard rect.width > 3, !rect.isEmpty else { return }
    let prompt = brush.glyphs.prompt + " "
    let isFocused = state.focus == .input && state.overlays.isEmpty
    let (rows, cursor) = state.input.rows(width: rect.width - 2)
    let first = min(max(0, cursor.y - rect.height + 1), max(0, rows.count - rect.height))
    for (index, row) in rows.dropFirst(first).prefix(rect.height).enumerated() {
      let y = rect.y + index
      if first + index == 0 { brush.text(prompt, x: rect.x, y: y, isFocused ? "input.prompt" : "text.dim") }
      brush.canvas.put(row, x: rect.x + 2, y: y, style: brush.style("input"), width: rect.width - 2)
    }
    let place = (x: rect.x + 2 + cursor.x, y: rect.y + cursor.y - first)
    let hint = state.input.isEmpty ? placeholder(state) : Completion(state).hint
    if isFocused || state.input.isEmpty {
      brush.text(
        hint, x: place.x + (state.input.isEmpty ? 1 : 0), y: place.y, "input.placeholder",
        width: rect.maxX - place.x - 1)
    }
    if isFocused { brush.canvas.cursor = place }
  }

  private static func placeholder(_ state: AppState) -> String {
    switch state.link {
    case .starting: "starting; you can type already"
    case .attached: "message   / command   : word   ? help"
    case .detached: "the engine has gone"
    }
  }
}
