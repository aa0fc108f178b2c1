/// A column of a table.
public struct TableColumn: Sendable, Hashable {
  /// Stands above the column.
  public var title: String
  /// Where its texts stand.
  public var align: Alignment
  /// Never narrower than this; a table that is too narrow drops whole columns instead.
  public var minimum: Int
  /// Never wider than this, however long its texts are.
  public var maximum: Int
  /// What goes first when room is short: the column with the lowest priority is dropped first.
  public var priority: Int
  /// Takes what is left over.
  public var isFlexible: Bool
  /// Shown in full or not at all: half a figure is none.
  public var isWhole: Bool

  public init(
    _ title: String, align: Alignment = .left, minimum: Int = 3, maximum: Int = .max, priority: Int = 0,
    isFlexible: Bool = false, isWhole: Bool = false
  ) {
    self.title = title
    self.align = align
    self.minimum = max(1, minimum)
    self.maximum = max(self.minimum, maximum)
    self.priority = priority
    self.isFlexible = isFlexible
    self.isWhole = isWhole
  }
}

/// The widths of a table's columns.
public enum TableLayout {
  /// Cells between two columns.
  public static let gap = 1

  /// A width for each column, nil where the column is dropped. Together with the gaps never above `available`.
  /// - Parameter content: the widest text of each column, its title included.
  public static func widths(
    _ columns: [TableColumn], content: [Int], available: Int, gap: Int = gap
  ) -> [Int?] {
    var shown = Array(columns.indices)
    func gaps() -> Int { max(0, shown.count - 1) * gap }
    func wanted(_ index: Int) -> Int {
      min(columns[index].maximum, max(columns[index].minimum, index < content.count ? content[index] : 0))
    }
    func least(_ index: Int) -> Int { columns[index].isWhole ? wanted(index) : columns[index].minimum }
    while shown.count > 1, shown.reduce(gaps(), { $0 + least($1) }) > available {
      // The last one of the lowest priority goes first.
      guard let lowest = shown.map({ columns[$0].priority }).min(),
        let drop = shown.lastIndex(where: { columns[$0].priority == lowest })
      else { break }
      shown.remove(at: drop)
    }
    var widths = [Int?](repeating: nil, count: columns.count)
    for index in shown { widths[index] = min(least(index), max(0, available)) }
    var room = available - gaps() - shown.reduce(0) { $0 + (widths[$1] ?? 0) }
    // What each asks for beyond its minimum: flexible columns last, they can do with less; the important ones first.
    let order = shown.sorted { first, second in
      let (a, b) = (columns[first], columns[second])
      return a.isFlexible == b.isFlexible ? a.priority > b.priority : b.isFlexible
    }
    for index in order where room > 0 {
      let more = min(room, max(0, wanted(index) - (widths[index] ?? 0)))
      widths[index] = (widths[index] ?? 0) + more
      room -= more
    }
    let flexible = shown.filter { columns[$0].isFlexible }
    for (place, index) in flexible.enumerated() where room > 0 {
      let share = room / (flexible.count - place)
      widths[index] = (widths[index] ?? 0) + share
      room -= share
    }
    return widths
  }
}

/// A text of a table with its look.
public typealias TableCell = Span

extension Canvas {
  /// Draws a table: titles in the first row, then as many rows as fit. Row `selected` is drawn over its whole width
  /// in `selection`.
  /// - Returns: the widths that were used, nil for dropped columns.
  @discardableResult
  public mutating func drawTable(
    _ columns: [TableColumn], rows: [[TableCell]], in rect: Rect, header: Style?, selected: Int? = nil,
    selection: Style = .plain, ellipsis: String = "…"
  ) -> [Int?] {
    let content = columns.indices.map { column in
      rows.reduce(header == nil ? 0 : CellWidth.of(columns[column].title)) {
        max($0, column < $1.count ? CellWidth.of($1[column].text) : 0)
      }
    }
    let widths = TableLayout.widths(columns, content: content, available: rect.width)
    var y = rect.y
    if let header, rect.height > 0 {
      drawTableRow(columns.map { Span($0.title, header) }, columns, widths, x: rect.x, y: y, ellipsis: ellipsis)
      y += 1
    }
    for (index, row) in rows.enumerated() {
      guard y < rect.maxY else { break }
      let isSelected = index == selected
      if isSelected { fill(Rect(x: rect.x, y: y, width: rect.width, height: 1), style: selection) }
      let cells = isSelected ? row.map { Span($0.text, selection) } : row
      drawTableRow(cells, columns, widths, x: rect.x, y: y, ellipsis: ellipsis)
      y += 1
    }
    return widths
  }

  private mutating func drawTableRow(
    _ cells: [TableCell], _ columns: [TableColumn], _ widths: [Int?], x: Int, y: Int, ellipsis: String
  ) {
    var left = x
    for (index, column) in columns.enumerated() {
      guard let width = widths[index] else { continue }
      if index < cells.count {
        let row = Rect(x: left, y: y, width: width, height: 1)
        put(cells[index].text, in: row, align: column.align, style: cells[index].style, ellipsis: ellipsis)
      }
      left += width + TableLayout.gap
    }
  }
}
