/// How dangerous a call is; decided by code, never by a model (`docs/threat-model.md`, FOUND-01).
///
/// Ordered: `green < yellow < red < black`. The tier of a whole is the highest tier of its parts.
public enum SafetyTier: String, Codable, Sendable, Hashable, CaseIterable, Comparable {
  /// Provably reads only and reveals no secret: runs, is logged.
  case green = "GREEN"
  /// Bounded and reversible: needs a person's consent.
  case yellow = "YELLOW"
  /// Disruptive or hard to reverse: needs a person's consent to this very call.
  case red = "RED"
  /// Irrecoverable or self-destructive: no path leads there.
  case black = "BLACK"

  private var rank: Int {
    switch self {
    case .green: 0
    case .yellow: 1
    case .red: 2
    case .black: 3
    }
  }

  public static func < (left: SafetyTier, right: SafetyTier) -> Bool { left.rank < right.rank }
}
