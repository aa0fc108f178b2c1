/// Splits a typed line into words, as a shell would: spaces separate, quotes and backslashes join. Pure.
enum CommandWords {
  /// Words of a line, at most; what is longer is no typed command.
  static let maximum = 32

  enum Fault: Error { case openQuote, tooMany }

  static func split(_ line: String) throws(Fault) -> [String] {
    var words: [String] = []
    var word = ""
    var inWord = false
    var quote: Character?
    var escaped = false
    for character in line {
      if escaped {
        word.append(character)
        escaped = false
      } else if character == "\\", quote != "'" {
        escaped = true
        inWord = true
      } else if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
      } else if character == "\"" || character == "'" {
        quote = character
        inWord = true
      } else if character.isWhitespace {
        if inWord { words.append(word) }
        word = ""
        inWord = false
      } else {
        word.append(character)
        inWord = true
      }
      if words.count > maximum { throw .tooMany }
    }
    if quote != nil || escaped { throw .openQuote }
    if inWord { words.append(word) }
    return words
  }
}
