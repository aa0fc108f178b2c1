/// Holds back a local model's first line until it is clear that it is not the escalation word (`models.md`, routing 6).
///
/// Only the exact line `NEED_TOOLS` at the very start escalates: text from outside could contain the word later.
struct Holdback: Sendable {
  enum Verdict: Sendable, Hashable {
    /// Nothing to show yet.
    case hold
    case show(String)
    case escalate
  }
  static let word = "NEED_TOOLS"
  private var held: String? = ""

  /// Takes the next piece of text.
  mutating func feed(_ piece: String) -> Verdict {
    guard var text = held else { return .show(piece) }
    text += piece
    let start = text.drop { $0.isWhitespace }
    if let newline = start.firstIndex(where: \.isNewline) {
      if start[..<newline].trimmed == Self.word { return .escalate }
    } else if Self.word.hasPrefix(start)
      || start.hasPrefix(Self.word) && start.dropFirst(Self.word.count).allSatisfy(\.isWhitespace)
    {
      held = text
      return .hold
    }
    held = nil
    return .show(text)
  }

  /// What remains when the stream ends.
  mutating func finish() -> Verdict {
    guard let text = held else { return .hold }
    held = nil
    if text.trimmed == Self.word { return .escalate }
    return text.isEmpty ? .hold : .show(text)
  }
}

extension StringProtocol {
  /// Without white space at both ends.
  fileprivate var trimmed: String {
    var rest = self[...].drop { $0.isWhitespace }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
