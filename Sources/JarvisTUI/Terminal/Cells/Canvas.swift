import Glibc

/// A rectangle of cells that panels draw into. A value: no terminal behind it.
///
/// Everything drawn is clipped to the canvas. A wide character is never left in half: what would be cut becomes a space,
/// and overwriting one half of it clears the other.
public struct Canvas: Sendable, Equatable {
  /// Never negative.
  public let size: Size
  /// Row by row, `size.columns` cells each.
  public private(set) var cells: [Cell]
  private var cursorCell: Int?

  /// An empty canvas of spaces in this style. Negative sizes count as zero.
  public init(size: Size, fill: Style = .plain) {
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    cells = Array(repeating: Cell(style: fill), count: self.size.columns * self.size.rows)
  }

  /// Where the terminal's cursor stands; nil hides it. A place outside the canvas hides it too.
  public var cursor: (x: Int, y: Int)? {
    get { cursorCell.map { ($0 % max(1, size.columns), $0 / max(1, size.columns)) } }
    set { cursorCell = newValue.flatMap { contains(x: $0.x, y: $0.y) ? $0.y * size.columns + $0.x : nil } }
  }

  /// The whole canvas as a rectangle.
  public var bounds: Rect { Rect(x: 0, y: 0, width: size.columns, height: size.rows) }

  /// The cell at a place; a plain space outside. Writing outside does nothing; writing one half of a wide character
  /// clears the other half.
  public subscript(x: Int, y: Int) -> Cell {
    get { contains(x: x, y: y) ? cells[y * size.columns + x] : Cell() }
    set {
      guard contains(x: x, y: y) else { return }
      write(newValue.isSecondHalf ? .space : newValue.glyph, style: newValue.style, width: 1, x: x, y: y)
    }
  }

  /// Whether row `y` is, byte for byte, the row of another canvas of the same size: cells are plain memory. May be false
  /// for rows that are equal all the same.
  func hasSameRow(_ y: Int, as other: Canvas) -> Bool {
    guard other.size == size, y >= 0, y < size.rows else { return false }
    let width = size.columns * MemoryLayout<Cell>.stride
    return cells.withUnsafeBytes { mine in
      other.cells.withUnsafeBytes { theirs in
        guard let first = mine.baseAddress, let second = theirs.baseAddress else { return width == 0 }
        return memcmp(first + y * width, second + y * width, width) == 0
      }
    }
  }

  /// Draws `text` from (x, y) to the right, at most `width` cells and never beyond the canvas.
  /// Controls and lone marks are left out; characters that no cell can hold are reduced (`CellContent`).
  /// - Returns: the number of cells drawn, those clipped at the left edge included.
  @discardableResult
  public mutating func put(_ text: String, x: Int, y: Int, style: Style, width: Int = .max) -> Int {
    guard y >= 0, y < size.rows, width > 0, x < size.columns else { return 0 }
    let end = width < size.columns - x ? x + width : size.columns
    if let used = putASCII(text, x: x, y: y, style: style, end: end) { return used }
    var column = x
    for character in text {
      if column >= end { break }
      if let byte = character.utf8.first, byte < 0x80 {
        // A carriage return with its newline is one character too, and no cell.
        guard byte >= 0x20, byte < 0x7F, character.utf8.count == 1 else {
          if byte >= 0x20, byte < 0x7F { column += putRich(character, x: column, y: y, style: style, end: end) }
          continue
        }
        if column >= 0 { write(Glyph(ascii: byte), style: style, width: 1, x: column, y: y) }
        column += 1
      } else {
        column += putRich(character, x: column, y: y, style: style, end: end)
      }
    }
    return column - x
  }

  /// Draws text of printable ASCII, where a byte is a character and a cell: most of what is drawn.
  /// - Returns: the cells it took; nil, and nothing drawn, for any other text.
  private mutating func putASCII(_ text: String, x: Int, y: Int, style: Style, end: Int) -> Int? {
    for byte in text.utf8 where byte < 0x20 || byte >= 0x7F { return nil }
    var column = x
    for byte in text.utf8 {
      if column >= end { break }
      if column >= 0 { write(Glyph(ascii: byte), style: style, width: 1, x: column, y: y) }
      column += 1
    }
    return column - x
  }

  /// Draws a character that is more than one ASCII byte.
  /// - Returns: the cells it took.
  private mutating func putRich(_ character: Character, x: Int, y: Int, style: Style, end: Int) -> Int {
    switch CellContent(character) {
    case .nothing: return 0
    case .narrow(let text):
      if x >= 0 { write(Glyph(text), style: style, width: 1, x: x, y: y) }
      return 1
    case .wide(let text):
      if x + 2 > end || x < 0 {
        // Half of it would be cut off: a space stands for the half that is in sight.
        let visible = x < 0 ? x + 1 : x
        if visible >= 0, visible < end { write(.space, style: style, width: 1, x: visible, y: y) }
        return min(2, end - x)
      }
      write(Glyph(text), style: style, width: 2, x: x, y: y)
      return 2
    case .pair(let first, let second):
      if x >= 0 { write(Glyph(first), style: style, width: 1, x: x, y: y) }
      if x + 1 < end, x + 1 >= 0 { write(Glyph(second), style: style, width: 1, x: x + 1, y: y) }
      return min(2, end - x)
    }
  }

  /// Fills a rectangle with one narrow character, a space unless told otherwise.
  public mutating func fill(_ rect: Rect, style: Style, with character: Character = " ") {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    let glyph = CellWidth.of(character) == 1 ? Glyph(String(character)) : .space
    for y in area.y..<area.maxY {
      for x in area.x..<area.maxX { write(glyph, style: style, width: 1, x: x, y: y) }
    }
  }

  /// Changes how the cells of a rectangle look and leaves what they say: selections, dimmed panels.
  public mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    for y in area.y..<area.maxY {
      for index in (y * size.columns + area.x)..<(y * size.columns + area.maxX) {
        cells[index].style = change(cells[index].style)
      }
    }
  }

  /// Copies another canvas to (x, y), clipped: layers, scrolled content. Its cursor is taken over when it has one.
  public mutating func draw(_ other: Canvas, x: Int, y: Int) {
    let area = Rect(x: x, y: y, width: other.size.columns, height: other.size.rows).intersection(bounds)
    guard !area.isEmpty else { return }
    for row in area.y..<area.maxY {
      var column = area.x
      while column < area.maxX {
        let cell = other.cells[(row - y) * other.size.columns + (column - x)]
        let next = (row - y) * other.size.columns + (column + 1 - x)
        let isWide = column + 1 < x + other.size.columns && other.cells[next].isSecondHalf
        if isWide, column + 1 < area.maxX {
          write(cell.glyph, style: cell.style, width: 2, x: column, y: row)
          column += 2
        } else {
          write(isWide || cell.isSecondHalf ? .space : cell.glyph, style: cell.style, width: 1, x: column, y: row)
          column += 1
        }
      }
    }
    if let cursor = other.cursor { self.cursor = (cursor.x + x, cursor.y + y) }
  }

  /// The canvas as lines of text without trailing spaces: what golden frames hold.
  public var lines: [String] {
    (0..<size.rows).map { y in
      var line = ""
      for x in 0..<size.columns { line += cells[y * size.columns + x].text }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// Draws every cell that holds one of these texts with the other one instead; each must take one cell, as it did.
  public mutating func substitute(_ replacements: [String: String]) {
    let glyphs = Dictionary(uniqueKeysWithValues: replacements.map { (Glyph($0), Glyph($1)) })
    for index in cells.indices {
      if let glyph = glyphs[cells[index].glyph] { cells[index].glyph = glyph }
    }
  }

  private func contains(x: Int, y: Int) -> Bool { x >= 0 && y >= 0 && x < size.columns && y < size.rows }

  /// The one place that writes cells. (x, y) is inside, and so is x + width - 1.
  private mutating func write(_ glyph: Glyph, style: Style, width: Int, x: Int, y: Int) {
    let index = y * size.columns + x
    if cells[index].isSecondHalf, x > 0 { cells[index - 1].glyph = .space }
    let last = index + width - 1
    if x + width < size.columns, cells[last + 1].isSecondHalf { cells[last + 1].glyph = .space }
    cells[index].glyph = glyph
    cells[index].style = style
    if width == 2 {
      cells[last].glyph = .none
      cells[last].style = style
    }
  }
}
