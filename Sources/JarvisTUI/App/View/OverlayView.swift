import Foundation
import JarvisAPI
import JarvisTerminal

/// The layers above the screen.
enum OverlayView {
  static func draw(_ overlay: Overlay, _ state: AppState, _ arrangement: Arrangement, _ now: Date, _ brush: inout Brush)
  {
    switch overlay {
    case .help(let scroll): help(scroll, state, &brush)
    case .palette(let palette): drawPalette(palette, state, &brush)
    case .command(let line): command(line, state, arrangement.layout.footer, &brush)
    case .question(let question): ask(question, state, &brush)
    case .freeze(let line): freeze(line, state, &brush)
    case .safety(let selected): page(SafetyText.lines(state, selected: selected), "SAFETY", 84, state, &brush)
    case .audit(let browser):
      let width = min(160, state.size.columns - 2)
      let height = state.size.rows - 3
      page(
        AuditText.lines(browser, state, width: width - 4, height: height - 2, now: now), "AUDIT", width, state, &brush)
    case .trust(let question):
      page(TrustText.lines(question, state, width: min(76, state.size.columns - 2) - 4), "TRUST", 76, state, &brush)
    case .memoryItem(let item):
      let width = min(84, state.size.columns - 2) - 4
      page(MemoryPages.lines(item, state, width: width, now: now), "MEMORY", 84, state, &brush)
    case .given(let given):
      let width = min(100, state.size.columns - 2) - 4
      page(MemoryPages.lines(given, state, width: width, now: now), "GIVEN", 100, state, &brush)
    case .memoryField(let field): typed(field, state, &brush)
    case .decision(let answer):
      page(
        DecisionText.lines(answer, state, width: min(76, state.size.columns - 2) - 4), "DECISION", 76, state, &brush)
    }
  }

  /// Lines in a box; those that do not fit are left out at the end, and it is said how many.
  private static func page(
    _ lines: [StyledLine], _ title: String, _ columns: Int, _ state: AppState, _ brush: inout Brush
  ) {
    let inside = box(columns: columns, rows: lines.count + 2, state, &brush, meta: title)
    for (index, line) in lines.prefix(inside.height).enumerated() {
      let isCut = index == inside.height - 1 && lines.count > inside.height
      let shown = isCut ? StyledLine("\(lines.count - index) lines more", brush.style("text.dim")) : line
      let fitted = shown.truncated(to: inside.width, ellipsis: brush.glyphs.ellipsis)
      brush.canvas.put(fitted, x: inside.x, y: inside.y + index, width: inside.width)
    }
    brush.canvas.cursor = nil
  }

  private static func freeze(_ line: String, _ state: AppState, _ brush: inout Brush) {
    let text = "Stops every change from every caller, at once. Proxmox's own jobs go on."
    let lines = Wrap.lines(
      of: StyledLine(text, brush.style("text")), width: max(8, min(76, state.size.columns - 2) - 4))
    let inside = box(columns: 76, rows: lines.count + 4, state, &brush, meta: "FREEZE")
    for (index, line) in lines.enumerated() {
      brush.canvas.put(line, x: inside.x, y: inside.y + index, width: inside.width)
    }
    let y = inside.y + lines.count
    let used = brush.text("why ", x: inside.x, y: y, "input.prompt")
    let shown = String(TextFit.suffix(of: line, cells: max(1, inside.width - used - 1)))
    let cells = brush.text(shown, x: inside.x + used, y: y, "input")
    brush.canvas.cursor = (inside.x + used + cells, y)
    brush.text(
      "Enter freezes   Esc does not   a span in front, as in 2h, ends it", x: inside.x, y: y + 1, "text.dim",
      width: inside.width)
  }

  private static func typed(_ field: MemoryField, _ state: AppState, _ brush: inout Brush) {
    let inside = box(columns: 84, rows: 4, state, &brush, meta: field.title)
    let used = brush.text(brush.glyphs.prompt + " ", x: inside.x, y: inside.y, "input.prompt")
    let shown = String(TextFit.suffix(of: field.text, cells: max(1, inside.width - used - 1)))
    let cells = brush.text(shown, x: inside.x + used, y: inside.y, "input")
    brush.canvas.cursor = (inside.x + used + cells, inside.y)
    brush.text(field.hint, x: inside.x, y: inside.y + 1, "text.dim", width: inside.width)
  }

  /// A box in the middle of the screen, at most so large.
  private static func box(columns: Int, rows: Int, _ state: AppState, _ brush: inout Brush, meta: String) -> Rect {
    let width = min(columns, state.size.columns - 2)
    let height = min(rows, state.size.rows - 3)
    let rect = Rect(
      x: (state.size.columns - width) / 2, y: max(1, (state.size.rows - height) / 2), width: width, height: height)
    brush.canvas.fill(rect, style: brush.style("text"))
    brush.canvas.drawFrame(rect, meta: meta, glyphs: brush.glyphs, style: FrameStyle(brush.theme))
    return rect.inset(horizontal: 2, vertical: 1)
  }

  private static func help(_ scroll: Int, _ state: AppState, _ brush: inout Brush) {
    let lines = HelpText.lines(state)
    let inside = box(
      columns: 84, rows: lines.count + 2, state, &brush, meta: "HELP \(brush.glyphs.separator) Esc closes")
    let first = min(scroll, max(0, lines.count - inside.height))
    for (index, line) in lines.dropFirst(first).prefix(inside.height).enumerated() {
      let fitted = line.truncated(to: inside.width, ellipsis: brush.glyphs.ellipsis)
      brush.canvas.put(fitted, x: inside.x, y: inside.y + index, width: inside.width)
    }
    brush.canvas.cursor = nil
  }

  private static func drawPalette(_ palette: Palette, _ state: AppState, _ brush: inout Brush) {
    let lines = palette.lines(state)
    let inside = box(columns: 76, rows: 20, state, &brush, meta: "PALETTE")
    let used = brush.text(brush.glyphs.prompt + " ", x: inside.x, y: inside.y, "input.prompt")
    let typed = brush.text(palette.filter, x: inside.x + used, y: inside.y, "input", width: inside.width - used - 1)
    brush.canvas.cursor = (inside.x + used + typed, inside.y)
    let rows = max(1, inside.height - 1)
    let first = min(max(0, palette.selected - rows / 2), max(0, lines.count - rows))
    if lines.isEmpty { brush.text("nothing is called like that", x: inside.x, y: inside.y + 1, "text.dim") }
    for (index, line) in lines.dropFirst(first).prefix(rows).enumerated() {
      let isSelected = first + index == palette.selected
      let row = Rect(x: inside.x, y: inside.y + 1 + index, width: inside.width, height: 1)
      if isSelected { brush.canvas.fill(row, style: brush.style("selection")) }
      let title = TextFit.pad(line.title, to: min(18, row.width), ellipsis: brush.glyphs.ellipsis)
      let cells = brush.text(title, x: row.x, y: row.y, isSelected ? "selection" : "palette")
      brush.text(
        " " + line.hint.sanitisedLine, x: row.x + cells, y: row.y, isSelected ? "selection" : "text.dim",
        width: row.width - cells)
    }
  }

  /// The line behind `:`, in the footer's row as in vi.
  private static func command(_ line: String, _ state: AppState, _ row: Rect, _ brush: inout Brush) {
    brush.canvas.fill(row, style: brush.style("text"))
    let shown = String(TextFit.suffix(of: line, cells: max(1, row.width - 3)))
    let used = brush.text(":", x: row.x, y: row.y, "input.prompt")
    let cells = brush.text(shown, x: row.x + used, y: row.y, "input")
    brush.canvas.cursor = (row.x + used + cells, row.y)
    let words = state.keys.bindings.compactMap(\.word).filter { $0.hasPrefix(line) && $0 != line }
    let hint =
      line.isEmpty
      ? "  approve N   guests   theme NAME   quit   or any typed command"
      : "  " + words.prefix(6).joined(separator: " ")
    brush.text(
      hint, x: row.x + used + cells + 1, y: row.y, "input.placeholder", width: row.maxX - row.x - used - cells - 1)
  }

  private static func ask(_ question: Question, _ state: AppState, _ brush: inout Brush) {
    let inside = box(columns: max(30, CellWidth.of(question.text) + 4), rows: 4, state, &brush, meta: "")
    brush.text(question.text.sanitisedLine, x: inside.x, y: inside.y, "text.bright", width: inside.width)
    brush.text("y yes   n no", x: inside.x, y: inside.y + 1, "text.dim", width: inside.width)
    brush.canvas.cursor = nil
  }
}
