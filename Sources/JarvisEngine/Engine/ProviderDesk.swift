import Foundation
import JarvisAPI
import JarvisChat
import JarvisModels
import JarvisRouting

/// What the engine knows of its models: configured or not, healthy or not, within budget or not. Feeds gates and notices.
actor ProviderDesk {
  private let claude: (any LLMProvider)?
  private let qwen: (any LLMProvider)?
  private let emit: @Sendable (Event) -> Void
  /// True where the daily budget is used up.
  private let overBudget: @Sendable () async -> Bool
  private var health: [Route: ProviderHealth] = [:]

  init(
    claude: (any LLMProvider)?, qwen: (any LLMProvider)?, overBudget: @escaping @Sendable () async -> Bool,
    emit: @escaping @Sendable (Event) -> Void
  ) {
    self.claude = claude
    self.qwen = qwen
    self.overBudget = overBudget
    self.emit = emit
    health[.claude] = ProviderHealth(
      route: .claude, model: claude?.model ?? "", state: claude == nil ? .absent("no key") : .unknown)
    health[.qwen] = ProviderHealth(
      route: .qwen, model: qwen?.model ?? "", state: qwen == nil ? .absent("not configured") : .unknown)
  }

  var all: [ProviderHealth] { [Route.claude, .qwen].compactMap { health[$0] } }
  private(set) var notices: [Notice] = []

  /// Asks both providers how they are; costs nothing.
  func check() async {
    async let claudeHealth = claude?.checkHealth()
    async let qwenHealth = qwen?.checkHealth()
    for found in [await claudeHealth, await qwenHealth] {
      if let found { set(found) }
    }
  }

  func gate(_ route: Route) async -> ProviderGate {
    switch route {
    case .claude:
      if claude == nil { return .closed("no key") }
      if await overBudget() {
        notice("budget", "today's budget is used up: Qwen answers", .warning)
        return .closed("budget used up")
      }
      end("budget")
      return .open
    case .qwen: return qwen == nil ? .closed("not configured") : .open
    case .live, .command: return .open
    }
  }

  /// How a call went; nil is success.
  func report(_ route: Route, _ error: ProviderError?) {
    guard var now = health[route] else { return }
    let name = route == .claude ? "Claude" : "Qwen"
    guard let error else {
      now.state = .ready
      set(now)
      end(name)
      return
    }
    switch error.kind {
    case .cancelled, .contextOverflow, .invalidRequest: return
    default: break
    }
    now.state = .out(error.reason)
    set(now)
    let other = route == .claude ? qwen : claude
    let rest =
      error.kind == .unauthorised
      ? "check the key" : other == nil ? "typed commands work" : "\(route == .claude ? "Qwen" : "Claude") goes on"
    notice(name, "\(name) is out (\(Sanitiser.clean(error.reason, keepingNewlines: false))): \(rest)", .warning)
  }

  private func set(_ new: ProviderHealth) {
    guard health[new.route] != new else { return }
    health[new.route] = new
    emit(.system(.provider(new)))
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
