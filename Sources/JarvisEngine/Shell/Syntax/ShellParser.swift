/// Turns shell text into a syntax tree, or says why it cannot.
///
/// Recursive descent over bytes: what a byte means depends on where it stands, so words are read where they are wanted.
/// Every turn of every loop consumes a byte or throws; depth and words are bounded by `ShellLimits`.
struct ShellParser {
  let bytes: [UInt8]
  var position = 0
  var depth: Int
  var words: Int
  var retries: Int
  /// Here-documents whose text begins after the current line.
  var pendingDocuments: [HereDocument] = []

  init(bytes: [UInt8], depth: Int = 0, words: Int = 0, retries: Int = 0) {
    self.bytes = bytes
    self.depth = depth
    self.words = words
    self.retries = retries
  }

  /// The tree of a whole text.
  static func parse(_ text: String) throws(ShellSyntaxError) -> Script {
    var parser = ShellParser(bytes: Array(text.utf8))
    return try parser.wholeScript()
  }

  /// Everything up to the end of the text.
  mutating func wholeScript() throws(ShellSyntaxError) -> Script {
    let script = try list(until: [])
    guard position >= bytes.count else { throw .unexpected(wordAhead(), at: position) }
    try readPendingDocuments()
    return script
  }

  // MARK: Lists

  /// Entries up to a closing word (left unread), a closing parenthesis, `;;` or the end.
  mutating func list(until closers: Set<String>) throws(ShellSyntaxError) -> Script {
    try descend()
    defer { depth -= 1 }
    var script = Script()
    while true {
      try skipLines()
      if atEnd || peek == Byte.close || isCaseEnd { break }
      if !closers.isEmpty, closers.contains(keywordAhead()) { break }
      var entry = Entry(pipelines: [try pipeline()])
      joining: while true {
        skipBlanks()
        if starts("&&") || starts("||") {
          position += 2
          try skipLines()
          entry.pipelines.append(try pipeline())
        } else {
          break joining
        }
      }
      if peek == Byte.ampersand, !starts("&&") {
        position += 1
        entry.isBackground = true
      } else if peek == Byte.semicolon, !isCaseEnd {
        position += 1
      } else if !atEnd, peek != Byte.newline, peek != Byte.close, !isCaseEnd,
        closers.isEmpty || !closers.contains(keywordAhead())
      {
        throw .unexpected(wordAhead(), at: position)
      }
      script.entries.append(entry)
    }
    return script
  }

  private mutating func pipeline() throws(ShellSyntaxError) -> Pipeline {
    skipBlanks()
    while true {
      let word = keywordAhead()
      if word == "!" {
        position += 1
      } else if word == "time" {
        position += 4
        skipBlanks()
        if keywordAhead() == "-p" { position += 2 }
        if keywordAhead() == "--" { position += 2 }
      } else {
        break
      }
      skipBlanks()
    }
    var result = Pipeline(stages: [])
    while true {
      skipBlanks()
      let start = position
      let command = try command()
      result.stages.append(Stage(command: command, range: start..<position))
      skipBlanks()
      guard peek == Byte.pipe, !starts("||") else { return result }
      position += starts("|&") ? 2 : 1
      try skipLines()
    }
  }

  // MARK: Looking ahead

  var atEnd: Bool { position >= bytes.count }
  var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

  func byte(_ offset: Int) -> UInt8 {
    let index = position + offset
    return index < bytes.count ? bytes[index] : 0
  }

  func starts(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= bytes.count else { return false }
    for index in 0..<count where bytes[position + index] != text.utf8Start[index] { return false }
    return true
  }

  var isCaseEnd: Bool { peek == Byte.semicolon && (byte(1) == Byte.semicolon || byte(1) == Byte.ampersand) }

  /// The plain characters ahead, up to a blank, an operator or a quote; empty where a quote follows directly,
  /// because a quoted keyword is none.
  func keywordAhead() -> String {
    var end = position
    while end < bytes.count, end - position < 64, !Byte.endsWord(bytes[end]) {
      if Byte.isQuoting(bytes[end]) { return "" }
      end += 1
    }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }

  /// For messages: what stands here.
  func wordAhead() -> String {
    if atEnd { return "the end of the text" }
    let end = min(bytes.count, position + 16)
    return String(decoding: bytes[position..<end].prefix { $0 != Byte.newline }, as: UTF8.self)
  }

  // MARK: Moving

  mutating func descend() throws(ShellSyntaxError) {
    depth += 1
    if depth > ShellLimits.depth { throw .limit("nested deeper than \(ShellLimits.depth) levels") }
  }

  /// Blanks, line continuations and a comment.
  mutating func skipBlanks() {
    while position < bytes.count {
      let next = bytes[position]
      if next == Byte.space || next == Byte.tab {
        position += 1
      } else if next == Byte.backslash, byte(1) == Byte.newline {
        position += 2
      } else if next == Byte.hash {
        while position < bytes.count, bytes[position] != Byte.newline { position += 1 }
      } else {
        return
      }
    }
  }

  /// Blanks and newlines; a newline is followed by the here-documents of its line.
  mutating func skipLines() throws(ShellSyntaxError) {
    while true {
      skipBlanks()
      guard peek == Byte.newline, !atEnd else { return }
      position += 1
      try readPendingDocuments()
    }
  }

  mutating func expect(keyword: String) throws(ShellSyntaxError) {
    try skipLines()
    guard keywordAhead() == keyword else {
      if atEnd { throw .unterminated(keyword, at: position) }
      throw .unexpected(wordAhead(), at: position)
    }
    position += keyword.utf8.count
  }
}
