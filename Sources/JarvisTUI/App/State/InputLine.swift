import JarvisAPI
import JarvisTerminal

/// The text being typed: lines, cursor and history. Never longer than `AppLimits.inputCharacters`.
struct InputLine: Sendable, Equatable {
  private(set) var characters: [Character] = []
  /// Between 0 and `characters.count`: the character before which the next one goes.
  private(set) var cursor = 0
  private(set) var history: [String] = []
  /// Where in the history Up has led; nil while the draft is shown.
  private var recalled: Int?
  private var draft: [Character] = []

  var text: String { String(characters) }
  var isEmpty: Bool { characters.isEmpty }

  // MARK: Changing

  /// Puts text in at the cursor, made harmless.
  /// - Returns: how many characters did not fit.
  @discardableResult
  mutating func insert(_ raw: String) -> Int {
    let clean = Sanitiser.clean(raw)
    let room = AppLimits.inputCharacters - characters.count
    let added = clean.prefix(max(0, room))
    guard !added.isEmpty else { return clean.count }
    let before = characters[..<cursor]
    // Terminals tell a joined emoji scalar by scalar: what belongs to the character before the cursor joins it.
    if let last = before.last, (String(last) + added).count < 1 + added.count {
      let joined = Array(String(last) + added)
      characters.replaceSubrange((cursor - 1)..<cursor, with: joined)
      cursor += joined.count - 1
    } else {
      characters.insert(contentsOf: added, at: cursor)
      cursor += added.count
    }
    recalled = nil
    return max(0, clean.count - added.count)
  }

  mutating func backspace() {
    guard cursor > 0 else { return }
    characters.remove(at: cursor - 1)
    cursor -= 1
    recalled = nil
  }

  mutating func deleteForward() {
    guard cursor < characters.count else { return }
    characters.remove(at: cursor)
    recalled = nil
  }

  /// Deletes the word before the cursor with the spaces behind it.
  mutating func deleteWord() {
    var start = cursor
    while start > 0, characters[start - 1].isWhitespace { start -= 1 }
    while start > 0, !characters[start - 1].isWhitespace { start -= 1 }
    remove(start..<cursor)
  }

  mutating func deleteToLineStart() { remove(lineStart(of: cursor)..<cursor) }
  mutating func deleteToLineEnd() { remove(cursor..<lineEnd(of: cursor)) }

  mutating func clear() { replace(with: "") }

  mutating func replace(with text: String) {
    characters = Array(text.prefix(AppLimits.inputCharacters))
    cursor = characters.count
    recalled = nil
  }

  private mutating func remove(_ range: Range<Int>) {
    characters.removeSubrange(range)
    cursor = range.lowerBound
    recalled = nil
  }

  // MARK: Moving

  mutating func left() { cursor = max(0, cursor - 1) }
  mutating func right() { cursor = min(characters.count, cursor + 1) }
  mutating func toLineStart() { cursor = lineStart(of: cursor) }
  mutating func toLineEnd() { cursor = lineEnd(of: cursor) }

  /// One line up; in the first line, back in the history.
  mutating func up() {
    let start = lineStart(of: cursor)
    guard start > 0 else { return recall(older: true) }
    let above = lineStart(of: start - 1)
    cursor = min(above + (cursor - start), start - 1)
  }

  /// One line down; in the last line, forward in the history.
  mutating func down() {
    let end = lineEnd(of: cursor)
    guard end < characters.count else { return recall(older: false) }
    let column = cursor - lineStart(of: cursor)
    cursor = min(end + 1 + column, lineEnd(of: end + 1))
  }

  private func lineStart(of place: Int) -> Int {
    var start = place
    while start > 0, characters[start - 1] != "\n" { start -= 1 }
    return start
  }

  private func lineEnd(of place: Int) -> Int {
    var end = place
    while end < characters.count, characters[end] != "\n" { end += 1 }
    return end
  }

  // MARK: History

  /// Hands the text over and remembers it.
  mutating func submit() -> String {
    let text = self.text
    if history.last != text, !text.isEmpty { history.append(String(text.prefix(AppLimits.historyCharacters))) }
    if history.count > AppLimits.historyKept { history.removeFirst(history.count - AppLimits.historyKept) }
    clear()
    return text
  }

  private mutating func recall(older: Bool) {
    let place: Int?
    switch (recalled, older) {
    case (nil, true):
      guard !history.isEmpty else { return }
      draft = characters
      place = history.count - 1
    case (nil, false): return
    case (let index?, true): place = max(0, index - 1)
    case (let index?, false): place = index + 1 < history.count ? index + 1 : nil
    }
    characters = place.map { Array(history[$0]) } ?? draft
    cursor = characters.count
    recalled = place
  }

  // MARK: Drawing

  /// The text as rows of at most `width` cells, and the cursor's place among them.
  func rows(width: Int) -> (rows: [String], cursor: (x: Int, y: Int)) {
    let width = max(2, width)
    var rows = [""]
    var used = 0
    var place = (x: 0, y: 0)
    for (index, character) in characters.enumerated() {
      if character == "\n" {
        if index == cursor { place = (used, rows.count - 1) }
        rows.append("")
        used = 0
        continue
      }
      let cells = CellWidth.of(character)
      if used + cells > width {
        rows.append("")
        used = 0
      }
      if index == cursor { place = (used, rows.count - 1) }
      rows[rows.count - 1].append(character)
      used += cells
    }
    if cursor == characters.count {
      if used >= width {
        rows.append("")
        used = 0
      }
      place = (used, rows.count - 1)
    }
    return (rows, place)
  }
}
