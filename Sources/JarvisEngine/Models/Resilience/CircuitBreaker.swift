/// Keeps a provider that fails again and again from being asked for a while: three failures open it for 5 s, each failed
/// probe doubles that up to 5 min, one success closes it. A value; times are durations since any fixed moment.
public struct CircuitBreaker: Sendable, Hashable {
  public enum State: Sendable, Hashable {
    /// Calls pass; this many failed in a row.
    case closed(failures: Int)
    /// Calls are refused until then.
    case open(until: Duration, pause: Duration)
    /// One call is out to try; all others are refused.
    case probing(pause: Duration)
  }
  public enum Answer: Sendable, Hashable {
    case allowed
    /// How long until a probe may be made; zero while one is out.
    case refused(wait: Duration)
  }

  public static let failuresToOpen = 3
  public static let firstPause = Duration.seconds(5)
  public static let longestPause = Duration.seconds(300)

  public private(set) var state = State.closed(failures: 0)
  public init() {}

  /// Asks to make a call at `now`. An allowed call must end in `succeeded`, `failed` or `abandoned`.
  public mutating func ask(at now: Duration) -> Answer {
    switch state {
    case .closed: return .allowed
    case .open(let until, let pause):
      if now < until { return .refused(wait: until - now) }
      state = .probing(pause: pause)
      return .allowed
    case .probing: return .refused(wait: .zero)
    }
  }

  /// How long until a call could be allowed; nil where one made at `now` would be. Changes nothing.
  public func wait(at now: Duration) -> Duration? {
    switch state {
    case .closed: nil
    case .open(let until, _): now < until ? until - now : nil
    case .probing: .zero
    }
  }

  public mutating func succeeded() {
    state = .closed(failures: 0)
  }

  public mutating func failed(at now: Duration) {
    switch state {
    case .closed(let failures):
      state =
        failures + 1 < Self.failuresToOpen
        ? .closed(failures: failures + 1) : .open(until: now + Self.firstPause, pause: Self.firstPause)
    case .probing(let pause):
      let longer = min(pause * 2, Self.longestPause)
      state = .open(until: now + longer, pause: longer)
    case .open: break  // A call that began before it opened.
    }
  }

  /// A call that proved nothing: cancelled by the person, or refused for its content.
  public mutating func abandoned(at now: Duration) {
    if case .probing(let pause) = state { state = .open(until: now, pause: pause) }
  }
}
