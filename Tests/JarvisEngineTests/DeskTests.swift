import Foundation
import GRDB
import JarvisAPI
import JarvisChat
import JarvisCost
import JarvisLock
import JarvisModels
import JarvisRouting
import Logging
import Testing

@testable import JarvisEngine

/// A provider that is what a test says.
private final class StubProvider: LLMProvider {
  let route: Route
  let model = "stub"
  let capabilities = ProviderCapabilities(tools: true, window: 100_000, maximumOutput: 1_000, promptCaching: false)
  let state = Guarded(ProviderHealth.State.ready)
  let breaker = Guarded<ProviderError?>(nil)
  init(_ route: Route) { self.route = route }
  var blocked: ProviderError? { breaker.withLock { $0 } }
  func stream(_ request: ModelRequest) -> AsyncThrowingStream<ModelDelta, any Error> {
    AsyncThrowingStream { $0.finish() }
  }
  func countTokens(_ request: ModelRequest) async -> TokenCount { TokenCount(tokens: 1, estimated: true) }
  func checkHealth() async -> ProviderHealth {
    let state = state.withLock { $0 }
    return ProviderHealth(route: route, model: model, state: state, isKeyRefused: state == .out("key refused"))
  }
}

/// Moments and events of a desk under test.
private final class Surroundings: Sendable {
  let time = Guarded(Date(timeIntervalSince1970: 1_795_000_000))
  let budget = Guarded(BudgetState.within)
  let events = Guarded<[Event]>([])

  func desk(
    _ claude: StubProvider?, _ qwen: StubProvider?, atLimit: BudgetLimits.AtLimit = .qwen
  ) -> ProviderDesk {
    ProviderDesk(
      claude: claude, qwen: qwen, budget: { self.budget.withLock { $0 } }, atLimit: atLimit,
      now: { self.time.withLock { $0 } },
      emit: { event in self.events.withLock { $0.append(event) } })
  }

  func pass(_ seconds: TimeInterval) { time.withLock { $0 += seconds } }

  var ended: [String] {
    events.withLock { $0.compactMap { if case .system(.noticeEnded(let id)) = $0 { id } else { nil } } }
  }
}

@Suite("What the engine knows of its models")
struct ProviderDeskTests {
  private let around = Surroundings()
  private let claude = StubProvider(.claude)
  private let qwen = StubProvider(.qwen)

  @Test("ROUTE-02 a provider that is known to be out is not chosen, and is tried again after a pause that grows")
  func outIsClosed() async {
    let desk = around.desk(claude, qwen)
    #expect(await desk.gate(.claude) == .open)
    let error = ProviderError(.unreachable, reason: "connection refused")
    for pause in [5.0, 10, 20] {
      await desk.report(.claude, error)
      #expect(await desk.gate(.claude) == .closed("unreachable"))
      around.pass(pause - 0.5)
      #expect(await desk.gate(.claude) == .closed("unreachable"))
      around.pass(0.5)
      #expect(await desk.gate(.claude) == .open)
    }
    await desk.report(.claude, nil)
    #expect(await desk.notices.isEmpty)
    #expect(await desk.untilNextCheck == .seconds(300))
  }

  @Test("ROUTE-02 a check that finds it out closes the gate, one that finds it ready opens it and ends the notice")
  func checked() async {
    let desk = around.desk(claude, qwen)
    claude.state.withLock { $0 = .out("no answer") }
    await desk.check()
    #expect(await desk.gate(.claude) == .closed("no answer"))
    #expect(await desk.notices.map(\.text) == ["Claude is out (no answer): Qwen answers"])
    #expect(await desk.untilNextCheck == .seconds(5))
    claude.state.withLock { $0 = .ready }
    await desk.check()
    #expect(await desk.gate(.claude) == .open)
    #expect(await desk.notices.isEmpty)
    #expect(around.ended == ["Claude"])
  }

  @Test("ROUTE-02 a limit stands until its time is over, though the server answers questions about itself")
  func limited() async {
    let desk = around.desk(claude, qwen)
    await desk.report(.claude, ProviderError(.rateLimited(retryAfter: .seconds(60)), reason: "slow down"))
    await desk.check()
    #expect(await desk.gate(.claude) == .closed("rate-limited"))
    #expect(await !desk.notices.isEmpty)
    around.pass(60)
    await desk.check()
    #expect(await desk.gate(.claude) == .open)
    #expect(await desk.notices.isEmpty)
  }

  @Test("ROUTE-02 an open breaker closes the gate; one broken stream does not, nor a refused key, which is told")
  func breaker() async {
    let desk = around.desk(claude, qwen)
    await desk.report(.claude, ProviderError(.cut, reason: "gone"))
    #expect(await desk.gate(.claude) == .open)
    claude.breaker.withLock { $0 = ProviderError(.overloaded, reason: "try later") }
    #expect(await desk.gate(.claude) == .closed("overloaded"))
    claude.breaker.withLock { $0 = nil }
    claude.state.withLock { $0 = .out("key refused") }
    await desk.check()
    #expect(await desk.gate(.claude) == .open)
    #expect(await desk.notices.first?.text.contains("check the key") == true)
    qwen.state.withLock { $0 = .unfit("window too small") }
    await desk.check()
    #expect(await desk.gate(.qwen) == .closed("window too small"))
  }

  @Test("ROUTE-05 a used-up budget promises nobody who is not there, and ends with its notice")
  func budget() async {
    around.budget.withLock { $0 = .warning(.week, percent: 85) }
    let both = around.desk(claude, qwen)
    #expect(await both.gate(.claude) == .open)
    #expect(await both.notices.map(\.text) == ["85 % of this week's budget is spent"])
    around.budget.withLock { $0 = .exhausted(.day) }
    #expect(await both.gate(.claude) == .closed("today's budget is used up"))
    #expect(await both.notices.first?.text.hasPrefix("today's budget is used up: Qwen answers") == true)
    let alone = around.desk(claude, nil)
    #expect(await alone.gate(.claude) == .closed("today's budget is used up"))
    #expect(await alone.notices.first?.text.contains("typed commands work") == true)
    let strict = around.desk(claude, qwen, atLimit: .stop)
    #expect(await strict.gate(.claude) == .stopped("today's budget is used up"))
    #expect(await strict.notices.first?.text.contains("no model that costs is asked") == true)
    around.budget.withLock { $0 = .unknown("disk I/O error") }
    #expect(await both.gate(.claude) == .closed("what was spent is not known"))
    #expect(await both.notices.map(\.severity) == [.critical])
    #expect(await both.gate(.qwen) == .open)
    around.budget.withLock { $0 = .within }
    #expect(await both.gate(.claude) == .open)
    #expect(await both.notices.isEmpty)
  }
}

@Suite("The ledger's desk")
struct CostDeskTests {
  private let call = BookedCall(
    conversation: ConversationID(rawValue: "c"), message: MessageID(rawValue: "m"), route: .claude,
    model: "claude-sonnet-5-5", usage: TokenUsage(input: 1_000, output: 100), estimated: false)

  private func desk(_ database: DatabaseQueue, budget: MicroDollars?) throws -> CostDesk {
    CostDesk(
      ledger: Ledger(database: database), prices: try PriceTable.embedded(),
      strong: StrongRoute(model: "claude-sonnet-5-5", prefixTokens: 1_000), fast: "claude-haiku-5-5",
      limits: BudgetLimits(day: budget), zone: .gmt,
      now: { Date(timeIntervalSince1970: 1_795_000_000) }, emit: { _ in }, log: Logger(label: "test"))
  }

  private func migrate(_ database: DatabaseQueue) throws {
    var migrator = DatabaseMigrator()
    CostSchema.register(in: &migrator)
    try migrator.migrate(database)
  }

  @Test("ROUTE-05 a ledger that cannot be read or written leaves the budget unknown, never unspent; no call is lost")
  func failsClosed() async throws {
    // Without its table the ledger fails as it does on a damaged disk.
    let database = try DatabaseQueue()
    let desk = try desk(database, budget: MicroDollars(1))
    guard case .unknown = await desk.budgetState() else { Issue.record("it failed open"); return }
    _ = await desk.book(call)
    guard case .unknown = await desk.budgetState() else { Issue.record("it failed open"); return }
    try migrate(database)
    #expect(await desk.budgetState() == .exhausted(.day))
    #expect(await desk.report().callsToday == 1)
    #expect(try await self.desk(DatabaseQueue(), budget: nil).budgetState() == .within)
  }

  @Test("ROUTE-05 A call is priced, and by the same tokens elsewhere; a model without a price gives none, never zero")
  func elsewhere() async throws {
    let database = try DatabaseQueue()
    try migrate(database)
    let desk = try desk(database, budget: nil)
    let claude = await desk.book(call)
    // 1,000 × $2 + 100 × $10 a million; the fast one at a twentieth.
    #expect(claude.price == .known(MicroDollars(3_000)))
    #expect(claude.elsewhere == RouteEstimate(fast: MicroDollars(150), strong: MicroDollars(3_000), local: .zero))
    var local = call
    (local.route, local.model) = (.qwen, "qwen")
    local.usage = TokenUsage(input: 40, output: 100)
    local.message = MessageID(rawValue: "m2")
    let talk = await desk.book(local)
    // A turn later in the same conversation: the prefix is in the cache, the question is written for an hour.
    #expect(talk.price == .known(.zero) && talk.elsewhere?.strong == MicroDollars(40 * 4 + 100 + 1_000))
    var unknown = call
    unknown.model = "claude-unheard-of"
    #expect(await desk.book(unknown).price == .unpriced(model: "claude-unheard-of"))
    #expect(await desk.report().unpricedToday == 1)
  }

  @Test("ROUTE-05 A local answer that nobody got saves nothing, and leaves nothing in the cache that would have been")
  func failedAnswer() async throws {
    let database = try DatabaseQueue()
    try migrate(database)
    let desk = try desk(database, budget: nil)
    var local = call
    (local.route, local.model, local.usage) = (.qwen, "qwen", TokenUsage(input: 40, output: 100))
    local.answers = false
    let failed = await desk.book(local)
    #expect(failed.elsewhere == RouteEstimate(fast: .zero, strong: .zero, local: .zero))
    #expect(await desk.report().counterfactualThisMonth == .zero)
    local.answers = true
    _ = await desk.book(local)
    // Its 40 tokens for five minutes, 100 of output, and the 1,000 of the prefix for an hour: it is the first to send it.
    #expect(await desk.report().counterfactualThisMonth == MicroDollars(100 + 1_000 + 4_000))
    var other = local
    (other.conversation, other.message) = (ConversationID(rawValue: "d"), MessageID(rawValue: "n"))
    // Another conversation finds the prefix.
    #expect(await desk.book(other).elsewhere?.strong == MicroDollars(100 + 1_000 + 100))
  }

  @Test("ROUTE-05 Figures that time alone has moved are told; those that stand are not told again")
  func midnight() async throws {
    let database = try DatabaseQueue()
    try migrate(database)
    let told = Guarded(0)
    let time = Guarded(Date(timeIntervalSince1970: 1_795_000_000))
    let desk = CostDesk(
      ledger: Ledger(database: database), prices: try PriceTable.embedded(),
      strong: StrongRoute(model: "claude-sonnet-5-5", prefixTokens: 1_000), fast: "claude-haiku-5-5",
      limits: BudgetLimits(day: MicroDollars(1)), zone: .gmt, now: { time.withLock { $0 } },
      emit: { _ in told.withLock { $0 += 1 } }, log: Logger(label: "test"))
    _ = await desk.book(call)
    #expect(await desk.budgetState() == .exhausted(.day))
    await desk.look()
    #expect(told.withLock { $0 } == 1)
    time.withLock { $0 += 86_400 }
    await desk.look()
    #expect(told.withLock { $0 } == 2)
    #expect(await desk.budgetState() == .within)
  }
}
