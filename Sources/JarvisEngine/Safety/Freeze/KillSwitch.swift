import JarvisAPI

/// Where the gate learns whether mutations are frozen; asked before every one (FOUND-08).
public protocol KillSwitch: Sendable {
  /// nil where it is off.
  /// - Throws: whatever keeps it from being read; the gate then takes it for frozen.
  func state() async throws -> Freeze?
}

/// A kill switch that is never on: for engines that keep nothing.
public struct NoKillSwitch: KillSwitch {
  public init() {}
  public func state() -> Freeze? { nil }
}
