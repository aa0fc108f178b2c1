import Foundation

/// A run of letters, or something with digits whose sense is known by its form.
struct TimePiece {
  var text: String
  var place: Range<String.Index>
  /// nil for a word that the lexicon is to explain.
  var senses: Set<TimeSense>?
}

/// Cuts text into pieces: words folded to plain lower-case letters, numbers, dates and clock times by their form.
enum TimePieces {
  static func cut(_ text: Substring) -> [TimePiece] {
    var pieces: [TimePiece] = []
    var index = text.startIndex
    while index < text.endIndex {
      let character = text[index]
      guard character.isLetter || character.isNumber || character == "&" else {
        if isBreak(character) {
          // A sentence's end or a quote parts expressions.
          pieces.append(TimePiece(text: "", place: index..<text.index(after: index), senses: [.sign]))
        } else if character == "–" || character == "—" || character == "-" {
          pieces.append(TimePiece(text: "", place: index..<text.index(after: index), senses: dash(text, index)))
        }
        index = text.index(after: index)
        continue
      }
      let end = endOfToken(text, from: index)
      append(text, index..<end, to: &pieces)
      index = end
    }
    return pieces.filter { $0.senses != [.filler] }
  }

  /// A dash between blanks is "to"; within a word it is nothing.
  private static func dash(_ text: Substring, _ index: String.Index) -> Set<TimeSense> {
    let next = text.index(after: index)
    let spaced =
      index > text.startIndex && text[text.index(before: index)] == " " && next < text.endIndex && text[next] == " "
    return spaced || text[index] == "–" ? [.to] : [.filler]
  }

  private static func isBreak(_ character: Character) -> Bool {
    character == "?" || character == "!" || character == ";" || character == "\n" || character == "\""
  }

  /// Letters run on over letters; what begins with a digit, or holds one, runs on over the signs inside numbers and names.
  private static func endOfToken(_ text: Substring, from start: String.Index) -> String.Index {
    var end = start
    while end < text.endIndex, text[end].isLetter || text[end].isNumber || text[end] == "&" {
      end = text.index(after: end)
    }
    let digits = text[start..<end].contains(where: \.isNumber)
    let letters = !text[start].isNumber
    while end < text.endIndex, ".:/-_".contains(text[end]) {
      let next = text.index(after: end)
      guard next < text.endIndex, text[next].isLetter || text[next].isNumber else {
        // "20." and "20.11." keep their full stop: it makes an ordinal.
        if text[end] == ".", !letters, digits { end = next }
        break
      }
      // "avant-hier" is two words, "web-01" one name.
      var further = next
      while further < text.endIndex, text[further].isLetter || text[further].isNumber {
        further = text.index(after: further)
      }
      let numeric = text[next..<further].contains(where: \.isNumber)
      guard digits || numeric else { break }
      if !letters || text[end] != "." || numeric { end = further } else { break }
    }
    return end
  }

  private static func append(_ text: Substring, _ place: Range<String.Index>, to pieces: inout [TimePiece]) {
    let token = fold(text[place])
    if token.allSatisfy({ !$0.isNumber }) {
      pieces.append(TimePiece(text: token, place: place, senses: nil))
      return
    }
    if let parts = TimeForms.senses(of: token) {
      pieces += parts.map { TimePiece(text: token, place: place, senses: $0) }
      return
    }
    // "3-day", "5th" and the like are told apart by what follows the digits; anything else is a name.
    let digits = token.prefix(while: \.isNumber)
    let rest = token.dropFirst(digits.count)
    if let number = Double(digits), !rest.isEmpty, rest.allSatisfy(\.isLetter) {
      if let senses = TimeForms.suffix(String(rest), after: number) {
        pieces += senses.map { TimePiece(text: token, place: place, senses: $0) }
        return
      }
    }
    pieces.append(TimePiece(text: token, place: place, senses: []))
  }

  /// Lower-case, without diacritics; "ß" becomes "ss".
  static func fold(_ text: Substring) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
    return text.lowercased().replacing("ß", with: "ss").decomposedStringWithCanonicalMapping
      .unicodeScalars.filter { !(0x300...0x36F).contains($0.value) }.reduce(into: "") { $0.unicodeScalars.append($1) }
  }
}
