import Foundation

/// A stretch of time: from a moment up to, but not with, another.
public struct TimeRange: Codable, Sendable, Hashable {
  public var from: Date
  /// Never before `from`.
  public var to: Date

  public init(from: Date, to: Date) {
    self.from = from
    self.to = max(from, to)
  }

  public func contains(_ date: Date) -> Bool { from <= date && date < to }

  /// Seconds.
  public var length: TimeInterval { to.timeIntervalSince(from) }
}
