import JarvisAPI

/// How the budgets stand, in Markdown: what `/budget` says.
public enum BudgetText {
  public static func table(_ report: CostReport, limits: BudgetLimits) -> String {
    func row(_ name: String, _ spent: MicroDollars, _ limit: MicroDollars?) -> String {
      guard let limit else { return "| \(name) | \(spent.text) | no budget | |" }
      let allowed = limit + report.liftedToday
      let percent = Int(Int128(spent.amount) * 100 / Int128(max(1, allowed.amount)))
      return "| \(name) | \(spent.text) | \(allowed.text) | \(percent) % |"
    }
    var lines = [
      "| | spent | of | |", "|---|---|---|---|", row("today", report.today, limits.day),
      row("week", report.week, limits.week), row("month", report.month, limits.month), "",
    ]
    if report.liftedToday > .zero { lines.append("Lifted by \(report.liftedToday.text) until midnight.") }
    if let forecast = report.forecastMonth { lines.append("About \(forecast.text) expected by the month's end.") }
    if report.unpricedToday > 0 {
      lines.append("\(report.unpricedToday) calls of today have no price and are in none of these sums.")
    }
    let then = limits.atLimit == .qwen ? "Qwen answers" : "no model that costs is asked"
    lines.append("From \(BudgetLimits.warningPercent) % on it warns; at 100 % \(then).")
    lines.append("`/budget +2 today` adds two dollars for the day.")
    return lines.joined(separator: "\n")
  }
}
