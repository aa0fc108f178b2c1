import Foundation
import JarvisAPI
import JarvisChat
import JarvisCost
import JarvisModels
import JarvisRouting

/// What the engine knows of its models: configured or not, healthy or not, within budget or not. Feeds gates and notices.
actor ProviderDesk {
  /// Characters of a reason on a badge.
  static let maximumReason = 100

  private let claude: (any LLMProvider)?
  private let qwen: (any LLMProvider)?
  private let emit: @Sendable (Event) -> Void
  private let now: @Sendable () -> Date
  private let budget: @Sendable () async -> BudgetState
  private let atLimit: BudgetLimits.AtLimit
  private var standings: [Route: ProviderStanding] = [:]

  init(
    claude: (any LLMProvider)?, qwen: (any LLMProvider)?, budget: @escaping @Sendable () async -> BudgetState,
    atLimit: BudgetLimits.AtLimit = .qwen, now: @escaping @Sendable () -> Date,
    emit: @escaping @Sendable (Event) -> Void
  ) {
    self.claude = claude
    self.qwen = qwen
    self.budget = budget
    self.atLimit = atLimit
    self.now = now
    self.emit = emit
    standings[.claude] = ProviderStanding(
      ProviderHealth(
        route: .claude, model: claude?.model ?? "", state: claude == nil ? .absent("no key") : .unknown))
    standings[.qwen] = ProviderStanding(
      ProviderHealth(
        route: .qwen, model: qwen?.model ?? "", state: qwen == nil ? .absent("not configured") : .unknown))
  }

  var all: [ProviderHealth] { [Route.claude, .qwen].compactMap { standings[$0]?.health } }
  private(set) var notices: [Notice] = []

  /// Asks both providers how they are; costs nothing.
  func check() async {
    async let claudeHealth = claude?.checkHealth()
    async let qwenHealth = qwen?.checkHealth()
    for found in [await claudeHealth, await qwenHealth] {
      guard let found else { continue }
      change(found.route) { $0.looked(found, at: now()) }
    }
    for route in [Route.claude, .qwen] { tellHealth(of: route) }
  }

  /// How long until the next `check` is worth while: soon where one is out, else not for long.
  var untilNextCheck: Duration {
    standings.values.map(\.untilNextLook).min() ?? .seconds(ProviderStanding.longestPause)
  }

  /// Whether a message may go to `route` now: configured, not known to be out, breaker closed, within budget.
  func gate(_ route: Route) async -> ProviderGate {
    guard let standing = standings[route] else { return .open }
    if case .absent(let why) = standing.health.state { return .closed(why) }
    if route == .claude, let why = await tellBudget() { return atLimit == .stop ? .stopped(why) : .closed(why) }
    if let error = provider(route)?.blocked { return .closed(error.brief) }
    if let why = standings[route]?.closed(at: now()) { return .closed(Self.line(why, Self.maximumReason)) }
    return .open
  }

  /// How a call went; nil is success.
  func report(_ route: Route, _ error: ProviderError?) {
    guard standings[route] != nil else { return }
    guard let error else {
      change(route) { $0.succeeded() }
      end(Self.name(route))
      return
    }
    var tells = false
    change(route) { tells = $0.failed(error, at: now()) }
    if tells { tellHealth(of: route) }
  }

  // MARK: Budget

  /// Tells how the budgets stand, as a notice that goes when it no longer holds.
  /// - Returns: why nothing may be spent; nil where something may. What cannot be read counts as used up.
  @discardableResult
  func tellBudget() async -> String? {
    let state = await budget()
    let then = atLimit == .stop ? "no model that costs is asked" : others(than: .claude)
    if claude != nil, let text = state.notice(then: then) {
      if case .unknown = state {
        notice("budget", Self.line(text), .critical)
      } else {
        notice("budget", text, .warning)
      }
    } else {
      end("budget")
    }
    return state.block
  }

  // MARK: What people are told

  private func tellHealth(of route: Route) {
    guard let health = standings[route]?.health else { return }
    switch health.state {
    case .ready: end(Self.name(route))
    case .out(let reason), .unfit(let reason):
      let rest = health.isKeyRefused ? "check the key; `jarvis-tui doctor` tests it" : others(than: route)
      notice(Self.name(route), "\(Self.name(route)) is out (\(Self.line(reason))): \(rest)", .warning)
    case .absent, .unknown: break
    }
  }

  /// Who answers instead of `route`: nobody is promised who is not there.
  private func others(than route: Route) -> String {
    let other: Route = route == .claude ? .qwen : .claude
    return standings[other]?.isUsable == true ? "\(Self.name(other)) answers" : "typed commands work"
  }

  private static func name(_ route: Route) -> String { route == .claude ? "Claude" : "Qwen" }

  private static func line(_ text: String, _ limit: Int = .max) -> String {
    let clean = Sanitiser.clean(text, keepingNewlines: false)
    return clean.count > limit ? clean.prefix(limit - 1) + "…" : clean
  }

  private func provider(_ route: Route) -> (any LLMProvider)? { route == .claude ? claude : qwen }

  private func change(_ route: Route, _ body: (inout ProviderStanding) -> Void) {
    guard var standing = standings[route] else { return }
    let before = standing.health
    body(&standing)
    standings[route] = standing
    if standing.health != before { emit(.system(.provider(standing.health))) }
  }

  private func notice(_ id: String, _ text: String, _ severity: ClusterEvent.Severity) {
    let notice = Notice(id: id, severity: severity, text: text)
    guard !notices.contains(notice) else { return }
    notices.removeAll { $0.id == id }
    notices.append(notice)
    emit(.system(.notice(notice)))
  }

  private func end(_ id: String) {
    guard notices.contains(where: { $0.id == id }) else { return }
    notices.removeAll { $0.id == id }
    emit(.system(.noticeEnded(id: id)))
  }
}
