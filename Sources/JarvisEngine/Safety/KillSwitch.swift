import Foundation

/// Whether mutations are frozen.
public enum FreezeState: Sendable, Hashable {
  case off
  /// Frozen for this reason, until lifted or until that time.
  case frozen(reason: String, until: Date?)
}

/// Where the gate learns whether mutations are frozen; asked before every one (FOUND-08).
public protocol KillSwitch: Sendable {
  /// - Throws: whatever keeps it from being read; the gate then takes it for frozen.
  func state() async throws -> FreezeState
}

/// A kill switch that is never on, until an engine has one on disk.
public struct NoKillSwitch: KillSwitch {
  public init() {}
  public func state() -> FreezeState { .off }
}
