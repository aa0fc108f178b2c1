import JarvisAPI

extension MemoryItem {
  /// The operator's own words, or what code wrote down of the cluster and of Jarvis's own doing; nothing that a model wrote or
  /// that was imported.
  public var isOwn: Bool {
    guard source != "import" else { return false }
    return switch kind {
    case .event, .action: true
    case .fact, .preference, .turn: role == "user" || source == "operator"
    case .summary: false
    }
  }
}
