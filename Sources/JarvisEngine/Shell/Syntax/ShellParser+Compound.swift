/// Compound commands.
extension ShellParser {
  /// The compound command that stands here, with its redirections; nil where none does.
  mutating func compoundCommand() throws(ShellSyntaxError) -> Command? {
    if peek == Byte.open {
      if byte(1) == Byte.open, let (word, text) = try doubleParentheses() {
        return .arithmetic(word, text: text, try trailingRedirections())
      }
      position += 1
      let script = try list(until: [])
      try closeParenthesis()
      return .subshell(script, try trailingRedirections())
    }
    switch keywordAhead() {
    case "{":
      position += 1
      let script = try list(until: ["}"])
      try expect(keyword: "}")
      return .group(script, try trailingRedirections())
    case "if": return try conditional()
    case "while", "until":
      position += 5
      let condition = try list(until: ["do"])
      let body = try doneBody()
      return .loop(condition: condition, body: body, try trailingRedirections())
    case "for":
      position += 3
      return try forLoop()
    case "select":
      position += 6
      return try forLoop()
    case "case": return try choice()
    case "[[": return try test()
    case "then", "else", "elif", "fi", "do", "done", "esac", "in", "}", "]]":
      // A keyword where a command is wanted: `in` and `]]` are ordinary words to some shells, the others never.
      if ["in", "]]"].contains(keywordAhead()) { return nil }
      throw .unexpected(keywordAhead(), at: position)
    default: return nil
    }
  }

  mutating func closeParenthesis() throws(ShellSyntaxError) {
    try skipLines()
    guard peek == Byte.close else {
      if atEnd { throw .unterminated("(", at: position) }
      throw .unexpected(wordAhead(), at: position)
    }
    position += 1
  }

  private mutating func conditional() throws(ShellSyntaxError) -> Command {
    var parts: [Script] = []
    position += 2
    parts.append(try list(until: ["then"]))
    try expect(keyword: "then")
    while true {
      parts.append(try list(until: ["elif", "else", "fi"]))
      switch keywordAhead() {
      case "elif":
        position += 4
        parts.append(try list(until: ["then"]))
        try expect(keyword: "then")
      case "else":
        position += 4
        parts.append(try list(until: ["fi"]))
        try expect(keyword: "fi")
        return .conditional(parts, try trailingRedirections())
      default:
        try expect(keyword: "fi")
        return .conditional(parts, try trailingRedirections())
      }
    }
  }

  private mutating func doneBody() throws(ShellSyntaxError) -> Script {
    try expect(keyword: "do")
    let body = try list(until: ["done"])
    try expect(keyword: "done")
    return body
  }

  private mutating func forLoop() throws(ShellSyntaxError) -> Command {
    skipBlanks()
    if starts("(("), let (word, _) = try doubleParentheses() {
      try skipSeparator()
      let body = try loopBody()
      return .counted(word, body: body, try trailingRedirections())
    }
    let name = keywordAhead()
    guard let first = name.utf8.first, Byte.beginsName(first), name.utf8.allSatisfy(Byte.continuesName) else {
      throw .unexpected(wordAhead(), at: position)
    }
    position += name.utf8.count
    try skipLines()
    var words: [Word]?
    if keywordAhead() == "in" {
      position += 2
      var list: [Word] = []
      while true {
        skipBlanks()
        if atEnd || (Byte.endsWord(peek) && !startsProcessSubstitution) { break }
        list.append(try word())
      }
      words = list
    }
    try skipSeparator()
    let body = try loopBody()
    return .each(variable: name, words: words, body: body, try trailingRedirections())
  }

  private mutating func skipSeparator() throws(ShellSyntaxError) {
    skipBlanks()
    if peek == Byte.semicolon, !isCaseEnd { position += 1 }
    try skipLines()
  }

  private mutating func loopBody() throws(ShellSyntaxError) -> Script {
    if keywordAhead() == "{" {
      position += 1
      let body = try list(until: ["}"])
      try expect(keyword: "}")
      return body
    }
    return try doneBody()
  }

  private mutating func choice() throws(ShellSyntaxError) -> Command {
    position += 4
    skipBlanks()
    let subject = try word()
    try expect(keyword: "in")
    var patterns: [Word] = []
    var branches: [Script] = []
    while true {
      try skipLines()
      if keywordAhead() == "esac" {
        position += 4
        return .choice(subject: subject, patterns: patterns, branches: branches, try trailingRedirections())
      }
      if atEnd { throw .unterminated("case", at: position) }
      if peek == Byte.open { position += 1 }
      while true {
        skipBlanks()
        patterns.append(try word())
        skipBlanks()
        if peek == Byte.pipe { position += 1 } else { break }
      }
      guard peek == Byte.close else { throw .unexpected(wordAhead(), at: position) }
      position += 1
      branches.append(try list(until: ["esac"]))
      if starts(";;&") {
        position += 3
      } else if isCaseEnd {
        position += 2
      } else if keywordAhead() != "esac" {
        throw .unexpected(wordAhead(), at: position)
      }
    }
  }

  /// `[[ … ]]`. Its operators do nothing by themselves, so only its words are kept.
  private mutating func test() throws(ShellSyntaxError) -> Command {
    let start = position
    position += 2
    var words: [Word] = []
    while true {
      try skipLines()
      if atEnd { throw .unterminated("[[", at: start) }
      if keywordAhead() == "]]" {
        position += 2
        return .test(words, try trailingRedirections())
      }
      if Byte.endsWord(peek), !startsProcessSubstitution {
        guard peek != Byte.semicolon else { throw .unexpected(";", at: position) }
        position += 1
      } else {
        words.append(try word())
      }
    }
  }

  /// `(( … ))` as arithmetic, or nothing read where it is two sub-shells.
  mutating func doubleParentheses() throws(ShellSyntaxError) -> (Word, text: String)? {
    let start = position
    position += 2
    if let word = try arithmeticWord() {
      return (word, String(decoding: bytes[(start + 2)..<(position - 2)], as: UTF8.self))
    }
    position = start
    retries += 1
    if retries > ShellLimits.retries { throw .limit("too many doubled parentheses") }
    return nil
  }
}
