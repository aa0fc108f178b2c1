/// How far Jarvis may go by itself; caps what a runbook's own `autonomy` may do.
public enum AutonomyLevel: Int, Codable, Sendable, Hashable, CaseIterable, Comparable {
  case observe = 0
  case alert = 1
  case recommend = 2
  /// Act and report.
  case act = 3
  /// Act; reporting in the log only.
  case quiet = 4

  /// "L3".
  public var name: String { "L\(rawValue)" }
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What a runbook's file says it may do.
public enum RunbookAutonomy: String, Codable, Sendable, Hashable, CaseIterable {
  case observe, recommend, ask, act
}
