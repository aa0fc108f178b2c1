import Foundation
import JarvisAPI
import JarvisChat
import JarvisCost
import Logging

/// Books calls, prices them, and keeps the cost panel's figures current.
actor CostDesk {
  private let ledger: Ledger
  private let prices: PriceTable
  private let strong: StrongRoute
  /// The fast model's id.
  private let fast: String
  nonisolated let limits: BudgetLimits
  private let zone: TimeZone
  private let now: @Sendable () -> Date
  private let emit: @Sendable (Event) -> Void
  private let log: Logger
  private var newest = CostReport()
  /// What the counterfactual's cache would hold.
  private var cache = StrongCache()
  /// Calls that the ledger did not take yet, oldest first: tried again before each look at the sums.
  private var unwritten: [LedgerEntry] = []
  /// Calls kept for a ledger that takes none; beyond it the oldest are given up, which is logged.
  static let maximumUnwritten = 1_000

  init(
    ledger: Ledger, prices: PriceTable, strong: StrongRoute, fast: String, limits: BudgetLimits, zone: TimeZone,
    now: @escaping @Sendable () -> Date, emit: @escaping @Sendable (Event) -> Void, log: Logger
  ) {
    self.ledger = ledger
    self.prices = prices
    self.strong = strong
    self.fast = fast
    self.limits = limits
    self.zone = zone
    self.now = now
    self.emit = emit
    self.log = log
  }

  /// Enters a call and tells every screen. What could not be written is kept and tried again; until then the budget is not
  /// known.
  ///
  /// In a task of its own: a turn that was stopped is paid for all the same.
  func book(_ call: BookedCall) async -> BookedPrice { await Task { await enter(call) }.value }

  private func enter(_ call: BookedCall) async -> BookedPrice {
    let at = now()
    let price = prices.price(of: call.usage, model: call.model, route: call.route, at: at)
    let instead = strong.usage(
      insteadOf: call.route, usage: call.usage, newTokens: min(call.usage.prompt, Self.typicalQuestion),
      answerTokens: call.usage.output,
      cached: cache.standing(of: call.conversation, message: call.message, at: at))
    func onClaude(_ model: String) -> MicroDollars? {
      prices.price(of: instead, model: model, route: .claude, at: at).amount
    }
    let onStrong = onClaude(strong.model)
    // A local call that gave no answer saved nothing: somebody else has to answer, and is booked for it.
    let stands = call.route == .claude || (call.answers && !call.estimated)
    let counterfactual = stands ? onStrong : nil
    if stands { cache.use(call.conversation, message: call.message, at: at) }
    unwritten.append(
      LedgerEntry(
        at: at, conversation: call.conversation, message: call.message, route: call.route, model: call.model,
        usage: call.usage, price: price, estimated: call.estimated, counterfactual: counterfactual))
    emit(.system(.cost(await report())))
    // What is asked of another model at once is not asked twice elsewhere.
    return BookedPrice(
      price,
      elsewhere: RouteEstimate(
        fast: call.answers ? onClaude(fast) : .zero, strong: call.answers ? onStrong : .zero,
        local: call.route == .qwen ? price.amount : .zero))
  }

  /// Tokens taken as a question's own length in the counterfactual of a local answer; the rest of its prompt is history.
  static let typicalQuestion = 120

  /// The panel's figures; the last known ones where the ledger cannot be read, which is logged.
  func report() async -> CostReport {
    _ = await refresh()
    return newest
  }

  /// How the budgets stand. A ledger that cannot be read or written says so, and not that nothing was spent.
  func budgetState() async -> BudgetState {
    guard limits.day != nil || limits.week != nil || limits.month != nil else { return .within }
    if let error = await refresh() { return .unknown(error.reason) }
    return BudgetState(newest, limits: limits, lifted: newest.liftedToday)
  }

  /// Adds to today's budget and tells every screen.
  func lift(_ amount: MicroDollars) async throws(LedgerError) {
    try await BudgetLifts(ledger).add(amount, now: now())
    emit(.system(.cost(await report())))
  }

  /// Enters an answer of the wrong model and tells every screen; a failure is logged, since it loses a figure only.
  func misrouted(_ kind: MisrouteStore.Kind, _ message: MessageID, from route: Route) async {
    do {
      try await MisrouteStore(ledger).record(kind, message: message, from: route, now: now())
    } catch {
      log.error("a misroute was not entered", metadata: ["error": "\(error)"])
    }
    emit(.system(.cost(await report())))
  }

  /// Tells every screen where time alone has moved the figures: a day, a week or a month has begun.
  func look() async {
    let before = newest
    _ = await refresh()
    var after = newest
    after.at = before.at
    if after != before { emit(.system(.cost(newest))) }
  }

  /// What is known beforehand of what a message in `conversation` will cost.
  func estimates(for conversation: ConversationID, historyBytes: Int) -> RouteEstimates {
    let at = now()
    var cached = cache.standing(of: conversation, message: nil, at: at)
    // A conversation of an earlier start is not known here, and still no new one.
    cached.isFirst = historyBytes == 0
    return RouteEstimates(
      prices: prices, fast: fast, strong: strong.model, prefixTokens: strong.prefixTokens,
      historyTokens: historyBytes / RouteEstimates.bytesPerToken, cached: cached, at: at)
  }

  /// Writes what is still to be written, then adds up.
  /// - Returns: why that failed; nil where the figures are true.
  private func refresh() async -> LedgerError? {
    do {
      try await writeDown()
      newest = try await ledger.report(now: now(), timeZone: zone, limits: limits)
      return nil
    } catch {
      log.error("the ledger failed", metadata: ["error": "\(error)", "unwritten": "\(unwritten.count)"])
      return error
    }
  }

  private func writeDown() async throws(LedgerError) {
    while !unwritten.isEmpty {
      // Taken out first: a second call of this meanwhile must not write it, too.
      let entry = unwritten.removeFirst()
      do {
        try await ledger.record(entry)
      } catch {
        unwritten.insert(entry, at: 0)
        if unwritten.count > Self.maximumUnwritten {
          unwritten.removeFirst(unwritten.count - Self.maximumUnwritten)
          log.critical("calls were given up that the ledger did not take")
        }
        throw error
      }
    }
  }
}
