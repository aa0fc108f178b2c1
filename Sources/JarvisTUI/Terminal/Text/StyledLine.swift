/// A run of text in one style.
public struct Span: Sendable, Hashable {
  /// What it says.
  public var text: String
  /// How it looks.
  public var style: Style
  public init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

/// One line of the screen as runs of styled text.
public struct StyledLine: Sendable, Hashable {
  /// From left to right; neighbours may share a style.
  public var spans: [Span]
  public init(_ spans: [Span] = []) { self.spans = spans }
  public init(_ text: String, _ style: Style = .plain) { spans = text.isEmpty ? [] : [Span(text, style)] }

  /// The words without their looks.
  public var text: String { spans.reduce(into: "") { $0 += $1.text } }

  /// Cells from the first span to the last.
  public var width: Int { spans.reduce(0) { $0 + CellWidth.of($1.text) } }

  /// Adds a run at the end; joined to the last one where the style is the same.
  public mutating func append(_ text: String, _ style: Style = .plain) {
    guard !text.isEmpty else { return }
    if let last = spans.indices.last, spans[last].style == style {
      spans[last].text += text
    } else {
      spans.append(Span(text, style))
    }
  }

  /// At most `width` cells, with an ellipsis where something was cut.
  public func truncated(to width: Int, ellipsis: String = "…") -> StyledLine {
    guard self.width > width else { return self }
    var rest = width - CellWidth.of(ellipsis)
    var line = StyledLine()
    for span in spans {
      let cells = CellWidth.of(span.text)
      if cells <= rest {
        line.append(span.text, span.style)
        rest -= cells
        continue
      }
      let mark = TextFit.prefix(of: ellipsis, cells: width)
      line.append(String(TextFit.prefix(of: span.text, cells: max(0, rest)) + mark), span.style)
      break
    }
    return line
  }
}

extension Canvas {
  /// Draws a styled line from (x, y), at most `width` cells.
  /// - Returns: the number of cells drawn.
  @discardableResult
  public mutating func put(_ line: StyledLine, x: Int, y: Int, width: Int = .max) -> Int {
    var used = 0
    for span in line.spans where used < width {
      used += put(span.text, x: x + used, y: y, style: span.style, width: width == .max ? .max : width - used)
    }
    return used
  }

  /// Draws text inside one row of `rect`, cut with an ellipsis where it does not fit.
  public mutating func put(
    _ text: String, in rect: Rect, row: Int = 0, align: Alignment = .left, style: Style, ellipsis: String = "…"
  ) {
    guard row >= 0, row < rect.height, rect.width > 0 else { return }
    let fitted = TextFit.truncate(text, to: rect.width, ellipsis: ellipsis)
    let offset = align.offset(of: CellWidth.of(fitted), in: rect.width)
    put(fitted, x: rect.x + offset, y: rect.y + row, style: style, width: rect.width - offset)
  }
}
