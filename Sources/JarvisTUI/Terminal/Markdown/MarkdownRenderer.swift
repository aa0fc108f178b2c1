/// Turns blocks of Markdown into styled lines.
struct MarkdownRenderer {
  let glyphs: Glyphs
  let looks: MarkdownLooks

  /// Where nesting leaves less room than this, it is no longer shown.
  private static let minimumWidth = 6

  /// Lines of all blocks, an empty one between two. Never wider than `width`, except where a single character is.
  func render(_ blocks: [MarkdownBlock], width: Int) -> [StyledLine] {
    var lines: [StyledLine] = []
    for block in blocks {
      if !lines.isEmpty { lines.append(StyledLine()) }
      lines += render(block, width: width)
    }
    return lines
  }

  private func render(_ block: MarkdownBlock, width: Int) -> [StyledLine] {
    switch block {
    case .heading(_, let text):
      Wrap.lines(of: MarkdownInline.parse(text, style: looks.heading, looks: looks), width: width)
    case .paragraph(let text):
      Wrap.lines(of: MarkdownInline.parse(text, style: looks.text, looks: looks), width: width)
    case .code(_, let code): self.code(code, width: width)
    case .list(let items): list(items, width: width)
    case .quote(let inner) where width < Self.minimumWidth + 2: render(inner, width: width)
    case .quote(let inner):
      render(inner, width: max(1, width - 2)).map { line in
        prefixed(line.recoloured(from: looks.text, to: looks.quote), with: [Span(glyphs.vertical + " ", looks.rule)])
      }
    case .table(let header, let alignments, let rows):
      table(header: header, alignments: alignments, rows: rows, width: width)
    case .rule: [StyledLine(String(repeating: glyphs.horizontal, count: width), looks.rule)]
    }
  }

  /// Code keeps its lines; longer ones are cut at the edge. The tint reaches over the whole width.
  private func code(_ code: [String], width: Int) -> [StyledLine] {
    let inside = max(1, width - 2)
    return code.flatMap { Wrap.lines(of: $0, width: inside, mode: .verbatim) }.map { line in
      let filled = " " + line + String(repeating: " ", count: max(0, inside - CellWidth.of(line)))
      return StyledLine(width > 1 ? filled + " " : line, looks.code)
    }
  }

  private func list(_ items: [MarkdownBlock.Item], width: Int) -> [StyledLine] {
    // Numbers stand right-aligned under each other.
    let room = items.map { $0.marker.map { CellWidth.of($0) } ?? 1 }.max() ?? 1
    if width < room + 1 + Self.minimumWidth {
      return items.flatMap { item in
        let marker = TextFit.truncate(item.marker ?? glyphs.bullet, to: width)
        return [StyledLine(marker, looks.marker)] + item.blocks.flatMap { render($0, width: width) }
      }
    }
    var lines: [StyledLine] = []
    for item in items {
      let marker = TextFit.pad(item.marker ?? glyphs.bullet, to: room, align: .right)
      var inner: [StyledLine] = []
      for block in item.blocks {
        // Inside an item, blocks follow each other closely.
        inner += render(block, width: max(1, width - room - 1))
      }
      if inner.isEmpty { inner = [StyledLine()] }
      for (index, line) in inner.enumerated() {
        let start = index == 0 ? marker : String(repeating: " ", count: room)
        lines.append(prefixed(line, with: [Span(start, looks.marker), Span(" ", looks.text)]))
      }
    }
    return lines
  }

  private func prefixed(_ line: StyledLine, with spans: [Span]) -> StyledLine { StyledLine(spans + line.spans) }

  // MARK: - Tables

  private static let separatorWidth = 3

  private func table(header: [String], alignments: [Alignment], rows: [[String]], width: Int) -> [StyledLine] {
    let head = header.map { MarkdownInline.parse($0, style: looks.tableHeader, looks: looks) }
    let body = rows.map { $0.map { MarkdownInline.parse($0, style: looks.table, looks: looks) } }
    let content = head.indices.map { column in body.reduce(head[column].width) { max($0, $1[column].width) } }
    let columns = head.indices.map { TableColumn(header[$0], minimum: min(max(1, content[$0]), 8)) }
    let widths = TableLayout.widths(columns, content: content, available: width, gap: Self.separatorWidth)
    guard widths.allSatisfy({ $0 != nil }) else { return records(head: head, body: body, width: width) }
    let known = widths.compactMap { $0 }
    var lines = row(head, alignments, known)
    let bars = known.map { String(repeating: glyphs.horizontal, count: $0) }
    let joint = glyphs.horizontal + (glyphs.level == .ascii ? "+" : "┼") + glyphs.horizontal
    lines.append(StyledLine(bars.joined(separator: joint), looks.rule))
    for cells in body { lines += row(cells, alignments, known) }
    return lines
  }

  /// One row of a table; a cell that is too long for its column goes on below.
  private func row(_ cells: [StyledLine], _ alignments: [Alignment], _ widths: [Int]) -> [StyledLine] {
    let wrapped = cells.indices.map { Wrap.lines(of: cells[$0], width: widths[$0]) }
    let height = wrapped.map(\.count).max() ?? 0
    return (0..<height).map { index in
      var line = StyledLine()
      for column in wrapped.indices {
        if column > 0 { line.append(" \(glyphs.vertical) ", looks.rule) }
        let text = index < wrapped[column].count ? wrapped[column][index] : StyledLine()
        let left = alignments[column].offset(of: text.width, in: widths[column])
        line.append(String(repeating: " ", count: left), looks.table)
        for span in text.spans { line.append(span.text, span.style) }
        if column < wrapped.count - 1 {
          line.append(String(repeating: " ", count: max(0, widths[column] - left - text.width)), looks.table)
        }
      }
      return line
    }
  }

  /// A table with more columns than there is room for: one line a value, named by its column.
  private func records(head: [StyledLine], body: [[StyledLine]], width: Int) -> [StyledLine] {
    if body.isEmpty { return head.flatMap { Wrap.lines(of: $0, width: width) } }
    return body.enumerated().flatMap { index, cells -> [StyledLine] in
      let lines = cells.indices.flatMap { column -> [StyledLine] in
        let value = StyledLine(head[column].spans + [Span(": ", looks.table)] + cells[column].spans)
        return Wrap.lines(of: value, width: width, indent: 2)
      }
      return index == 0 ? lines : [StyledLine()] + lines
    }
  }
}

extension StyledLine {
  /// The same words with one style exchanged for another.
  fileprivate func recoloured(from old: Style, to new: Style) -> StyledLine {
    StyledLine(spans.map { Span($0.text, $0.style == old ? new : $0.style) })
  }
}
