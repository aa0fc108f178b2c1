import Foundation

/// Text as the minds read it: lower case, without accents, in words.
enum MindWords {
  /// A question longer than this is read from its beginning only. Characters.
  static let maximumLength = 20_000

  /// Lower case, accents gone, apostrophes gone: "Démarre" is "demarre", "don't" is "dont", "l'état" is "l etat".
  static func fold(_ text: String) -> String {
    var simple = ""
    var word = ""
    for character in text.prefix(maximumLength) {
      if character == "'" || character == "’" {
        // French lets its articles melt with the next word; English cuts letters out.
        if elisions.contains(word.lowercased()) { simple.append(" ") }
        continue
      }
      simple.append(character)
      word = character.isLetter ? word + String(character) : ""
    }
    return simple.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
      .replacingOccurrences(of: "ß", with: "ss")
  }

  private static let elisions: Set<String> = ["l", "d", "n", "s", "j", "c", "m", "t", "qu"]

  /// Letters and digits in runs; everything else separates.
  static func split(_ text: String) -> [String] {
    fold(text).split { !($0.isLetter || $0.isNumber) }.map(String.init)
  }

  /// The parts between punctuation marks, as words. A dot inside a name ("web.lan", "1.5") does not part.
  static func clauses(_ text: String) -> [[String]] {
    var clauses: [[String]] = []
    var current = ""
    func close() {
      let words = split(current)
      if !words.isEmpty { clauses.append(words) }
      current = ""
    }
    let characters = Array(text.prefix(maximumLength))
    for (index, character) in characters.enumerated() {
      let next = index + 1 < characters.count ? characters[index + 1] : " "
      if "!?;\n".contains(character) || (".,:".contains(character) && next.isWhitespace) {
        close()
      } else {
        current.append(character)
      }
    }
    close()
    return clauses.flatMap(splitAtConnectives)
  }

  /// "… and then …" begins a new clause.
  private static func splitAtConnectives(_ words: [String]) -> [[String]] {
    words.split { connectives.contains($0) }.map(Array.init)
  }

  private static let connectives: Set = ["then", "dann", "danach", "puis", "ensuite", "luego", "despues"]
}
