import JarvisAPI

/// How the budgets stand: pure, from what was spent and what may be.
public enum BudgetState: Sendable, Hashable {
  public enum Period: String, Sendable, Hashable, Codable, CaseIterable { case day, week, month }

  case within
  /// This much of a period's budget is gone, in percent, at least `BudgetLimits.warningPercent`.
  case warning(Period, percent: Int)
  /// Nothing is left of this period's budget.
  case exhausted(Period)
  /// What was spent cannot be told, for this reason: counts as exhausted, since a budget that fails open is none.
  case unknown(String)

  /// The worst of the three periods; of two alike the shorter one, which ends sooner.
  /// - Parameters:
  ///   - report: what was spent.
  ///   - lifted: what the operator added for today (`/budget +2 today`): it counts for all periods, so that a lift helps
  ///     whichever is used up, and is gone tomorrow.
  public init(_ report: CostReport, limits: BudgetLimits, lifted: MicroDollars = .zero) {
    var state = BudgetState.within
    let periods: [(Period, MicroDollars, MicroDollars?)] = [
      (.day, report.today, limits.day), (.week, report.week, limits.week), (.month, report.month, limits.month),
    ]
    for (period, spent, limit) in periods {
      guard let limit else { continue }
      let allowed = limit + lifted
      if spent >= allowed {
        if case .exhausted = state { continue }
        state = .exhausted(period)
        continue
      }
      // In 128 bits: a hundred times the largest amount does not fit into 64.
      let percent = Int(Int128(spent.amount) * 100 / Int128(max(1, allowed.amount)))
      guard percent >= BudgetLimits.warningPercent else { continue }
      switch state {
      case .within: state = .warning(period, percent: percent)
      case .warning(_, let before) where percent > before: state = .warning(period, percent: percent)
      default: break
      }
    }
    self = state
  }

  /// Why nothing may be spent, for a badge; nil where something may.
  public var block: String? {
    switch self {
    case .within, .warning: nil
    case .exhausted(let period): "\(Self.word(period)) budget is used up"
    case .unknown: "what was spent is not known"
    }
  }

  /// For a notice; nil where there is nothing to say.
  /// - Parameter then: what happens now, in the words of whoever knows who can answer: "Qwen answers".
  public func notice(then: String) -> String? {
    switch self {
    case .within: nil
    case .warning(let period, let percent): "\(percent) % of \(Self.word(period)) budget is spent"
    case .exhausted(let period):
      "\(Self.word(period)) budget is used up: \(then) – `/budget +2 today` lifts it for the day"
    case .unknown(let reason): "what was spent is not known (\(reason)), so nothing more is: \(then)"
    }
  }

  private static func word(_ period: Period) -> String {
    switch period {
    case .day: "today's"
    case .week: "this week's"
    case .month: "this month's"
    }
  }
}
