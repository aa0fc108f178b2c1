/// Where text stands in the room it has.
public enum Alignment: Sendable, Hashable {
  case left, right, centre

  /// Cells to leave free before `content` cells in `width` cells.
  public func offset(of content: Int, in width: Int) -> Int {
    switch self {
    case .left: 0
    case .right: max(0, width - content)
    case .centre: max(0, (width - content) / 2)
    }
  }
}

/// Fitting one line of text into a number of cells.
public enum TextFit {
  /// As many whole characters from the start as fit into `cells`.
  public static func prefix(of text: String, cells: Int) -> Substring {
    var used = 0
    var end = text.startIndex
    while end < text.endIndex {
      let width = CellWidth.of(text[end])
      if used + width > cells { break }
      used += width
      end = text.index(after: end)
    }
    return text[..<end]
  }

  /// As many whole characters from the end as fit into `cells`.
  public static func suffix(of text: String, cells: Int) -> Substring {
    var used = 0
    var start = text.endIndex
    while start > text.startIndex {
      let before = text.index(before: start)
      used += CellWidth.of(text[before])
      if used > cells { break }
      start = before
    }
    return text[start...]
  }

  /// `text` in at most `cells` cells; what is cut is replaced by the ellipsis.
  public static func truncate(_ text: String, to cells: Int, ellipsis: String = "…") -> String {
    guard cells > 0 else { return "" }
    guard CellWidth.of(text) > cells else { return text }
    let mark = CellWidth.of(ellipsis)
    guard mark < cells else { return String(prefix(of: ellipsis, cells: cells)) }
    return prefix(of: text, cells: cells - mark) + ellipsis
  }

  /// `text` in at most `cells` cells, cut in the middle: paths and identifiers, where both ends say something.
  public static func truncateMiddle(_ text: String, to cells: Int, ellipsis: String = "…") -> String {
    guard cells > 0 else { return "" }
    guard CellWidth.of(text) > cells else { return text }
    let room = cells - CellWidth.of(ellipsis)
    guard room > 1 else { return truncate(text, to: cells, ellipsis: ellipsis) }
    return prefix(of: text, cells: room - room / 2) + ellipsis + suffix(of: text, cells: room / 2)
  }

  /// Exactly `cells` cells: cut with an ellipsis or padded with spaces.
  public static func pad(_ text: String, to cells: Int, align: Alignment = .left, ellipsis: String = "…") -> String {
    let fitted = truncate(text, to: cells, ellipsis: ellipsis)
    let width = CellWidth.of(fitted)
    let left = align.offset(of: width, in: cells)
    return String(repeating: " ", count: left) + fitted
      + String(repeating: " ", count: max(0, cells - width - left))
  }
}
