extension Canvas {
  /// A module's closing rule: thin, with little ticks at both ends (`╵╴╴╴╴╵`).
  public mutating func drawRule(x: Int, y: Int, width: Int, glyphs: Glyphs, style: Style) {
    guard width > 1 else { return }
    put(glyphs.ruleEnd, x: x, y: y, style: style)
    fill(Rect(x: x + 1, y: y, width: width - 2, height: 1), style: style, with: Character(glyphs.ruleBody))
    put(glyphs.ruleEnd, x: x + width - 1, y: y, style: style)
  }

  /// A column's header: words at both ends, a thin rule between (`PANEL ──────── SYSTEM`).
  public mutating func drawHeader(
    left: String, right: String, x: Int, y: Int, width: Int, glyphs: Glyphs, text: Style, rule: Style
  ) {
    let pair = Self.share(left: left, right: right, width: width, gap: 3, ellipsis: glyphs.ellipsis)
    let used = put(pair.left, x: x, y: y, style: text, width: width)
    let tail = CellWidth.of(pair.right)
    put(pair.right, x: x + width - tail, y: y, style: text, width: tail)
    let line = Rect(
      x: x + used + (used > 0 ? 1 : 0), y: y, width: width - used - tail - (used > 0 ? 1 : 0) - (tail > 0 ? 1 : 0),
      height: 1)
    fill(line, style: rule, with: Character(glyphs.horizontal))
  }

  /// A module's first line: title at the left, dim meta at the right. The title keeps its place, the meta gives way.
  public mutating func drawTitle(
    _ title: String, meta: String = "", x: Int, y: Int, width: Int, glyphs: Glyphs, style: Style, metaStyle: Style
  ) {
    let pair = Self.share(left: title, right: meta, width: width, gap: 1, ellipsis: glyphs.ellipsis)
    put(pair.left, x: x, y: y, style: style, width: width)
    let tail = CellWidth.of(pair.right)
    put(pair.right, x: x + width - tail, y: y, style: metaStyle, width: tail)
  }

  /// Two texts in one row: the left one first, the right one in what is left, at least `gap` cells between.
  private static func share(
    left: String, right: String, width: Int, gap: Int, ellipsis: String
  ) -> (left: String, right: String) {
    let head = TextFit.truncate(left, to: width, ellipsis: ellipsis)
    let room = width - CellWidth.of(head) - gap
    return (head, room > 2 ? TextFit.truncate(right, to: room, ellipsis: ellipsis) : "")
  }
}
