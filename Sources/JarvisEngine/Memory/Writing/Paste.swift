/// Tells what a person typed from what they pasted: a pasted mail or log is somebody else's words, and states nothing.
enum Paste {
  /// A person states a fact in a line or two.
  static let maximumLines = 2
  static let maximumCharacters = 500
  /// Words between quotation marks that are still a name: "call truenas 'the big box'".
  static let maximumQuoted = 4

  /// Whether a text looks pasted, in part at least.
  /// - Parameter isDemanded: it begins with "remember" or its like: an address may follow.
  static func marks(_ text: String, isDemanded: Bool) -> Bool {
    let lines = text.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
    return lines.count > maximumLines || text.count > maximumCharacters || text.contains("```")
      || (!isDemanded && text.contains("://")) || lines.contains(where: isForeign) || quotes(text)
  }

  /// A quoted, indented, tabular or logged line.
  private static func isForeign(_ line: Substring) -> Bool {
    if line.hasPrefix("    ") || line.contains("\t") { return true }
    let bare = line.drop(while: \.isWhitespace)
    if bare.first.map({ ">|#[<$".contains($0) }) ?? false { return true }
    let words = bare.split(separator: " ", maxSplits: 4).prefix(4)
    // "2026-11-17 14:02:11", "Nov 17 14:02:11", "14:02:11.123": nobody states a fact with a stamp before it.
    return words.prefix(3).contains(where: isClock) || (words.first.map(isDay) ?? false)
      || words.dropFirst().contains(where: isProcess)
  }

  /// "14:02:11", with or without a date before it.
  private static func isClock(_ word: Substring) -> Bool {
    let time = word.split(separator: "T").last ?? word
    let parts = time.split(separator: ":")
    return parts.count >= 3 && parts.prefix(2).allSatisfy { $0.count == 2 && $0.allSatisfy(\.isNumber) }
      && (parts[2].first?.isNumber ?? false)
  }

  /// "2026-11-17".
  private static func isDay(_ word: Substring) -> Bool {
    let parts = word.prefix(10).split(separator: "-")
    return parts.map(\.count) == [4, 2, 2] && parts.allSatisfy { $0.allSatisfy(\.isNumber) }
  }

  /// "sshd[2211]:".
  private static func isProcess(_ word: Substring) -> Bool {
    guard word.hasSuffix("]:"), let open = word.firstIndex(of: "[") else { return false }
    return word[word.index(after: open)...].dropLast(2).allSatisfy(\.isNumber)
  }

  private static let pairs: [(Character, Character)] = [
    ("\"", "\""), ("“", "”"), ("„", "“"), ("«", "»"), ("‘", "’"),
  ]

  /// More than a name between quotation marks, or marks that are left open.
  private static func quotes(_ text: String) -> Bool {
    pairs.contains { open, close in
      guard let start = text.firstIndex(of: open) else { return false }
      let inside = text[text.index(after: start)...].prefix { $0 != close }
      return inside.split(whereSeparator: \.isWhitespace).count > maximumQuoted
    }
  }
}
