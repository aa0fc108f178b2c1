import Foundation

/// A moment by two clocks: the wall's, which people set, and one that only runs forward.
struct GateMoment: Sendable, Hashable {
  var wall: Date
  /// Since the gate was made.
  var elapsed: Duration
}

/// Where the gate takes its time from.
public struct GateTime: Sendable {
  let now: @Sendable () -> Date
  let clock: any Clock<Duration>
  private let elapsed: @Sendable () -> Duration

  /// - Parameters:
  ///   - now: the wall clock.
  ///   - clock: runs forward whatever happens to the wall clock; `ContinuousClock` also while the machine sleeps.
  public init(now: @escaping @Sendable () -> Date, clock: any Clock<Duration>) {
    self.now = now
    self.clock = clock
    elapsed = Self.stopwatch(clock)
  }

  var moment: GateMoment { GateMoment(wall: now(), elapsed: elapsed()) }

  private static func stopwatch(_ clock: some Clock<Duration>) -> @Sendable () -> Duration {
    let start = clock.now
    return { start.duration(to: clock.now) }
  }
}
