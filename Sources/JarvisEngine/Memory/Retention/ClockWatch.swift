import Foundation
import JarvisLock

/// Tells a clock that was set from time that passed: what a wrong clock expires is gone for good.
final class ClockWatch: Sendable {
  /// What the two clocks may differ by between two looks, in seconds.
  static let tolerance: TimeInterval = 3_600

  private let last = Guarded<(wall: Date, steady: Duration)?>(nil)

  /// Whether `wall` went further than `steady` since the last look; a look later the new time is believed.
  func jumped(wall: Date, steady: Duration) -> Bool {
    last.withLock { last in
      defer { last = (wall, steady) }
      guard let before = last else { return false }
      let passed = Double((steady - before.steady).components.seconds)
      return wall.timeIntervalSince(before.wall) > passed + Self.tolerance
    }
  }
}
