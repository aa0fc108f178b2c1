import Foundation
import JarvisAPI

/// The words of an answer from the live picture: pure, no model, always with the time of the data.
public enum LiveAnswer {
  /// Guests that are listed by name.
  static let maximumListed = 12

  /// - Parameters:
  ///   - cost: for questions about money; nil says that no figures are known yet.
  ///   - now: for the age of the picture.
  ///   - zone: the operator's, for the time of the data.
  public static func text(
    for question: LiveQuestion, snapshot: ClusterSnapshot, cost: CostReport?, now: Date, zone: TimeZone = .current
  ) -> String {
    switch question {
    case .spend(let period): return spend(period, cost, zone)
    default: break
    }
    guard !snapshot.nodes.isEmpty else {
      return "There is no picture of the cluster yet" + link(snapshot) + "."
    }
    let answer =
      switch question {
      case .status: LiveOverview.status(snapshot)
      case .nodes: LiveOverview.nodes(snapshot)
      case .running: LiveOverview.running(snapshot)
      case .stopped: LiveOverview.stopped(snapshot)
      case .guest(let vmid): LiveDetails.guest(vmid, snapshot)
      case .node(let name): LiveDetails.node(name, snapshot)
      case .storage(let name): LiveDetails.storage(name, snapshot)
      case .spend: ""
      }
    return answer + "\n\n" + stamp(snapshot, now, zone)
  }

  /// "As of 14:03:20, 4 s ago."; says where the link is lost and where the picture is stale.
  static func stamp(_ snapshot: ClusterSnapshot, _ now: Date, _ zone: TimeZone) -> String {
    let age = max(0, Int(now.timeIntervalSince(snapshot.at)))
    let old = Double(age) > 3 * snapshot.pollInterval ? " – **stale**" : ""
    return "As of \(time(snapshot.at, zone)), \(duration(age)) ago\(old)\(link(snapshot))."
  }

  private static func link(_ snapshot: ClusterSnapshot) -> String {
    if case .lost(_, let reason, _) = snapshot.link {
      return " (the cluster's API cannot be reached: \(Sanitiser.clean(reason, keepingNewlines: false)))"
    }
    return ""
  }

  private static func spend(_ period: LiveQuestion.Period, _ cost: CostReport?, _ zone: TimeZone) -> String {
    guard let cost else { return "No figures of the cost are known yet." }
    let (amount, words, budget) =
      switch period {
      case .today: (cost.today, "today", cost.dailyBudget.map { $0 + cost.liftedToday })
      case .week: (cost.week, "this week", cost.weeklyBudget)
      case .month: (cost.month, "this month", cost.monthlyBudget)
      }
    var text = "\(amount.text) \(words)"
    if let budget { text += " of a budget of \(budget.text)" }
    if period == .month, let forecast = cost.forecastMonth { text += "; about \(forecast.text) expected by its end" }
    if cost.unpricedToday > 0 { text += "; \(cost.unpricedToday) calls of today have no price and are not in it" }
    return text + ".\n\nAs of \(time(cost.at, zone))."
  }

  static func time(_ date: Date, _ zone: TimeZone) -> String {
    var format = Date.FormatStyle(timeZone: zone)
    format.locale = Locale(identifier: "en_GB")
    return date.formatted(
      format.hour(.twoDigits(amPM: .omitted)).minute(.twoDigits).second(.twoDigits))
  }

  /// "4 s", "3 min", "2 h", "5 d".
  static func duration(_ seconds: Int) -> String {
    switch seconds {
    case ..<120: "\(seconds) s"
    case ..<7_200: "\(seconds / 60) min"
    case ..<172_800: "\(seconds / 3_600) h"
    default: "\(seconds / 86_400) d"
    }
  }
}
