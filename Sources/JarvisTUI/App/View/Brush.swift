import JarvisTerminal

/// A canvas with the looks that everything is drawn in.
struct Brush {
  var canvas: Canvas
  let theme: Theme
  var glyphs: Glyphs { theme.glyphs }

  func style(_ scope: String) -> Style { theme.style(scope) }

  /// Draws text to the right of (x, y), cut with an ellipsis where it is longer than `width`.
  /// - Returns: the cells it took.
  @discardableResult
  mutating func text(_ text: String, x: Int, y: Int, _ scope: String, width: Int = .max) -> Int {
    guard width > 0 else { return 0 }
    let fitted = width == .max ? text : TextFit.truncate(text, to: width, ellipsis: glyphs.ellipsis)
    return canvas.put(fitted, x: x, y: y, style: theme.style(scope), width: width)
  }

  /// Draws text that ends at the right edge of `row`.
  /// - Returns: the cells it took.
  @discardableResult
  mutating func trailing(_ text: String, in row: Rect, _ scope: String) -> Int {
    guard !row.isEmpty else { return 0 }
    let fitted = TextFit.truncate(text, to: row.width, ellipsis: glyphs.ellipsis)
    let cells = CellWidth.of(fitted)
    canvas.put(fitted, x: row.maxX - cells, y: row.y, style: theme.style(scope))
    return cells
  }

  /// Two texts in one row; the right one keeps its place, the left one gives way.
  mutating func pair(_ left: String, _ leftScope: String, _ right: String, _ rightScope: String, in row: Rect) {
    guard !row.isEmpty else { return }
    let used = trailing(right, in: row, rightScope)
    text(left, x: row.x, y: row.y, leftScope, width: row.width - used - (used > 0 ? 1 : 0))
  }

  /// A panel's first row.
  mutating func title(_ title: String, meta: String, in rect: Rect) {
    guard !rect.isEmpty else { return }
    canvas.drawTitle(
      title, meta: meta, x: rect.x, y: rect.y, width: rect.width, glyphs: glyphs, style: style("panel.title"),
      metaStyle: style("panel.meta"))
  }

  /// A bar coloured by how full it is.
  mutating func gauge(_ fraction: Double?, gradient: String, x: Int, y: Int, width: Int) {
    canvas.drawGauge(
      fraction, x: x, y: y, width: width, glyphs: glyphs, filled: theme.gradient(gradient, at: fraction ?? 0),
      empty: style("gauge.empty"), ends: style("gauge.end"))
  }
}
