/// A piece of a Markdown text, from line to line. What models write, not all of CommonMark.
enum MarkdownBlock: Sendable, Hashable {
  case heading(level: Int, text: String)
  /// Newlines inside break the line: models mean them.
  case paragraph(String)
  case code(language: String, lines: [String])
  case list([Item])
  case quote([MarkdownBlock])
  case table(header: [String], alignments: [Alignment], rows: [[String]])
  case rule

  /// One entry of a list, with what hangs under it.
  struct Item: Sendable, Hashable {
    /// "•" for unordered lists is chosen by the renderer: nil. Else the number as written, "3.".
    var marker: String?
    var blocks: [MarkdownBlock]
  }

  /// Lists and quotes nest at most so deep; deeper ones are text.
  static let maximumDepth = 8
  /// A table has at most so many columns.
  static let maximumColumns = 32
}

/// Cuts a text into blocks. An open code fence at the end is code: the rest is still being written.
struct MarkdownParser {
  private let lines: [Substring]
  private let depth: Int
  private var index = 0
  private var blocks: [MarkdownBlock] = []
  private var paragraph: [Substring] = []

  private init(_ lines: [Substring], depth: Int) {
    self.lines = lines
    self.depth = depth
  }

  static func parse(_ text: String) -> [MarkdownBlock] {
    parse(text.split(omittingEmptySubsequences: false) { $0.isNewline }, depth: 0)
  }

  private static func parse(_ lines: [Substring], depth: Int) -> [MarkdownBlock] {
    var parser = MarkdownParser(lines, depth: depth)
    parser.run()
    return parser.blocks
  }

  private mutating func run() {
    while index < lines.count {
      let line = lines[index]
      let content = line.drop { $0 == " " || $0 == "\t" }
      if content.isEmpty {
        endParagraph()
        index += 1
      } else if let fence = Self.fence(content) {
        endParagraph()
        takeCode(fence, indent: line.count - content.count)
      } else if let (level, text) = Self.heading(content) {
        endParagraph()
        blocks.append(.heading(level: level, text: text))
        index += 1
      } else if Self.isRule(content) {
        endParagraph()
        blocks.append(.rule)
        index += 1
      } else if depth < MarkdownBlock.maximumDepth, content.first == ">" {
        endParagraph()
        takeQuote()
      } else if depth < MarkdownBlock.maximumDepth, Self.marker(line) != nil {
        endParagraph()
        takeList()
      } else if let alignments = tableAlignments() {
        endParagraph()
        takeTable(alignments)
      } else {
        paragraph.append(content)
        index += 1
      }
    }
    endParagraph()
  }

  private mutating func endParagraph() {
    if !paragraph.isEmpty { blocks.append(.paragraph(paragraph.joined(separator: "\n"))) }
    paragraph = []
  }

  // MARK: - Code

  private static func fence(_ content: Substring) -> (mark: Character, count: Int, language: String)? {
    guard let mark = content.first, mark == "`" || mark == "~" else { return nil }
    let count = content.prefix { $0 == mark }.count
    guard count >= 3 else { return nil }
    let info = content.dropFirst(count)
    // "```code```" in one line is code inside a sentence.
    guard mark == "~" || !info.contains("`") else { return nil }
    return (mark, count, String(info.split(separator: " ").first ?? ""))
  }

  private mutating func takeCode(_ fence: (mark: Character, count: Int, language: String), indent: Int) {
    var code: [String] = []
    index += 1
    while index < lines.count {
      let line = lines[index]
      index += 1
      let content = line.drop { $0 == " " }
      if content.prefix(while: { $0 == fence.mark }).count >= fence.count,
        content.allSatisfy({ $0 == fence.mark || $0 == " " })
      {
        break
      }
      code.append(String(line.dropFirst(min(indent, line.count - content.count))))
    }
    blocks.append(.code(language: fence.language, lines: code))
  }

  // MARK: - Single lines

  private static func heading(_ content: Substring) -> (Int, String)? {
    let level = content.prefix { $0 == "#" }.count
    let rest = content.dropFirst(level)
    guard (1...6).contains(level), rest.first == " " else { return nil }
    var text = rest.drop { $0 == " " }
    while text.last == "#" || text.last == " " { text.removeLast() }
    return (level, String(text))
  }

  private static func isRule(_ content: Substring) -> Bool {
    guard let mark = content.first, "-*_".contains(mark) else { return false }
    return content.allSatisfy { $0 == mark || $0 == " " } && content.count { $0 == mark } >= 3
  }

  // MARK: - Quotes and lists

  private mutating func takeQuote() {
    var inner: [Substring] = []
    while index < lines.count {
      let content = lines[index].drop { $0 == " " }
      guard content.first == ">" else { break }
      let text = content.dropFirst()
      inner.append(text.first == " " ? text.dropFirst() : text)
      index += 1
    }
    blocks.append(.quote(Self.parse(inner, depth: depth + 1)))
  }

  /// A list marker at the start of a line: its own text where it is numbered, and the column its content starts at.
  private static func marker(_ line: Substring) -> (indent: Int, number: String?, content: Int)? {
    let indent = line.prefix { $0 == " " }.count
    let rest = line.dropFirst(indent)
    guard let first = rest.first else { return nil }
    if "-*+".contains(first) {
      guard rest.dropFirst().first == " " || rest.count == 1 else { return nil }
      return (indent, nil, indent + 2)
    }
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard (1...9).contains(digits.count) else { return nil }
    let after = rest.dropFirst(digits.count)
    guard let dot = after.first, dot == "." || dot == ")" else { return nil }
    guard after.dropFirst().first == " " || after.count == 1 else { return nil }
    return (indent, "\(digits)\(dot)", indent + digits.count + 2)
  }

  private mutating func takeList() {
    var items: [MarkdownBlock.Item] = []
    guard let first = Self.marker(lines[index]) else { return }
    while index < lines.count, let marker = Self.marker(lines[index]), marker.indent >= first.indent,
      marker.indent < first.content, (marker.number == nil) == (first.number == nil),
      !Self.isRule(lines[index].drop { $0 == " " })
    {
      var inner = [lines[index].dropFirst(marker.content)]
      index += 1
      while index < lines.count, belongs(lines[index], to: marker, after: inner) {
        let line = lines[index]
        let spaces = line.prefix { $0 == " " }.count
        inner.append(line.dropFirst(min(spaces, marker.content)))
        index += 1
      }
      while inner.last?.isEmpty == true { inner.removeLast() }
      items.append(.init(marker: marker.number, blocks: Self.parse(inner, depth: depth + 1)))
    }
    blocks.append(.list(items))
  }

  /// Whether a line continues the item of `marker`: indented beneath it, an empty line before such a line, or plain
  /// text right after text.
  private func belongs(_ line: Substring, to marker: (indent: Int, number: String?, content: Int), after: [Substring])
    -> Bool
  {
    let spaces = line.prefix { $0 == " " }.count
    if spaces == line.count {
      let next = index + 1 < lines.count ? lines[index + 1] : ""
      let nextSpaces = next.prefix { $0 == " " }.count
      // One empty line between items keeps the list together; two end it.
      return nextSpaces < next.count && (nextSpaces > marker.indent || Self.marker(next)?.indent == marker.indent)
    }
    if spaces > marker.indent { return true }
    if Self.marker(line) != nil { return false }
    let content = line.dropFirst(spaces)
    let startsBlock = Self.fence(content) != nil || Self.heading(content) != nil || content.first == ">"
    return !startsBlock && after.last?.isEmpty == false && !Self.isRule(content)
  }

  // MARK: - Tables

  /// The alignments when this line is a table's header and the next its separator.
  private func tableAlignments() -> [Alignment]? {
    guard index + 1 < lines.count, lines[index].contains("|") else { return nil }
    let separator = Self.cells(lines[index + 1])
    guard !separator.isEmpty, separator.count == Self.cells(lines[index]).count else { return nil }
    guard lines[index + 1].contains("-") else { return nil }
    var alignments: [Alignment] = []
    for cell in separator {
      let dashes = cell.filter { $0 != ":" }
      guard !dashes.isEmpty, dashes.allSatisfy({ $0 == "-" }) else { return nil }
      alignments.append(cell.hasSuffix(":") ? (cell.hasPrefix(":") ? .centre : .right) : .left)
    }
    return alignments
  }

  private mutating func takeTable(_ alignments: [Alignment]) {
    let header = Self.cells(lines[index])
    index += 2
    var rows: [[String]] = []
    while index < lines.count, lines[index].contains("|") {
      let cells = Self.cells(lines[index])
      rows.append((0..<header.count).map { $0 < cells.count ? cells[$0] : "" })
      index += 1
    }
    blocks.append(.table(header: header, alignments: alignments, rows: rows))
  }

  /// The cells of a table's line; `\|` and bars inside code are text.
  private static func cells(_ line: Substring) -> [String] {
    var text = line.drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    if text.first == "|" { text.removeFirst() }
    var cells: [String] = []
    var cell = ""
    var isEscaped = false
    var isCode = false
    for character in text {
      if isEscaped {
        cell += character == "|" ? "|" : "\\\(character)"
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "|", !isCode {
        cells.append(cell)
        cell = ""
      } else {
        if character == "`" { isCode.toggle() }
        cell.append(character)
      }
    }
    if isEscaped { cell += "\\" }
    if !cell.isEmpty { cells.append(cell) }
    return cells.prefix(MarkdownBlock.maximumColumns).map { cell in
      var trimmed = cell.drop { $0 == " " }
      while trimmed.last == " " { trimmed.removeLast() }
      return String(trimmed)
    }
  }
}
