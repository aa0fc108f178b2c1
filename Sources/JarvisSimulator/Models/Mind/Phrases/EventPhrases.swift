import JarvisAPI

/// Events, spoken from `recent_events`.
enum EventPhrases {
  private static let maximumListed = 8

  static func line(_ event: JSONValue) -> String {
    let moment = MindFigures.moment(event["at"]).map { "\($0) " } ?? ""
    return "- \(moment)\(MindFigures.name(event["severity"])): \(MindFigures.name(event["text"]))"
  }

  /// Newest first.
  static func list(_ events: [JSONValue]) -> String {
    if events.isEmpty { return "Nothing happened lately that I can see." }
    let shown = events.suffix(maximumListed).reversed()
    var text = "The latest \(MindFigures.count(shown.count, "event")):\n" + shown.map(line).joined(separator: "\n")
    if events.count > shown.count { text += "\n\(events.count - shown.count) older ones are left out." }
    return text
  }
}
