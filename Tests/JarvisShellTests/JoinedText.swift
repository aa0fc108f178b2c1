/// Ways to join complete commands into one text.
enum JoinedText {
  /// A text to which anything may be added on the same line.
  static func isPlain(_ text: String) -> Bool {
    guard let last = text.last else { return false }
    return !text.contains("#") && !text.contains("<<") && !"\\;&|\n".contains(last) && !text.hasSuffix("! ")
  }

  static func all(_ parts: [String]) -> [String] {
    // A backslash at the end would join the lines themselves.
    guard !parts.contains(where: { $0.last == "\\" }) else { return [] }
    var result = [
      parts.joined(separator: "\n"), "{ " + parts.joined(separator: "\n") + "\n}",
      "( " + parts.joined(separator: "\n") + "\n)",
    ]
    guard parts.allSatisfy(isPlain) else { return result }
    for sign in ["; ", " && ", " || ", " | ", " & ", " |& "] { result.append(parts.joined(separator: sign)) }
    result.append("{ " + parts.joined(separator: "; ") + "; }")
    result.append("( " + parts.joined(separator: " && ") + " )")
    return result
  }
}
