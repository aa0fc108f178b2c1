import JarvisAPI

/// Simple commands, functions, assignments and redirections.
extension ShellParser {
  mutating func command() throws(ShellSyntaxError) -> Command {
    try descend()
    defer { depth -= 1 }
    if let compound = try compoundCommand() { return compound }
    if keywordAhead() == "function" {
      position += 8
      skipBlanks()
      let name = keywordAhead()
      guard !name.isEmpty else { throw .unexpected(wordAhead(), at: position) }
      position += name.utf8.count
      skipBlanks()
      if peek == Byte.open {
        position += 1
        skipBlanks()
        guard peek == Byte.close else { throw .unexpected(wordAhead(), at: position) }
        position += 1
      }
      return try functionBody(of: name)
    }
    if keywordAhead() == "coproc" { return try coprocess() }
    return try simpleCommand()
  }

  private mutating func functionBody(of name: String) throws(ShellSyntaxError) -> Command {
    try skipLines()
    guard let body = try compoundCommand() else { throw .unexpected(wordAhead(), at: position) }
    return .function(name: name, body: body)
  }

  private mutating func coprocess() throws(ShellSyntaxError) -> Command {
    position += 6
    skipBlanks()
    let start = position
    let name = keywordAhead()
    if !name.isEmpty, name.utf8.allSatisfy(Byte.continuesName) {
      position += name.utf8.count
      skipBlanks()
      if let compound = try compoundCommand() { return .coprocess(name: name, compound) }
      position = start
    }
    return .coprocess(name: nil, try command())
  }

  private mutating func simpleCommand() throws(ShellSyntaxError) -> Command {
    var result = SimpleCommand()
    while true {
      skipBlanks()
      if try redirection(into: &result.redirections) { continue }
      if atEnd || (Byte.endsWord(peek) && !startsProcessSubstitution) { break }
      let isFirst = result.words.isEmpty
      // `declare x=(…)` and its like take assignments as operands.
      if isFirst || declares(result.words[0]), let assignment = try assignment(arraysOnly: !isFirst) {
        result.assignments.append(assignment)
        continue
      }
      let word = try self.word()
      if isFirst, result.assignments.isEmpty, result.redirections.isEmpty, let name = word.bareText,
        try skipFunctionParentheses()
      {
        return try functionBody(of: name)
      }
      result.words.append(word)
    }
    guard !result.words.isEmpty || !result.assignments.isEmpty || !result.redirections.isEmpty else {
      if atEnd { throw .unterminated("a command", at: position) }
      throw .unexpected(wordAhead(), at: position)
    }
    return .simple(result)
  }

  private func declares(_ word: Word) -> Bool {
    switch word.bareText {
    case "declare", "typeset", "local", "export", "readonly": true
    default: false
    }
  }

  /// Reads `()` after a name.
  private mutating func skipFunctionParentheses() throws(ShellSyntaxError) -> Bool {
    let start = position
    skipBlanks()
    if peek == Byte.open {
      position += 1
      skipBlanks()
      if peek == Byte.close {
        position += 1
        return true
      }
      throw .unexpected("(", at: position)
    }
    position = start
    return false
  }

  /// An assignment, where one stands here; nothing is read otherwise.
  private mutating func assignment(arraysOnly: Bool) throws(ShellSyntaxError) -> Assignment? {
    guard Byte.beginsName(peek) else { return nil }
    let start = position
    var end = position
    while end < bytes.count, Byte.continuesName(bytes[end]) { end += 1 }
    let name = String(decoding: bytes[position..<end], as: UTF8.self)
    var index: Word?
    position = end
    if peek == Byte.openBracket {
      guard let subscripted = try subscriptWord() else {
        position = start
        return nil
      }
      index = subscripted
    }
    if peek == Byte.plus, byte(1) == Byte.equals { position += 1 }
    guard peek == Byte.equals, !arraysOnly || byte(1) == Byte.open else {
      position = start
      return nil
    }
    position += 1
    if peek == Byte.open {
      position += 1
      return Assignment(name: name, index: index, value: Word(), elements: try arrayElements())
    }
    let value = atEnd || Byte.endsWord(peek) && !startsProcessSubstitution ? Word() : try word()
    return Assignment(name: name, index: index, value: value)
  }

  /// `[…]` before an assignment's `=`; nil where the brackets do not close in this word.
  private mutating func subscriptWord() throws(ShellSyntaxError) -> Word? {
    let start = position
    position += 1
    let content = try expansionText(until: Byte.closeBracket, quoted: true)
    guard peek == Byte.closeBracket else { return nil }
    position += 1
    guard peek == Byte.equals || (peek == Byte.plus && byte(1) == Byte.equals) else { return nil }
    return Word(pieces: content, range: start..<position)
  }

  private mutating func arrayElements() throws(ShellSyntaxError) -> [Word] {
    var elements: [Word] = []
    while true {
      try skipLines()
      if atEnd { throw .unterminated("(", at: position) }
      if peek == Byte.close {
        position += 1
        return elements
      }
      elements.append(try word())
    }
  }

  var startsProcessSubstitution: Bool {
    (peek == Byte.less || peek == Byte.greater) && byte(1) == Byte.open
  }

  /// Reads the redirections that may follow a compound command.
  mutating func trailingRedirections() throws(ShellSyntaxError) -> [Redirection] {
    var result: [Redirection] = []
    repeat { skipBlanks() } while try redirection(into: &result)
    return result
  }

  /// The text inside `{name}` or `{name[subscript]}` where an operator follows at once: bash puts the descriptor there.
  private func descriptorVariable() -> String? {
    guard peek == Byte.openBrace, Byte.beginsName(byte(1)) else { return nil }
    var end = position + 1
    while end < bytes.count, Byte.continuesName(bytes[end]) { end += 1 }
    if end < bytes.count, bytes[end] == Byte.openBracket {
      while end < bytes.count, bytes[end] != Byte.closeBrace, !Byte.endsWord(bytes[end]) { end += 1 }
    }
    guard end + 1 < bytes.count, bytes[end] == Byte.closeBrace else { return nil }
    guard bytes[end + 1] == Byte.less || bytes[end + 1] == Byte.greater else { return nil }
    return String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
  }

  /// Reads one redirection, where one stands here.
  private mutating func redirection(into list: inout [Redirection]) throws(ShellSyntaxError) -> Bool {
    var end = position
    let variable = descriptorVariable()
    if let variable { end += variable.utf8.count + 2 }
    while variable == nil, end < bytes.count, Byte.isDigit(bytes[end]) { end += 1 }
    let descriptor = variable == nil && end > position ? String(decoding: bytes[position..<end], as: UTF8.self) : nil
    let next = end < bytes.count ? bytes[end] : 0
    guard next == Byte.less || next == Byte.greater || (descriptor == nil && variable == nil && starts("&>")) else {
      return false
    }
    if descriptor == nil, startsProcessSubstitution { return false }
    let start = position
    position = end
    if variable != nil, startsProcessSubstitution {
      position = start
      return false
    }
    let kinds: [(StaticString, Redirection.Kind)] = [
      ("&>>", .bothAppend), ("&>", .both), ("<<<", .hereString), ("<<-", .hereDocument), ("<<", .hereDocument),
      ("<&", .duplicateIn), ("<>", .readWrite), ("<", .read), (">>", .append), (">|", .clobber), (">&", .duplicateOut),
      (">", .write),
    ]
    for (sign, kind) in kinds where starts(sign) {
      let stripsTabs = starts("<<-")
      position += sign.utf8CodeUnitCount
      skipBlanks()
      if atEnd || (Byte.endsWord(peek) && !startsProcessSubstitution) {
        throw .unexpected(wordAhead(), at: start)
      }
      let target = try word()
      var redirection = Redirection(kind: kind, descriptor: descriptor, variable: variable, target: target)
      if kind == .hereDocument {
        let document = try hereDocument(delimiter: target, stripsTabs: stripsTabs)
        pendingDocuments.append(document)
        redirection.document = document
      }
      list.append(redirection)
      return true
    }
    return false
  }
}
