import Foundation

/// A message as folded words: lower case, without diacritics, split at everything that is no letter, digit, `-`, `_` or `.`.
struct Words: Sendable {
  let list: [String]
  let set: Set<String>
  /// The words joined by single spaces with one at each end, so that phrases can be looked up.
  let line: String

  /// Longer messages are read up to here: a pasted log decides nothing by its length alone.
  static let maximumCharacters = 4_000

  init(_ text: String) {
    let folded = text.prefix(Self.maximumCharacters).folding(
      options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    list = folded.split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == ".") }
      .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: ".-")) }
      .filter { !$0.isEmpty }
    set = Set(list)
    line = " " + list.joined(separator: " ") + " "
  }

  /// True where the folded words of `phrase` stand here one after the other.
  func contains(phrase: String) -> Bool {
    let wanted = Words.folded(phrase)
    return !wanted.isEmpty && line.contains(" " + wanted + " ")
  }

  static func folded(_ phrase: String) -> String {
    Words(phrase).list.joined(separator: " ")
  }

  /// True where any word begins with one of these stems.
  func hasStem(_ stems: [String]) -> Bool {
    list.contains { word in stems.contains { word.hasPrefix($0) } }
  }
}
