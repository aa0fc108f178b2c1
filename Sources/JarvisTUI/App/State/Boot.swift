import Foundation
import JarvisAPI

/// The start-up text: the engine's real steps, never longer on the screen than `AppLimits.bootSeconds`.
struct Boot: Sendable, Equatable {
  private(set) var steps: [BootStep] = []
  private(set) var isShowing: Bool
  private(set) var startedAt: Date

  init(startedAt: Date, shows: Bool) {
    self.startedAt = startedAt
    isShowing = shows
  }

  var endsAt: Date { startedAt.addingTimeInterval(AppLimits.bootSeconds) }

  mutating func add(_ step: BootStep) {
    steps.append(step)
    if steps.count > AppLimits.bootStepsKept { steps.removeFirst() }
  }

  /// The wall clock was set by so many seconds.
  mutating func move(by seconds: TimeInterval) { startedAt += seconds }

  mutating func end() { isShowing = false }

  mutating func tick(now: Date) {
    if now >= endsAt { isShowing = false }
  }
}
