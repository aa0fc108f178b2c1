import Foundation
import JarvisAPI
import JarvisModels

/// What is known of one provider: how it is, and until when it is not worth asking. Pure; moments come in.
struct ProviderStanding: Sendable {
  /// Seconds that a provider which failed is left alone; doubled each time, up to the longest.
  static let firstPause: TimeInterval = 5
  static let longestPause: TimeInterval = 300

  private(set) var health: ProviderHealth
  /// Nobody asks it before; nil where it may be asked.
  private var closedUntil: Date?
  private var pause: TimeInterval = 0
  /// True while it answers and takes no calls: a look at its health then proves nothing.
  private var isLimited = false

  init(_ health: ProviderHealth) { self.health = health }

  /// True where it is configured and neither out nor unfit.
  var isUsable: Bool {
    switch health.state {
    case .ready, .unknown: true
    case .absent, .out, .unfit: false
    }
  }

  /// Why it is not asked at `now`; nil where it is. A refused key closes nothing: being asked is how the person is told.
  func closed(at now: Date) -> String? {
    switch health.state {
    case .absent(let why), .unfit(let why): return why
    case .out(let why):
      guard let closedUntil, now < closedUntil else { return nil }
      return health.brief.isEmpty ? why : health.brief
    case .ready, .unknown: return nil
    }
  }

  /// A call went well.
  mutating func succeeded() {
    health.state = .ready
    health.isKeyRefused = false
    health.brief = ""
    reopen()
  }

  /// A call failed.
  /// - Returns: false where that says nothing of the provider.
  mutating func failed(_ error: ProviderError, at now: Date) -> Bool {
    switch error.kind {
    case .cancelled, .contextOverflow, .invalidRequest: return false
    case .unauthorised:
      reopen()
    case .cut, .malformed, .server:
      // One of these happens to the best; when they go on, the breaker closes the way.
      break
    case .rateLimited, .overloaded, .billing:
      isLimited = true
      close(at: now, asked: error.retryAfter)
    case .noKey, .unreachable, .timeout, .modelMissing:
      close(at: now, asked: error.retryAfter)
    }
    health.isKeyRefused = error.kind == .unauthorised
    health.brief = error.brief
    health.state = .out(error.reason)
    return true
  }

  /// A look at its health, which costs nothing.
  mutating func looked(_ found: ProviderHealth, at now: Date) {
    if case .out = found.state {
      // While it is limited, the limit's own reason stays.
      if !isLimited { health = found }
      if !found.isKeyRefused { close(at: now, asked: nil) }
      return
    }
    if isLimited, let closedUntil, now < closedUntil { return }
    health = found
    reopen()
  }

  private mutating func reopen() {
    closedUntil = nil
    pause = 0
    isLimited = false
  }

  private mutating func close(at now: Date, asked: Duration?) {
    pause = min(max(pause * 2, Self.firstPause), Self.longestPause)
    let asked = asked.map { TimeInterval($0.components.seconds) } ?? 0
    let until = now.addingTimeInterval(min(max(pause, asked), Self.longestPause))
    closedUntil = max(closedUntil ?? until, until)
  }

  /// How long until another look at it is worth while.
  var untilNextLook: Duration {
    guard case .out = health.state, pause > 0 else { return .seconds(Self.longestPause) }
    return .seconds(pause)
  }
}
