/// One cell of the screen.
public struct Cell: Sendable, Hashable {
  /// One grapheme of width 1 or 2; the empty string in the second half of a wide one.
  public var text: String
  public var style: Style
  public init(text: String = " ", style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

/// A rectangle of cells that panels draw into. A value: no terminal behind it.
///
/// Everything drawn is clipped to the canvas; a wide character that would be cut in half is replaced by a space.
public struct Canvas: Sendable, Equatable {
  public let size: Size
  public private(set) var cells: [Cell]
  /// Where the terminal's cursor stands; nil hides it.
  public var cursor: (x: Int, y: Int)? {
    get { cursorCell.map { ($0 % max(1, size.columns), $0 / max(1, size.columns)) } }
    set { cursorCell = newValue.map { $0.y * size.columns + $0.x } }
  }
  private var cursorCell: Int?

  public init(size: Size, fill: Style = .plain) {
    self.size = size
    cells = Array(repeating: Cell(style: fill), count: max(0, size.columns) * max(0, size.rows))
  }

  public subscript(x: Int, y: Int) -> Cell {
    get { cells[y * size.columns + x] }
    set { cells[y * size.columns + x] = newValue }
  }

  /// Draws `text` from (x, y) to the right, at most `width` cells and never beyond the canvas.
  /// - Returns: the number of cells drawn.
  @discardableResult
  public mutating func put(_ text: String, x: Int, y: Int, style: Style, width: Int = .max) -> Int {
    guard y >= 0, y < size.rows, width > 0 else { return 0 }
    var column = x
    let end = width == .max ? size.columns : min(size.columns, x + width)
    for character in text {
      let cells = CellWidth.of(character)
      if cells == 0 { continue }
      if column + cells > end { break }
      if column >= 0 {
        self[column, y] = Cell(text: String(character), style: style)
        if cells == 2, column + 1 < size.columns { self[column + 1, y] = Cell(text: "", style: style) }
      }
      column += cells
    }
    return max(0, column - x)
  }

  /// Fills a rectangle with spaces of this style.
  public mutating func fill(_ rect: Rect, style: Style) {
    guard !rect.isEmpty else { return }
    for y in max(0, rect.y)..<max(0, min(size.rows, rect.maxY), rect.y) where y < size.rows {
      for x in max(0, rect.x)..<max(0, min(size.columns, rect.maxX), rect.x) where x < size.columns {
        self[x, y] = Cell(style: style)
      }
    }
  }

  /// The canvas as lines of text without trailing spaces: what golden frames hold.
  public var lines: [String] {
    (0..<size.rows).map { y in
      var line = ""
      for x in 0..<size.columns { line += self[x, y].text }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
