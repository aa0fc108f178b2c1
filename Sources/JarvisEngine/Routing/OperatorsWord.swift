import Foundation
import JarvisAPI

/// `@claude` or `@qwen` at the start or the end of a message forces it (ROUTE-07).
enum OperatorsWord {
  private static let words: [(String, Route)] = [("@claude", .claude), ("@qwen", .qwen)]

  /// The route asked for, and the message without the word; a word alone is no message and stays one.
  static func read(_ message: String) -> (Route?, String) {
    // Only the ends matter: a long paste is not copied to look at them.
    guard message.contains("@") else { return (nil, message) }
    let trimmed = message.trimmingCharacters(in: .whitespacesAndNewlines)
    for (word, route) in words {
      if trimmed.prefix(word.count).lowercased() == word, let next = trimmed.dropFirst(word.count).first,
        next.isWhitespace || next == ":" || next == ","
      {
        let rest = trimmed.dropFirst(word.count + 1).trimmingCharacters(in: .whitespacesAndNewlines)
        if !rest.isEmpty { return (route, rest) }
      }
      if trimmed.suffix(word.count).lowercased() == word, let before = trimmed.dropLast(word.count).last,
        before.isWhitespace
      {
        return (route, trimmed.dropLast(word.count).trimmingCharacters(in: .whitespacesAndNewlines))
      }
    }
    return (nil, message)
  }
}
