import Foundation
import Synchronization

/// A time that only the test moves.
final class ManualClock: Sendable {
  private let seconds: Mutex<Double>

  init(_ seconds: Double = 1_795_397_619) {
    self.seconds = Mutex(seconds)
  }

  var now: Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }

  func advance(_ time: Double) {
    seconds.withLock { $0 += time }
  }
}
