/// The looks that Markdown needs, from a theme.
struct MarkdownLooks: Sendable {
  var text: Style
  var strong: Style
  var heading: Style
  var code: Style
  var inlineCode: Style
  var quote: Style
  var link: Style
  var rule: Style
  var table: Style
  var tableHeader: Style
  var marker: Style

  init(_ theme: Theme, scope: String) {
    text = theme.style(scope)
    strong = theme.style("text.bright").adding(.bold)
    heading = theme.style("chat.heading")
    code = theme.style("chat.code")
    inlineCode = theme.style("chat.code.inline")
    quote = theme.style("chat.quote")
    link = theme.style("chat.link")
    rule = theme.style("chat.rule")
    table = theme.style("chat.table")
    tableHeader = table.adding(.bold)
    marker = theme.style("chat.list")
  }
}

/// Emphasis, code and links inside a line of Markdown.
struct MarkdownInline {
  private let characters: [Character]
  private let looks: MarkdownLooks
  private var line = StyledLine()
  /// Where the next run of as many backticks starts, for each run of them.
  private let codeRuns: [Int: Int]

  /// Emphasis nests at most so deep; and a mark looks at most so far for its other end.
  private static let maximumDepth = 4
  private static let maximumReach = 600

  /// Styled text of `text` in `style`. Newlines stay as they are.
  static func parse(_ text: String, style: Style, looks: MarkdownLooks) -> StyledLine {
    guard text.utf8.contains(where: { "*_`[\\~<&".utf8.contains($0) }) else { return StyledLine(text, style) }
    var parser = MarkdownInline(characters: Array(text), looks: looks)
    parser.parse(0..<parser.characters.count, style: style, depth: 0)
    return parser.line
  }

  private init(characters: [Character], looks: MarkdownLooks) {
    self.characters = characters
    self.looks = looks
    codeRuns = Self.codeRuns(characters)
  }

  private static func codeRuns(_ characters: [Character]) -> [Int: Int] {
    var next: [Int: Int] = [:]
    var latest: [Int: Int] = [:]
    var index = 0
    while index < characters.count {
      let start = index
      while index < characters.count, characters[index] == "`" { index += 1 }
      if index > start {
        if let before = latest[index - start] { next[before] = start }
        latest[index - start] = start
      } else {
        index += 1
      }
    }
    return next
  }

  private mutating func parse(_ range: Range<Int>, style: Style, depth: Int) {
    var index = range.lowerBound
    var plain = ""
    func flush(_ line: inout StyledLine) {
      line.append(plain, style)
      plain = ""
    }
    while index < range.upperBound {
      let character = characters[index]
      switch character {
      case "\\"
      where index + 1 < range.upperBound && (characters[index + 1].isPunctuation || characters[index + 1].isSymbol):
        plain.append(characters[index + 1])
        index += 2
        continue
      case "`":
        if let end = codeEnd(from: index, in: range) {
          flush(&line)
          line.append(String(characters[end.content]), looks.inlineCode)
          index = end.after
          continue
        }
        let run = run(of: "`", from: index, in: range)
        plain += String(repeating: "`", count: run)
        index += run
        continue
      case "*", "_", "~":
        if depth < Self.maximumDepth, let end = emphasisEnd(from: index, in: range) {
          flush(&line)
          parse(end.content, style: emphasised(style, mark: character, count: end.count), depth: depth + 1)
          index = end.after
          continue
        }
        // A run of marks without its other end is text, as a whole.
        let run = run(of: character, from: index, in: range)
        plain += String(repeating: character, count: run)
        index += run
        continue
      case "[":
        if depth < Self.maximumDepth, let link = link(from: index, in: range) {
          flush(&line)
          parse(link.label, style: looks.link, depth: depth + 1)
          if String(characters[link.label]) != link.address { line.append(" (\(link.address))", looks.quote) }
          index = link.after
          continue
        }
      case "<":
        if let end = autolinkEnd(from: index, in: range) {
          flush(&line)
          line.append(String(characters[(index + 1)..<end]), looks.link)
          index = end + 1
          continue
        }
      case "&":
        if let (text, after) = entity(from: index, in: range) {
          plain += text
          index = after
          continue
        }
      default: break
      }
      plain.append(character)
      index += 1
    }
    flush(&line)
  }

  private func run(of mark: Character, from index: Int, in range: Range<Int>) -> Int {
    var end = index
    while end < range.upperBound, characters[end] == mark { end += 1 }
    return end - index
  }

  // MARK: - Code

  private func codeEnd(from index: Int, in range: Range<Int>) -> (content: Range<Int>, after: Int)? {
    let count = run(of: "`", from: index, in: range)
    guard let closing = codeRuns[index], closing + count <= range.upperBound else { return nil }
    var content = (index + count)..<closing
    // One space at both ends is there to keep backticks apart, not to be seen.
    if content.count > 2, characters[content.lowerBound] == " ", characters[content.upperBound - 1] == " " {
      content = (content.lowerBound + 1)..<(content.upperBound - 1)
    }
    return content.isEmpty ? nil : (content, closing + count)
  }

  // MARK: - Emphasis

  private func emphasised(_ style: Style, mark: Character, count: Int) -> Style {
    if mark == "~" { return style.adding(.dim) }
    var result = style
    if count >= 2 {
      result = result.coloured(looks.strong.foreground ?? style.foreground).adding(looks.strong.attributes)
    }
    if count != 2 { result = result.adding(.italic) }
    return result
  }

  /// The other end of a run of marks: a run of the same length that closes. `_` inside words (`guest_config`) and
  /// marks beside spaces (`2 * 3`) are text.
  private func emphasisEnd(
    from index: Int, in range: Range<Int>
  ) -> (content: Range<Int>, count: Int, after: Int)? {
    let mark = characters[index]
    let count = run(of: mark, from: index, in: range)
    guard count <= 3, mark != "~" || count == 2 else { return nil }
    let start = index + count
    guard start < range.upperBound, !characters[start].isWhitespace else { return nil }
    if mark == "_", index > range.lowerBound, isWord(characters[index - 1]) { return nil }
    var place = start
    let limit = min(range.upperBound, start + Self.maximumReach)
    while place < limit {
      if characters[place] == "\\" {
        place += 2
      } else if characters[place] == "`", let code = codeEnd(from: place, in: range) {
        place = code.after
      } else if characters[place] == mark {
        let closing = run(of: mark, from: place, in: range)
        let after = place + closing
        let isInsideWord = mark == "_" && after < range.upperBound && isWord(characters[after])
        if closing == count, !characters[place - 1].isWhitespace, !isInsideWord {
          return (start..<place, count, after)
        }
        place = after
      } else {
        place += 1
      }
    }
    return nil
  }

  private func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

  // MARK: - Links and entities

  private func link(from index: Int, in range: Range<Int>) -> (label: Range<Int>, address: String, after: Int)? {
    let limit = min(range.upperBound, index + Self.maximumReach)
    var depth = 0
    var place = index
    while place < limit {
      if characters[place] == "[" { depth += 1 }
      if characters[place] == "]" { depth -= 1 }
      if depth == 0 { break }
      place += 1
    }
    guard place + 1 < limit, characters[place + 1] == "(", place > index + 1 else { return nil }
    guard let end = characters[(place + 2)..<limit].firstIndex(where: { $0 == ")" || $0.isNewline }),
      characters[end] == ")"
    else { return nil }
    let address = String(characters[(place + 2)..<end]).split(separator: " ").first.map(String.init) ?? ""
    return ((index + 1)..<place, address, end + 1)
  }

  /// `<https://…>` or `<mailto:…>`.
  private func autolinkEnd(from index: Int, in range: Range<Int>) -> Int? {
    let limit = min(range.upperBound, index + Self.maximumReach)
    guard let end = characters[index..<limit].firstIndex(of: ">") else { return nil }
    let inside = String(characters[(index + 1)..<end])
    guard inside.hasPrefix("https://") || inside.hasPrefix("http://") || inside.hasPrefix("mailto:") else { return nil }
    return inside.contains(where: \.isWhitespace) ? nil : end
  }

  private static let entities = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "nbsp": " ", "#39": "'"]

  private func entity(from index: Int, in range: Range<Int>) -> (String, Int)? {
    let limit = min(range.upperBound, index + 8)
    guard let end = characters[index..<limit].firstIndex(of: ";") else { return nil }
    return Self.entities[String(characters[(index + 1)..<end])].map { ($0, end + 1) }
  }
}
