import JarvisAPI
import JarvisTerminal

extension Panels {
  /// Rows that the panel has to say, its title included: one more for each budget of week and month.
  static func costRows(_ state: AppState) -> Int {
    guard let cost = state.mirror.cost else { return 4 }
    return 6 + [cost.weeklyBudget, cost.monthlyBudget].filter { $0 != nil }.count
  }

  /// Money: today against the budget, week, month, what routing saved, this conversation, what is to come, misroutes. In
  /// the order in which rows are given up.
  static func cost(_ state: AppState, _ rect: Rect, _ brush: inout Brush) {
    guard let cost = state.mirror.cost else {
      brush.title("COST", meta: "", in: rect)
      return empty("nothing told yet", rect, &brush)
    }
    let unpriced = cost.unpricedToday > 0 ? " +\(cost.unpricedToday) unpriced" : ""
    brush.title("COST", meta: "today " + Format.money(cost.today) + unpriced, in: rect)
    let body = body(of: rect)
    var next = 0
    func row() -> Rect {
      next += 1
      return next <= body.height ? body.row(next - 1) : Rect(x: body.x, y: body.y, width: 0, height: 0)
    }
    if let budget = cost.dailyBudget, budget > .zero {
      bar("", cost.today, of: budget + cost.liftedToday, in: row(), &brush)
    } else {
      brush.pair("no daily budget", "text.dim", "", "text.dim", in: row())
    }
    brush.pair(
      "week " + Format.plainMoney(cost.week), "panel.value", "month " + Format.plainMoney(cost.month), "panel.value",
      in: row())
    let all = cost.counterfactualThisMonth
    let saved =
      all > .zero
      ? "saved " + Format.percent(max(0, Double(cost.savedThisMonth.amount) / Double(all.amount))) : "saved –"
    brush.pair(saved, "panel.value", "vs all-strong", "text.dim", in: row())
    let here = state.conversation.flatMap { cost.conversations[$0] } ?? .zero
    brush.pair(
      "chat " + Format.plainMoney(here), "panel.value",
      cost.forecastMonth.map { "forecast " + Format.plainMoney($0) } ?? "no forecast", "text.dim", in: row())
    let share = cost.routedMessages > 0 ? Double(cost.misroutes) / Double(cost.routedMessages) : nil
    brush.pair(
      "misrouted " + (share.map { Format.percent($0) } ?? Format.unknown), "panel.value",
      share == nil ? "" : "\(Format.count(cost.misroutes)) of \(Format.count(cost.routedMessages))", "text.dim",
      in: row())
    for (name, spent, budget) in [
      ("week", cost.week, cost.weeklyBudget), ("month", cost.month, cost.monthlyBudget),
    ] {
      if let budget { bar(name, spent, of: budget + cost.liftedToday, in: row(), &brush) }
    }
  }

  /// A budget: its name, how much of it is gone, and a mark from 80 % on.
  private static func bar(
    _ name: String, _ spent: MicroDollars, of budget: MicroDollars, in row: Rect, _ brush: inout Brush
  ) {
    guard !row.isEmpty else { return }
    let share = Double(spent.amount) / Double(max(1, budget.amount))
    let scope = share >= 1 ? "state.critical" : share >= 0.8 ? "state.warning" : "panel.value"
    let mark = share >= 0.8 ? " " + brush.glyphs.warning : ""
    let used = brush.trailing(Format.percent(share) + mark, in: row, scope)
    let label = name.isEmpty ? 0 : brush.text(name + " ", x: row.x, y: row.y, "panel.value", width: row.width - used)
    brush.gauge(share, gradient: "budget", x: row.x + label, y: row.y, width: row.width - label - max(5, used) - 1)
  }
}
