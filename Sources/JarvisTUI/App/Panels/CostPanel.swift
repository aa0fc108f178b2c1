import JarvisAPI
import JarvisTerminal

extension Panels {
  /// Money: today against the budget, week, month, and what routing saved.
  static func cost(_ state: AppState, _ rect: Rect, _ brush: inout Brush) {
    guard let cost = state.mirror.cost else {
      brush.title("COST", meta: "", in: rect)
      return empty("nothing told yet", rect, &brush)
    }
    let unpriced = cost.unpricedToday > 0 ? " +\(cost.unpricedToday) unpriced" : ""
    brush.title("COST", meta: "today " + Format.money(cost.today) + unpriced, in: rect)
    let body = body(of: rect)
    if let budget = cost.dailyBudget, budget > .zero {
      let share = Double(cost.today.amount) / Double(budget.amount)
      let scope = share >= 1 ? "state.critical" : share >= 0.8 ? "state.warning" : "panel.value"
      let mark = share >= 0.8 ? " " + brush.glyphs.warning : ""
      let used = brush.trailing(Format.percent(share) + mark, in: body.row(0), scope)
      brush.gauge(share, gradient: "budget", x: body.x, y: body.y, width: body.width - max(5, used) - 1)
    } else if !body.row(0).isEmpty {
      brush.text("no daily budget", x: body.x, y: body.y, "text.dim", width: body.width)
    }
    brush.pair(
      "week " + Format.plainMoney(cost.week), "panel.value", "month " + Format.plainMoney(cost.month), "panel.value",
      in: body.row(1))
    let all = cost.counterfactualThisMonth
    let saved =
      all > .zero
      ? "saved " + Format.percent(max(0, Double(cost.savedThisMonth.amount) / Double(all.amount))) : "saved –"
    brush.pair(saved, "panel.value", "vs all-strong", "text.dim", in: body.row(2))
  }
}
