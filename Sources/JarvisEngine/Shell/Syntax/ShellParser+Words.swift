/// Words, quotes and expansions.
extension ShellParser {
  /// The word that stands here; at least one byte is read.
  mutating func word() throws(ShellSyntaxError) -> Word {
    try countWord()
    let start = position
    var builder = PieceBuilder()
    while position < bytes.count {
      let next = bytes[position]
      if startsProcessSubstitution {
        builder.flush()
        let writes = next == Byte.greater
        position += 2
        let script = try list(until: [])
        try closeParenthesis()
        builder.pieces.append(.process(script, writes: writes))
        continue
      }
      if next == Byte.open, let last = builder.lastPlain, "?*+@!".utf8.contains(last) {
        try extendedPattern(into: &builder)
        continue
      }
      if Byte.endsWord(next) { break }
      switch next {
      case Byte.backslash:
        if position + 1 >= bytes.count {
          builder.append(next, quoted: false)
          position += 1
        } else {
          if bytes[position + 1] != Byte.newline { builder.append(bytes[position + 1], quoted: true) }
          position += 2
        }
      case Byte.singleQuote: try singleQuoted(into: &builder)
      case Byte.doubleQuote: try doubleQuoted(into: &builder)
      case Byte.backquote:
        builder.flush()
        builder.pieces.append(try backquoted(inQuotes: false))
      case Byte.dollar: try dollar(into: &builder, quoted: false)
      default:
        builder.append(next, quoted: false)
        position += 1
      }
    }
    guard position > start else { throw .unexpected(wordAhead(), at: position) }
    builder.flush()
    return Word(pieces: builder.pieces, range: start..<position)
  }

  /// Every word and every expansion costs time.
  mutating func countWord() throws(ShellSyntaxError) {
    words += 1
    if words > ShellLimits.words { throw .limit("more than \(ShellLimits.words) words and expansions") }
  }

  private mutating func singleQuoted(into builder: inout PieceBuilder) throws(ShellSyntaxError) {
    let start = position
    position += 1
    let from = position
    while position < bytes.count, bytes[position] != Byte.singleQuote { position += 1 }
    guard position < bytes.count else { throw .unterminated("'", at: start) }
    builder.append(bytes[from..<position], quoted: true)
    position += 1
  }

  private mutating func doubleQuoted(into builder: inout PieceBuilder) throws(ShellSyntaxError) {
    let start = position
    position += 1
    builder.flush()
    let content = try expansionText(until: Byte.doubleQuote, quoted: true)
    guard peek == Byte.doubleQuote, !atEnd else { throw .unterminated("\"", at: start) }
    position += 1
    builder.pieces += content.isEmpty ? [.text("", quoted: true)] : content
  }

  /// Text in which only `$`, backquotes and some backslashes mean something: double quotes, here-documents, arithmetic.
  /// Stops before `end` where that is not nested, or at the end of the text.
  mutating func expansionText(until end: UInt8?, quoted: Bool) throws(ShellSyntaxError) -> [Piece] {
    try descend()
    defer { depth -= 1 }
    var builder = PieceBuilder()
    var brackets = 0
    while position < bytes.count {
      let next = bytes[position]
      if next == end, brackets == 0 { break }
      switch next {
      case Byte.openBracket where end == Byte.closeBracket: brackets += 1
      case Byte.closeBracket where end == Byte.closeBracket: brackets -= 1
      default: break
      }
      switch next {
      case Byte.backslash:
        let after = byte(1)
        switch after {
        case Byte.newline: position += 2
        case Byte.dollar, Byte.backquote, Byte.backslash:
          builder.append(after, quoted: quoted)
          position += 2
        case Byte.doubleQuote where end == Byte.doubleQuote:
          builder.append(after, quoted: quoted)
          position += 2
        default:
          builder.append(next, quoted: quoted)
          position += 1
        }
      case Byte.backquote:
        builder.flush()
        builder.pieces.append(try backquoted(inQuotes: end == Byte.doubleQuote))
      case Byte.dollar: try dollar(into: &builder, quoted: quoted)
      default:
        builder.append(next, quoted: quoted)
        position += 1
      }
    }
    builder.flush()
    return builder.pieces
  }

  /// A pattern such as `!(a|b)`: kept as text, parentheses included.
  private mutating func extendedPattern(into builder: inout PieceBuilder) throws(ShellSyntaxError) {
    let start = position
    var open = 0
    repeat {
      guard position < bytes.count else { throw .unterminated("(", at: start) }
      let next = bytes[position]
      switch next {
      case Byte.open: open += 1
      case Byte.close: open -= 1
      case Byte.singleQuote, Byte.doubleQuote, Byte.backquote, Byte.dollar, Byte.backslash, Byte.newline:
        throw .unexpected(wordAhead(), at: position)
      default: break
      }
      builder.append(next, quoted: false)
      position += 1
    } while open > 0
  }
}

/// Collects the pieces of a word, joining neighbouring text.
struct PieceBuilder {
  var pieces: [Piece] = []
  private var text: [UInt8] = []
  private var isQuoted = false

  /// The last byte, where it is plain text.
  var lastPlain: UInt8? { isQuoted ? nil : text.last }

  mutating func append(_ byte: UInt8, quoted: Bool) {
    if quoted != isQuoted { flush() }
    isQuoted = quoted
    text.append(byte)
  }

  mutating func append(_ bytes: ArraySlice<UInt8>, quoted: Bool) {
    if quoted != isQuoted { flush() }
    isQuoted = quoted
    if bytes.isEmpty {
      // An empty quoted text still makes a word.
      flush()
      pieces.append(.text("", quoted: quoted))
      return
    }
    text += bytes
  }

  mutating func flush() {
    if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self), quoted: isQuoted)) }
    text.removeAll(keepingCapacity: true)
  }
}
