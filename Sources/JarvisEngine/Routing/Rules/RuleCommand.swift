import Foundation
import JarvisAPI
import JarvisCost

/// `/route` and what may stand behind it.
public enum RuleCommand: Sendable, Hashable {
  /// A rule, without its number.
  case add(RoutingRule)
  case list
  case delete(Int64)

  static let help =
    "`/route add PATTERN qwen|claude|fast|strong|live`, `/route add tool=NAME qwen|claude|fast|strong`, `/route list`, "
    + "`/route delete NUMBER`"

  /// Reads "add backup report qwen", "add tool=guest_status claude", "list", "delete 3". `*` in a pattern stands for any words.
  public static func parse(_ line: String, now: Date) -> Result<RuleCommand, CommandMistake> {
    let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    switch words.first?.lowercased() {
    case nil, "list": return .success(.list)
    case "delete", "remove":
      guard words.count == 2, let id = Int64(words[1].drop { $0 == "#" }) else {
        return .failure(CommandMistake("which rule? `/route list` shows their numbers"))
      }
      return .success(.delete(id))
    case "add": return add(Array(words.dropFirst()), now)
    default: return .failure(CommandMistake(help))
    }
  }

  private static func add(_ words: [String], _ now: Date) -> Result<RuleCommand, CommandMistake> {
    guard words.count >= 2, let choice = RouteChoice(word: words[words.count - 1]) else {
      return .failure(CommandMistake("a rule ends in qwen, claude, fast, strong or live: \(help)"))
    }
    var pattern = Array(words.dropLast())
    // "add backup -> qwen" reads well too.
    if let last = pattern.last, ["->", "→", "=>"].contains(last) { pattern.removeLast() }
    if let tool = tool(in: pattern) {
      guard choice != .live else { return .failure(CommandMistake("a tool runs for a model: \(help)")) }
      return .success(.add(RoutingRule(kind: .tool, pattern: tool, choice: choice, createdAt: now)))
    }
    let text = pattern.joined(separator: " ").trimmingCharacters(in: CharacterSet(charactersIn: "\"“”'"))
    guard RoutingRule.hasWords(text) else {
      return .failure(CommandMistake("a pattern needs at least one word: \(help)"))
    }
    guard text.count <= RoutingRuleStore.maximumPattern else {
      return .failure(CommandMistake("a pattern has at most \(RoutingRuleStore.maximumPattern) characters"))
    }
    return .success(.add(RoutingRule(kind: .pattern, pattern: text, choice: choice, createdAt: now)))
  }
  /// The tool of "tool=NAME" or "tool NAME"; nil for words of a message.
  private static func tool(in pattern: [String]) -> String? {
    if pattern.count == 2, pattern[0].lowercased() == "tool" { return pattern[1] }
    guard pattern.count == 1, pattern[0].lowercased().hasPrefix("tool=") else { return nil }
    let name = String(pattern[0].dropFirst("tool=".count))
    return name.isEmpty ? nil : name
  }
}

extension RoutingRule {
  /// True where a pattern has a word besides its stars: without one it would fit every message.
  public static func hasWords(_ pattern: String) -> Bool {
    !Words.folded(pattern.replacingOccurrences(of: "*", with: " ")).isEmpty
  }
}

extension RouteChoice {
  /// "claude", "@qwen", "local"; nil for anything else.
  public init?(word: String) {
    let plain = word.lowercased().drop { $0 == "@" }
    if plain == "local" { self = .qwen } else { self.init(rawValue: String(plain)) }
  }
}
