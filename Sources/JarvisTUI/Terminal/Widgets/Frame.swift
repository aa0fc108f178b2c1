/// A tab in the frame of the centre: a conversation or a view.
public struct Tab: Sendable, Hashable {
  /// What it says.
  public var title: String
  /// Whether it is the one that is open.
  public var isActive: Bool
  /// Whether it is the one that is open.
  public init(_ title: String, isActive: Bool = false) {
    self.title = title
    self.isActive = isActive
  }
}

/// The looks a frame needs.
public struct FrameStyle: Sendable, Hashable {
  /// The frame itself.
  public var line: Style
  /// The open tab.
  public var activeTab: Style
  /// The open tab.
  public var inactiveTab: Style
  /// The text at the right of the top line.
  public var meta: Style
  /// The frame itself.
  public init(line: Style, activeTab: Style, inactiveTab: Style, meta: Style) {
    self.line = line
    self.activeTab = activeTab
    self.inactiveTab = inactiveTab
    self.meta = meta
  }

  /// From a theme's scopes.
  public init(_ theme: Theme) {
    self.init(
      line: theme.style("frame"), activeTab: theme.style("tab.active"), inactiveTab: theme.style("tab.inactive"),
      meta: theme.style("panel.meta"))
  }
}

extension Canvas {
  /// The frame of the centre: tabs with slanted edges in its top line, a meta text before the clipped corner at the
  /// top right, another clipped corner at the bottom left.
  ///
  /// Tabs that do not fit are left out from the end, never the active one.
  /// - Returns: the room inside, and where each drawn tab lies, for the mouse.
  @discardableResult
  public mutating func drawFrame(
    _ rect: Rect, tabs: [Tab] = [], meta: String = "", glyphs: Glyphs, style: FrameStyle
  ) -> (inside: Rect, tabs: [(index: Int, rect: Rect)]) {
    guard rect.width > 3, rect.height > 1 else { return (Rect(x: rect.x, y: rect.y, width: 0, height: 0), []) }
    let line = Character(glyphs.horizontal)
    fill(Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: 1), style: style.line, with: line)
    fill(Rect(x: rect.x + 1, y: rect.maxY - 1, width: rect.width - 2, height: 1), style: style.line, with: line)
    for y in (rect.y + 1)..<max(rect.y + 1, rect.maxY - 1) {
      put(glyphs.vertical, x: rect.x, y: y, style: style.line)
      put(glyphs.vertical, x: rect.maxX - 1, y: y, style: style.line)
    }
    put(glyphs.topLeft, x: rect.x, y: rect.y, style: style.line)
    put(glyphs.clippedTopRight, x: rect.maxX - 1, y: rect.y, style: style.line)
    put(glyphs.clippedBottomLeft, x: rect.x, y: rect.maxY - 1, style: style.line)
    put(glyphs.bottomRight, x: rect.maxX - 1, y: rect.maxY - 1, style: style.line)
    let (end, places) = drawTabs(tabs, in: rect, glyphs: glyphs, style: style)
    let room = rect.maxX - 2 - end - 2
    if !meta.isEmpty, room > 6 {
      let text = " " + TextFit.truncate(meta, to: room - 2, ellipsis: glyphs.ellipsis) + " "
      put(text, x: rect.maxX - 1 - CellWidth.of(text), y: rect.y, style: style.meta)
    }
    return (rect.inset(horizontal: 1, vertical: 1), places)
  }

  /// - Returns: the first free column behind the tabs, and the places of the drawn ones.
  private mutating func drawTabs(
    _ tabs: [Tab], in rect: Rect, glyphs: Glyphs, style: FrameStyle
  ) -> (end: Int, places: [(index: Int, rect: Rect)]) {
    let room = rect.width - 3
    let shown = Self.tabsThatFit(tabs, room: room)
    var x = rect.x + 1
    var places: [(index: Int, rect: Rect)] = []
    for index in shown {
      let look = tabs[index].isActive ? style.activeTab : style.inactiveTab
      let limit = max(0, rect.maxX - 2 - x - 1)
      let text = TextFit.truncate(" \(tabs[index].title) ", to: limit, ellipsis: glyphs.ellipsis)
      let used = put(text, x: x, y: rect.y, style: look)
      places.append((index, Rect(x: x, y: rect.y, width: used, height: 1)))
      x += used
      x += put(glyphs.tabEdge, x: x, y: rect.y, style: style.line)
    }
    return (x, places)
  }

  private static func tabsThatFit(_ tabs: [Tab], room: Int) -> [Int] {
    var shown = Array(tabs.indices)
    func needed() -> Int { shown.reduce(0) { $0 + CellWidth.of(tabs[$1].title) + 3 } }
    while needed() > room, let drop = shown.last(where: { !tabs[$0].isActive }), shown.count > 1 {
      shown.removeAll { $0 == drop }
    }
    return shown
  }

  /// A card with a double frame: a decision that waits. Title and remark stand in its top line.
  /// - Returns: the room inside, one cell of air at each side.
  @discardableResult
  public mutating func drawCard(
    _ rect: Rect, title: String, remark: String = "", glyphs: Glyphs, line: Style, title titleStyle: Style
  ) -> Rect {
    guard rect.width > 5, rect.height > 1 else { return Rect(x: rect.x, y: rect.y, width: 0, height: 0) }
    let bar = Character(glyphs.cardHorizontal)
    fill(Rect(x: rect.x, y: rect.y, width: rect.width, height: 1), style: line, with: bar)
    fill(Rect(x: rect.x, y: rect.maxY - 1, width: rect.width, height: 1), style: line, with: bar)
    for y in (rect.y + 1)..<max(rect.y + 1, rect.maxY - 1) {
      put(glyphs.cardVertical, x: rect.x, y: y, style: line)
      put(glyphs.cardVertical, x: rect.maxX - 1, y: y, style: line)
    }
    put(glyphs.cardTopLeft, x: rect.x, y: rect.y, style: line)
    put(glyphs.cardTopRight, x: rect.maxX - 1, y: rect.y, style: line)
    put(glyphs.cardBottomLeft, x: rect.x, y: rect.maxY - 1, style: line)
    put(glyphs.cardBottomRight, x: rect.maxX - 1, y: rect.maxY - 1, style: line)
    let head = " " + TextFit.truncate(title, to: rect.width - 6, ellipsis: glyphs.ellipsis) + " "
    let used = put(head, x: rect.x + 2, y: rect.y, style: titleStyle)
    let room = rect.width - 6 - used
    if !remark.isEmpty, CellWidth.of(remark) + 2 <= room {
      let tail = " \(remark) "
      put(tail, x: rect.maxX - 2 - CellWidth.of(tail), y: rect.y, style: titleStyle)
    }
    return rect.inset(horizontal: 2, vertical: 1)
  }
}
