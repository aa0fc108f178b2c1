/// What begins with `$` or a backquote.
extension ShellParser {
  mutating func dollar(into builder: inout PieceBuilder, quoted: Bool) throws(ShellSyntaxError) {
    let start = position
    position += 1
    try countWord()
    while peek == Byte.backslash, byte(1) == Byte.newline { position += 2 }
    let next = peek
    if next == Byte.singleQuote, !quoted {
      position += 1
      builder.flush()
      builder.pieces.append(.text(try ansiQuoted(), quoted: true))
    } else if next == Byte.doubleQuote, !quoted {
      // `$"…"`: a translated string; the quotes do the rest.
      return
    } else if next == Byte.open {
      builder.flush()
      builder.pieces.append(try parenthesised(quoted: quoted))
    } else if next == Byte.openBrace {
      builder.flush()
      builder.pieces.append(.parameter(try bracedParameter(), quoted: quoted))
    } else if next == Byte.openBracket {
      position += 1
      builder.flush()
      let content = try expansionText(until: Byte.closeBracket, quoted: true)
      guard peek == Byte.closeBracket, !atEnd else { throw .unterminated("$[", at: start) }
      position += 1
      builder.pieces.append(.arithmetic(Word(pieces: content, range: start..<position), quoted: quoted))
    } else if let name = parameterName() {
      builder.flush()
      builder.pieces.append(.parameter(Parameter(name: name), quoted: quoted))
      if peek == Byte.backslash, byte(1) == Byte.newline {
        throw .unexpected("a line that ends in a name", at: position)
      }
    } else {
      builder.append(Byte.dollar, quoted: quoted)
    }
  }

  /// `$name`, `$1`, `$?`…
  private mutating func parameterName() -> String? {
    guard !atEnd else { return nil }
    if Byte.beginsName(peek) {
      let start = position
      while position < bytes.count, Byte.continuesName(bytes[position]) { position += 1 }
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }
    if Byte.isDigit(peek) || "@*#?-$!".utf8.contains(peek) {
      position += 1
      return String(decoding: [bytes[position - 1]], as: UTF8.self)
    }
    return nil
  }

  /// `$((…))`, else `$(…)`.
  private mutating func parenthesised(quoted: Bool) throws(ShellSyntaxError) -> Piece {
    if byte(1) == Byte.open, let (word, _) = try doubleParentheses() { return .arithmetic(word, quoted: quoted) }
    position += 1
    // Here-documents inside belong to the lines inside.
    let outer = pendingDocuments
    pendingDocuments = []
    let script = try list(until: [])
    try closeParenthesis()
    guard pendingDocuments.isEmpty else { throw .unterminated("<<", at: position) }
    pendingDocuments = outer
    return .command(script, quoted: quoted)
  }

  /// The inside of `(( … ))`, both parentheses consumed; nil where a single one closes it.
  mutating func arithmeticWord() throws(ShellSyntaxError) -> Word? {
    try descend()
    defer { depth -= 1 }
    let start = position
    var builder = PieceBuilder()
    var open = 0
    while position < bytes.count {
      let next = bytes[position]
      switch next {
      case Byte.open:
        open += 1
        builder.append(next, quoted: true)
        position += 1
      case Byte.close:
        if open == 0 {
          guard byte(1) == Byte.close else { return nil }
          builder.flush()
          position += 2
          return Word(pieces: builder.pieces, range: start..<position)
        }
        open -= 1
        builder.append(next, quoted: true)
        position += 1
      case Byte.dollar: try dollar(into: &builder, quoted: true)
      case Byte.backquote:
        builder.flush()
        builder.pieces.append(try backquoted(inQuotes: true))
      case Byte.singleQuote:
        // No quote belongs into arithmetic: then it is a command after all.
        return nil
      default:
        builder.append(next, quoted: true)
        position += 1
      }
    }
    return nil
  }

  /// Backquotes: their text is unescaped once, then read as a script of its own.
  mutating func backquoted(inQuotes: Bool) throws(ShellSyntaxError) -> Piece {
    let start = position
    position += 1
    try countWord()
    var inner: [UInt8] = []
    while true {
      guard position < bytes.count else { throw .unterminated("`", at: start) }
      let next = bytes[position]
      if next == Byte.backquote { break }
      if next == Byte.backslash, position + 1 < bytes.count {
        let after = bytes[position + 1]
        let isEscape =
          after == Byte.backquote || after == Byte.backslash || after == Byte.dollar
          || (inQuotes && after == Byte.doubleQuote)
        if !isEscape { inner.append(next) }
        inner.append(after)
        position += 2
      } else {
        inner.append(next)
        position += 1
      }
    }
    position += 1
    try descend()
    var parser = ShellParser(bytes: inner, depth: depth, words: words, retries: retries)
    let script = try parser.wholeScript()
    words = parser.words
    retries = parser.retries
    depth -= 1
    return .command(script, quoted: inQuotes)
  }

  /// `${…}`.
  private mutating func bracedParameter() throws(ShellSyntaxError) -> Parameter {
    try descend()
    defer { depth -= 1 }
    let start = position
    position += 1
    var parameter = Parameter(name: "")
    if peek == Byte.hash, byte(1) != Byte.closeBrace {
      position += 1
      parameter.operation = "length"
    } else if peek == Byte.bang {
      position += 1
      parameter.operation = "!"
    }
    guard let name = parameterName() else { throw .unexpected("${", at: start) }
    parameter.name = name
    if name.utf8.first.map(Byte.isDigit) == true {
      while Byte.isDigit(peek) { position += 1 }
    }
    parameter.operation += parameterOperation()
    let argumentStart = position
    var builder = PieceBuilder()
    while true {
      guard position < bytes.count else { throw .unterminated("${", at: start) }
      let next = bytes[position]
      if next == Byte.closeBrace { break }
      switch next {
      case Byte.backslash where position + 1 < bytes.count:
        builder.append(bytes[position + 1], quoted: true)
        position += 2
      case Byte.singleQuote: try quotedInBraces(into: &builder)
      case Byte.doubleQuote:
        position += 1
        builder.flush()
        builder.pieces += try expansionText(until: Byte.doubleQuote, quoted: true)
        guard peek == Byte.doubleQuote, !atEnd else { throw .unterminated("\"", at: start) }
        position += 1
      case Byte.backquote:
        builder.flush()
        builder.pieces.append(try backquoted(inQuotes: false))
      case Byte.dollar: try dollar(into: &builder, quoted: false)
      default:
        builder.append(next, quoted: false)
        position += 1
      }
    }
    builder.flush()
    position += 1
    if position - 1 > argumentStart {
      parameter.argument = Word(pieces: builder.pieces, range: argumentStart..<(position - 1))
    }
    return parameter
  }

  /// `:-`, `##`, `/`… after a parameter's name.
  private mutating func parameterOperation() -> String {
    let doubled: [StaticString] = [":-", ":=", ":?", ":+", "##", "%%", "//", "/#", "/%", "^^", ",,"]
    for sign in doubled where starts(sign) {
      position += 2
      return sign.description
    }
    guard position < bytes.count, ":-=?+#%/^,@[".utf8.contains(bytes[position]) else { return "" }
    position += 1
    return String(decoding: [bytes[position - 1]], as: UTF8.self)
  }

  /// A single quote inside `${…}` quotes in some places and is a character in others: certain only where it closes
  /// before the brace and hides no expansion.
  private mutating func quotedInBraces(into builder: inout PieceBuilder) throws(ShellSyntaxError) {
    let start = position
    position += 1
    let from = position
    while position < bytes.count, bytes[position] != Byte.singleQuote {
      if bytes[position] == Byte.dollar || bytes[position] == Byte.backquote || bytes[position] == Byte.closeBrace {
        throw .unexpected("a quote inside ${", at: start)
      }
      position += 1
    }
    guard position < bytes.count else { throw .unterminated("'", at: start) }
    builder.append(bytes[from..<position], quoted: true)
    position += 1
  }
}
