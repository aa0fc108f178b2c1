import JarvisAPI

/// The judgement of one thing, with its way out.
struct Finding {
  var tier: SafetyTier
  var rule: String
  var reason: String
  var change = ""

  static func green(_ rule: String, _ reason: String = "only reads, and reveals no secret") -> Finding {
    Finding(tier: .green, rule: rule, reason: reason)
  }

  static func yellow(_ rule: String, _ reason: String, _ change: String = "") -> Finding {
    Finding(tier: .yellow, rule: rule, reason: reason, change: change)
  }

  static func red(_ rule: String, _ reason: String, _ change: String = "") -> Finding {
    Finding(tier: .red, rule: rule, reason: reason, change: change)
  }

  static func black(_ rule: String, _ reason: String, _ change: String = "") -> Finding {
    Finding(tier: .black, rule: rule, reason: reason, change: change)
  }

  /// Nothing was judged yet: any other finding says more.
  static let nothing = Finding(tier: .green, rule: "nothing", reason: "nothing is run")

  /// The stricter of two; the first that says something where they are equal.
  func max(_ other: Finding) -> Finding {
    other.tier > tier || (other.tier == tier && rule == "nothing") ? other : self
  }

  /// This one, at least as strict as `floor`.
  func atLeast(_ floor: Finding) -> Finding { floor.tier > tier ? floor : self }
}
