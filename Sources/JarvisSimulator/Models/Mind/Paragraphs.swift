/// Lines of an answer as Markdown reads them: what follows a list or a quotation is no part of it.
enum Paragraphs {
  /// The text with an empty line where a list or quotation ends and ordinary text begins.
  static func parted(_ text: String) -> String {
    var lines: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let last = lines.last, isInset(last), !line.isEmpty, mark(line) != mark(last) { lines.append("") }
      lines.append(line)
    }
    return lines.joined(separator: "\n")
  }

  private static func isInset(_ line: Substring) -> Bool { mark(line) != nil }

  private static func mark(_ line: Substring) -> Character? {
    line.hasPrefix("- ") ? "-" : line.hasPrefix("> ") ? ">" : nil
  }
}
