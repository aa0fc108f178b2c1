import Foundation

/// Notices that the wall clock was set, by holding it against one that only runs forward: what the screen measures by
/// itself – how long an answer takes, how long a card has been in sight – goes on as if nobody had touched the clock.
public struct ClockWatch: Sendable {
  /// Seconds by which the two clocks may part between two looks: a clock that is slewed is not one that was set.
  public static let tolerance: TimeInterval = 1

  private var last: (wall: Date, steady: Duration)?

  public init() {}

  /// - Parameters:
  ///   - wall: the time of day now.
  ///   - steady: time since any moment, on a clock that nobody sets.
  /// - Returns: seconds by which the wall clock was set since the last look, negative for back; 0 where it ran on.
  public mutating func look(wall: Date, steady: Duration) -> TimeInterval {
    defer { last = (wall, steady) }
    guard let last else { return 0 }
    let passed = (steady - last.steady) / .seconds(1)
    let jump = wall.timeIntervalSince(last.wall) - passed
    return abs(jump) > Self.tolerance ? jump : 0
  }
}
