/// Here-documents: announced on one line, read after it.
extension ShellParser {
  func hereDocument(delimiter word: Word, stripsTabs: Bool) throws(ShellSyntaxError) -> HereDocument {
    guard let delimiter = word.literalText else {
      throw .unexpected("an expansion after <<", at: word.range.lowerBound)
    }
    let isQuoted = word.pieces.contains {
      if case .text(_, quoted: true) = $0 { true } else { false }
    }
    return HereDocument(delimiter: delimiter, isQuoted: isQuoted, stripsTabs: stripsTabs)
  }

  /// Reads the text of every here-document announced on the line that has just ended.
  mutating func readPendingDocuments() throws(ShellSyntaxError) {
    let documents = pendingDocuments
    pendingDocuments = []
    for document in documents { try read(document) }
  }

  private mutating func read(_ document: HereDocument) throws(ShellSyntaxError) {
    let delimiter = Array(document.delimiter.utf8)
    var body: [UInt8] = []
    var isClosed = false
    while position < bytes.count {
      var end = position
      while end < bytes.count, bytes[end] != Byte.newline { end += 1 }
      var line = bytes[position..<end]
      position = min(end + 1, bytes.count)
      if document.stripsTabs { line = line.drop { $0 == Byte.tab } }
      if line.elementsEqual(delimiter) {
        isClosed = true
        break
      }
      body += line
      body.append(Byte.newline)
    }
    // Shells only warn about a missing delimiter, but what follows is then a guess.
    guard isClosed else { throw .unterminated("<<\(document.delimiter)", at: position) }
    document.rawBody = String(decoding: body, as: UTF8.self)
    if document.isQuoted {
      document.body = Word(pieces: [.text(document.rawBody, quoted: true)])
      return
    }
    var parser = ShellParser(bytes: body, depth: depth, words: words, retries: retries)
    document.body = Word(pieces: try parser.expansionText(until: nil, quoted: true))
    words = parser.words
    retries = parser.retries
  }
}
