/// Whom a person names: for one message (`@strong`), for a conversation (its pin), or in a rule of theirs (ROUTE-07).
public enum RouteChoice: String, Codable, Sendable, Hashable, CaseIterable {
  /// The local model.
  case qwen
  /// Claude; which model follows from the class of work.
  case claude
  /// Claude's fast model.
  case fast
  /// Claude's strong model.
  case strong
  /// Code, from facts; no model. In rules only.
  case live

  public var route: Route {
    switch self {
    case .qwen: .qwen
    case .claude, .fast, .strong: .claude
    case .live: .live
    }
  }

  /// As a sentence says it: "Claude (strong)".
  public var name: String {
    switch self {
    case .qwen: "Qwen"
    case .claude: "Claude"
    case .fast: "Claude (fast)"
    case .strong: "Claude (strong)"
    case .live: "code"
    }
  }
}
