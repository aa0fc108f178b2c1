/// The clock of one transfer: which phase it is in and when that runs out. Pure; instants come in.
struct TransferDeadlines: Sendable {
  typealias Instant = ContinuousClock.Instant

  private enum Stage { case connecting, waiting, receiving, paused }

  private let timeouts: HTTPTimeouts
  private let end: Instant
  private var stage = Stage.connecting
  private var stageEnd: Instant

  init(_ timeouts: HTTPTimeouts, now: Instant) {
    self.timeouts = timeouts
    end = now + timeouts.total
    stageEnd = now + timeouts.connect
  }

  /// When something runs out next.
  var next: Instant { stage == .paused ? end : min(end, stageEnd) }

  /// The phase that has run out at `now`, if any.
  func expired(at now: Instant) -> HTTPError.Phase? {
    if now >= end { return .total }
    guard stage != .paused, now >= stageEnd else { return nil }
    return phase
  }

  /// The phase under way, for a timeout that libcurl found by itself.
  var phase: HTTPError.Phase {
    switch stage {
    case .connecting: .connect
    case .waiting: .firstByte
    case .receiving: .idle
    case .paused: .total
    }
  }

  /// Back to the beginning, for another connection; the total goes on.
  mutating func reconnecting(at now: Instant) { enter(.connecting, until: now + timeouts.connect) }

  /// The connection stands, or a piece of the request's body went out.
  mutating func sending(at now: Instant) { enter(.waiting, until: now + timeouts.firstByte) }

  /// Something of head or body came in.
  mutating func received(at now: Instant) { enter(.receiving, until: now + timeouts.idle) }

  /// The reader is slower than the server: the server's silence is our own wish.
  mutating func paused() { stage = .paused }

  mutating func resumed(at now: Instant) {
    if stage == .paused { received(at: now) }
  }

  private mutating func enter(_ stage: Stage, until instant: Instant) {
    self.stage = stage
    stageEnd = instant
  }
}
