import Foundation
import JarvisLock

/// A time that only the test moves.
final class ManualClock: Sendable {
  private let seconds: Guarded<Double>

  init(_ seconds: Double = 1_795_397_619) {
    self.seconds = Guarded(seconds)
  }

  var now: Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }

  func advance(_ time: Double) {
    seconds.withLock { $0 += time }
  }
}
