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
    "`/route add PATTERN claude|qwen|live`, `/route add tool NAME claude|qwen`, `/route list`, `/route delete NUMBER`"

  /// Reads "add backup report qwen", "add tool guest_status claude", "list", "delete 3". `*` in a pattern stands for any words.
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
    let names: [String: Route] = [
      "claude": .claude, "@claude": .claude, "qwen": .qwen, "@qwen": .qwen, "local": .qwen, "live": .live,
    ]
    guard words.count >= 2, let route = names[words[words.count - 1].lowercased()] else {
      return .failure(CommandMistake("a rule ends in claude, qwen or live: \(help)"))
    }
    var pattern = Array(words.dropLast())
    // "add backup -> qwen" reads well too.
    if let last = pattern.last, ["->", "→", "=>"].contains(last) { pattern.removeLast() }
    if pattern.first?.lowercased() == "tool", pattern.count == 2 {
      guard route != .live else { return .failure(CommandMistake("a tool runs for claude or qwen: \(help)")) }
      return .success(.add(RoutingRule(kind: .tool, pattern: pattern[1], route: route, createdAt: now)))
    }
    let text = pattern.joined(separator: " ").trimmingCharacters(in: CharacterSet(charactersIn: "\"“”'"))
    guard !Words.folded(text.replacingOccurrences(of: "*", with: " ")).isEmpty else {
      return .failure(CommandMistake("a pattern needs at least one word: \(help)"))
    }
    guard text.count <= RoutingRuleStore.maximumPattern else {
      return .failure(CommandMistake("a pattern has at most \(RoutingRuleStore.maximumPattern) characters"))
    }
    return .success(.add(RoutingRule(kind: .pattern, pattern: text, route: route, createdAt: now)))
  }
}
