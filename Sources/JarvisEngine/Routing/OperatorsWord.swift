import Foundation
import JarvisAPI

/// `@claude`, `@fast`, `@strong` or `@qwen` at the start or the end of a message forces it (ROUTE-07).
public enum OperatorsWord {
  private static let words: [(String, RouteChoice)] = [
    ("@claude", .claude), ("@qwen", .qwen), ("@fast", .fast), ("@strong", .strong),
  ]

  /// The route asked for, and the message without the word; a word alone is no message and stays one.
  public static func read(_ message: String) -> (RouteChoice?, String) {
    // Only the ends matter: a long paste is not copied to look at them.
    guard message.contains("@") else { return (nil, message) }
    let trimmed = message.trimmingCharacters(in: .whitespacesAndNewlines)
    for (word, choice) in words {
      if trimmed.prefix(word.count).lowercased() == word, let next = trimmed.dropFirst(word.count).first,
        next.isWhitespace || next == ":" || next == ","
      {
        let rest = trimmed.dropFirst(word.count + 1).trimmingCharacters(in: .whitespacesAndNewlines)
        if !rest.isEmpty { return (choice, rest) }
      }
      if trimmed.suffix(word.count).lowercased() == word, let before = trimmed.dropLast(word.count).last,
        before.isWhitespace
      {
        return (choice, trimmed.dropLast(word.count).trimmingCharacters(in: .whitespacesAndNewlines))
      }
    }
    return (nil, message)
  }
}
