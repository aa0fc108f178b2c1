import JarvisCost

/// Whether one of the operator's rules is about a message.
public enum RuleMatcher {
  /// A pattern without `*` is about messages that contain its words next to each other; with `*` it is about the whole
  /// message, a star standing for any words or none. Case and diacritics do not matter.
  public static func matches(_ rule: RoutingRule, _ text: String) -> Bool {
    guard rule.kind == .pattern else { return false }
    let words = Words(text)
    if !rule.pattern.contains("*") { return words.contains(phrase: rule.pattern) }
    let parts = rule.pattern.split(separator: "*", omittingEmptySubsequences: false).map { Words(String($0)).list }
    return matches(parts[...], words.list[...], anchored: true)
  }

  /// The first rule for a tool; nil where the operator has none.
  public static func route(forTool tool: String, rules: [RoutingRule]) -> RoutingRule? {
    rules.first { $0.kind == .tool && $0.pattern == tool }
  }

  private static func matches(_ parts: ArraySlice<[String]>, _ words: ArraySlice<String>, anchored: Bool) -> Bool {
    guard let part = parts.first else { return words.isEmpty }
    // The last part has to end where the message ends.
    if parts.count == 1 {
      return anchored ? Array(words) == part : words.count >= part.count && Array(words.suffix(part.count)) == part
    }
    var start = words.startIndex
    while start + part.count <= words.endIndex {
      if Array(words[start..<start + part.count]) == part {
        // The earliest place leaves the most for the rest.
        return matches(parts.dropFirst(), words[(start + part.count)...], anchored: false)
      }
      if anchored { return false }
      start += 1
    }
    return false
  }
}
