import JarvisAPI

/// A guest's configuration, spoken from `guest_config`.
enum ConfigPhrases {
  private static let maximumKeys = 24
  private static let maximumValueLength = 120

  static func speak(_ result: JSONValue) -> String {
    let title = GuestPhrases.title(result)
    guard let config = result["config"]?.object, !config.isEmpty else {
      return "\(title) has no configuration to show."
    }
    var lines = ["The configuration of \(title):"]
    for (key, value) in config.sorted(by: { $0.key < $1.key }).prefix(maximumKeys) {
      lines.append("- \(MindFigures.name(.string(key))): \(MindFigures.name(value).prefix(maximumValueLength))")
    }
    if config.count > maximumKeys { lines.append("- and \(config.count - maximumKeys) more") }
    return lines.joined(separator: "\n")
  }
}
