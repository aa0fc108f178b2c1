/// Breaking text into lines of so many cells.
public enum Wrap {
  /// How lines break.
  public enum Mode: Sendable, Hashable {
    /// Between words; a word longer than a line is cut. Spaces at a break are dropped.
    case words
    /// After exactly the last cell that fits, every space kept: code and logs.
    case verbatim
  }

  /// `text` in lines of at most `width` cells; newlines in it always break. Never empty.
  /// - Parameter indent: spaces before the second and later lines of each paragraph, taken from `width`, of which two
  ///   cells always stay free.
  public static func lines(of text: String, width: Int, mode: Mode = .words, indent: Int = 0) -> [String] {
    lines(of: StyledLine(text), width: width, mode: mode, indent: indent).map(\.text)
  }

  /// The same for styled text; styles continue over breaks.
  public static func lines(
    of line: StyledLine, width: Int, mode: Mode = .words, indent: Int = 0
  ) -> [StyledLine] {
    var breaker = LineBreaker(width: max(1, width), indent: min(max(0, indent), max(0, width - 2)), mode: mode)
    for span in line.spans {
      for character in span.text { breaker.add(character, style: span.style) }
    }
    return breaker.finish()
  }
}

/// Collects characters into words and words into lines.
private struct LineBreaker {
  let width: Int
  let indent: Int
  let mode: Wrap.Mode
  var done: [StyledLine] = []
  var line = StyledLine()
  var used = 0
  /// Spaces seen since the last word; written only when a word follows on the same line.
  var gap = StyledLine()
  var gapWidth = 0
  var word = StyledLine()
  var wordWidth = 0
  /// Whether the line holds something other than its indent.
  var hasContent = false
  /// Inside a word longer than a line, whose start is already placed.
  var isCutting = false

  init(width: Int, indent: Int, mode: Wrap.Mode) {
    self.width = width
    self.indent = indent
    self.mode = mode
  }

  mutating func add(_ character: Character, style: Style) {
    if character == "\n" || character == "\r\n" {
      placeWord()
      isCutting = false
      // Leading spaces of an otherwise empty line stay out: nobody sees them.
      breakLine(continues: false)
      return
    }
    // A cluster that takes no cell goes with what stands before it, and `Canvas` leaves it out.
    let cells = character == "\t" ? 1 : CellWidth.of(character)
    let text = character == "\t" ? " " : String(character)
    if mode == .verbatim {
      if used + cells > width { breakLine(continues: true) }
      append(text, style, cells)
    } else if text == " " {
      placeWord()
      isCutting = false
      gap.append(text, style)
      gapWidth += 1
    } else if isCutting {
      if used + cells > width { breakLine(continues: true) }
      append(text, style, cells)
    } else {
      word.append(text, style)
      wordWidth += cells
      // East Asian text has no spaces: it may break after any wide character.
      if cells == 2 { placeWord() }
      if wordWidth > width { splitWord() }
    }
  }

  mutating func finish() -> [StyledLine] {
    placeWord()
    done.append(line)
    return done
  }

  private mutating func append(_ text: String, _ style: Style, _ cells: Int) {
    line.append(text, style)
    used += cells
    hasContent = true
  }

  private mutating func placeWord() {
    guard wordWidth > 0 || !word.spans.isEmpty else { return }
    // Spaces at the start of a text are its own indentation and stay; after a break they are dropped.
    let keepsGap = hasContent || done.isEmpty
    let room = width - used - (keepsGap ? gapWidth : 0)
    if wordWidth > room, hasContent {
      breakLine(continues: true)
    } else if keepsGap, wordWidth <= room {
      for span in gap.spans { line.append(span.text, span.style) }
      used += gapWidth
    }
    clearGap()
    if wordWidth > width - used { return splitWord() }
    for span in word.spans { line.append(span.text, span.style) }
    used += wordWidth
    hasContent = true
    word = StyledLine()
    wordWidth = 0
  }

  /// A word longer than a line: fill what is left and cut.
  private mutating func splitWord() {
    let pieces = word
    isCutting = true
    word = StyledLine()
    wordWidth = 0
    if hasContent, used + gapWidth >= width {
      breakLine(continues: true)
    } else if hasContent || done.isEmpty, used + gapWidth < width {
      for span in gap.spans { line.append(span.text, span.style) }
      used += gapWidth
    }
    clearGap()
    for span in pieces.spans {
      for character in span.text {
        let cells = CellWidth.of(character)
        if used + cells > width, hasContent { breakLine(continues: true) }
        append(String(character), span.style, cells)
      }
    }
  }

  private mutating func breakLine(continues: Bool) {
    done.append(line)
    line = StyledLine()
    used = 0
    hasContent = false
    if mode == .words { clearGap() }
    if continues, indent > 0 {
      line.append(String(repeating: " ", count: indent))
      used = indent
    }
  }

  private mutating func clearGap() {
    gap = StyledLine()
    gapWidth = 0
  }
}
