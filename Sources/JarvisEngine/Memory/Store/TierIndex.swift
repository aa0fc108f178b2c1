import JarvisAPI

/// A tier as the database numbers it, and the names of its full-text index.
enum TierIndex: Int, CaseIterable, Sendable {
  case conversation = 0
  case episodic = 1
  case semantic = 2

  init(_ tier: MemoryTier) {
    self =
      switch tier {
      case .conversation: .conversation
      case .episodic: .episodic
      case .semantic: .semantic
      }
  }

  var tier: MemoryTier {
    switch self {
    case .conversation: .conversation
    case .episodic: .episodic
    case .semantic: .semantic
    }
  }

  var table: String { "memory_\(tier.rawValue)_text" }
  var view: String { "memory_\(tier.rawValue)" }
  var terms: String { "memory_\(tier.rawValue)_terms" }
}
