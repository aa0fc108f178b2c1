/// Decides when the next frame is drawn: soon after a change, but not more often than the interval allows; at once
/// after a key.
struct FrameClock {
  let interval: Duration
  private var last: ContinuousClock.Instant?
  private var isWanted = false
  private var isUrgent = false

  init(interval: Duration) { self.interval = interval }

  /// Something may have changed.
  mutating func request(isUrgent: Bool) {
    isWanted = true
    if isUrgent { self.isUrgent = true }
  }

  func isDue(at now: ContinuousClock.Instant) -> Bool {
    guard let due = due(after: now) else { return false }
    return due <= now
  }

  /// When the wanted frame may be drawn; nil when none is wanted.
  func due(after now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
    guard isWanted else { return nil }
    guard !isUrgent, let last else { return now }
    return max(now, last + interval)
  }

  /// The program was asked for its frame. One that had nothing to show does not use up the interval.
  mutating func drawn(at now: ContinuousClock.Instant, isShown: Bool) {
    isWanted = false
    isUrgent = false
    if isShown { last = now }
  }
}
