import Foundation
import JarvisAPI

/// The cost as `cost` prints it: amounts in millionths of a US dollar, keys that stay.
struct CostSheet: Encodable {
  struct Item: Encodable {
    var id: String
    var amount: Int64
  }
  var at: Date
  var today: Int64
  var week: Int64
  var month: Int64
  var callsToday: Int
  var unpricedToday: Int
  var savedThisMonth: Int64
  var counterfactualThisMonth: Int64
  @NullWhereUnknown var dailyBudget: Int64?
  @NullWhereUnknown var weeklyBudget: Int64?
  @NullWhereUnknown var monthlyBudget: Int64?
  var liftedToday: Int64
  @NullWhereUnknown var forecastMonth: Int64?
  var misroutes: Int
  var routedMessages: Int
  /// The dearest first.
  var conversations: [Item]
  var models: [Item]

  init(_ report: CostReport) {
    at = report.at
    today = report.today.amount
    week = report.week.amount
    month = report.month.amount
    callsToday = report.callsToday
    unpricedToday = report.unpricedToday
    savedThisMonth = report.savedThisMonth.amount
    counterfactualThisMonth = report.counterfactualThisMonth.amount
    dailyBudget = report.dailyBudget?.amount
    weeklyBudget = report.weeklyBudget?.amount
    monthlyBudget = report.monthlyBudget?.amount
    liftedToday = report.liftedToday.amount
    forecastMonth = report.forecastMonth?.amount
    misroutes = report.misroutes
    routedMessages = report.routedMessages
    func items(_ amounts: [(String, MicroDollars)]) -> [Item] {
      amounts.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map { Item(id: $0.0, amount: $0.1.amount) }
    }
    conversations = items(report.conversations.map { ($0.key.rawValue, $0.value) })
    models = items(report.models.map { ($0.key, $0.value) })
  }

  /// The same for a person.
  static func lines(_ report: CostReport) -> [String] {
    func budget(_ amount: MicroDollars, _ limit: MicroDollars?) -> String {
      guard let limit, limit > .zero else { return "" }
      return " of \(limit.text) (\(Int(Int128(amount.amount) * 100 / Int128(limit.amount))) %)"
    }
    let day = report.dailyBudget.map { $0 + report.liftedToday }
    var lines = [
      "today  \(report.today.text)\(budget(report.today, day))",
      "week   \(report.week.text)\(budget(report.week, report.weeklyBudget))",
      "month  \(report.month.text)\(budget(report.month, report.monthlyBudget))"
        + (report.forecastMonth.map { ", about \($0.text) expected by its end" } ?? ""),
      "saved  \(report.savedThisMonth.text) this month against the strong model with caching",
    ]
    if report.unpricedToday > 0 {
      lines.append("unpriced: \(report.unpricedToday) of \(report.callsToday) calls today")
    }
    if report.routedMessages > 0 {
      lines.append("misrouted: \(report.misroutes) of \(report.routedMessages) messages this month")
    }
    let sheet = CostSheet(report)
    for (title, items) in [("by model, this month", sheet.models), ("by conversation", sheet.conversations)]
    where !items.isEmpty {
      lines.append("\(title):")
      lines += items.prefix(maximumLines).map {
        "  \(Sanitiser.clean($0.id, keepingNewlines: false))  \(MicroDollars($0.amount).text)"
      }
    }
    return lines
  }

  private static let maximumLines = 20
}
