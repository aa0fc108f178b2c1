extension Clock where Duration == Swift.Duration {
  /// The time since now, whatever happens to the wall clock.
  public func stopwatch() -> @Sendable () -> Swift.Duration {
    let start = now
    return { start.duration(to: self.now) }
  }
}
