import Foundation
import JarvisAPI
import JarvisCost
import Testing

@Suite struct BudgetTests {
  private func report(_ today: Int64, _ week: Int64 = 0, _ month: Int64 = 0) -> CostReport {
    CostReport(today: MicroDollars(today), week: MicroDollars(week), month: MicroDollars(month))
  }
  private let ten = BudgetLimits(day: MicroDollars(10_000_000))

  @Test("ROUTE-07 Below 80 % nothing is said, from 80 % on it warns, at 100 % it is used up: to the millionth")
  func thresholds() {
    #expect(BudgetState(report(7_999_999), limits: ten) == .within)
    #expect(BudgetState(report(8_000_000), limits: ten) == .warning(.day, percent: 80))
    #expect(BudgetState(report(9_999_999), limits: ten) == .warning(.day, percent: 99))
    #expect(BudgetState(report(10_000_000), limits: ten) == .exhausted(.day))
    #expect(BudgetState(report(.max), limits: ten) == .exhausted(.day))
  }

  @Test("ROUTE-07 Week and month have budgets of their own; what is used up wins, then the higher share")
  func periods() {
    let limits = BudgetLimits(day: MicroDollars(100), week: MicroDollars(200), month: MicroDollars(300))
    #expect(BudgetState(report(85, 180, 100), limits: limits) == .warning(.week, percent: 90))
    #expect(BudgetState(report(85, 180, 300), limits: limits) == .exhausted(.month))
    #expect(BudgetState(report(100, 200, 300), limits: limits) == .exhausted(.day))
    #expect(BudgetState(report(.max, .max, .max), limits: BudgetLimits(day: nil)) == .within)
  }

  @Test("ROUTE-07 A lift counts for whichever budget is used up")
  func lifted() {
    let limits = BudgetLimits(day: MicroDollars(100), week: MicroDollars(200))
    #expect(BudgetState(report(100, 200), limits: limits, lifted: MicroDollars(100)) == .within)
    #expect(BudgetState(report(170, 200), limits: limits, lifted: MicroDollars(100)) == .warning(.day, percent: 85))
    #expect(BudgetState(report(200, 200), limits: limits, lifted: MicroDollars(100)) == .exhausted(.day))
  }

  @Test("ROUTE-02 The notice says whose budget, what happens, and the cure")
  func notices() {
    #expect(BudgetState.within.notice(then: "Qwen answers") == nil)
    let week = BudgetState.exhausted(.week).notice(then: "Qwen answers") ?? ""
    #expect(week.contains("this week's") && week.contains("Qwen answers") && week.contains("/budget +2 today"))
    #expect(BudgetState.warning(.month, percent: 83).notice(then: "") == "83 % of this month's budget is spent")
    #expect(BudgetState.unknown("disk full").notice(then: "typed commands work")?.contains("disk full") == true)
    #expect(BudgetState.warning(.day, percent: 99).block == nil && BudgetState.within.block == nil)
    #expect(BudgetState.exhausted(.day).block != nil && BudgetState.unknown("").block != nil)
  }

  @Test("ROUTE-05 /budget shows each period with what a lift adds, what comes, and what has no price")
  func table() {
    var cost = report(8_000_000, 8_000_000, 9_500_000)
    cost.liftedToday = MicroDollars(2_000_000)
    cost.forecastMonth = MicroDollars(31_000_000)
    cost.unpricedToday = 3
    let text = BudgetText.table(cost, limits: BudgetLimits(month: MicroDollars(50_000_000), atLimit: .stop))
    #expect(text.contains("| today | $8.00 | $12.00 | 66 % |"), "\(text)")
    #expect(text.contains("| week | $8.00 | no budget | |") && text.contains("| month | $9.50 | $52.00 | 18 % |"))
    #expect(text.contains("$31.00") && text.contains("3 calls") && text.contains("no model that costs is asked"))
  }

  @Test(
    "ROUTE-07 /budget is read to the millionth",
    arguments: [
      ("", BudgetCommand.show), ("+2 today", .lift(MicroDollars(2_000_000))), ("+$0.5", .lift(MicroDollars(500_000))),
      ("+0.000001 TODAY", .lift(MicroDollars(1))), ("+100", .lift(MicroDollars(100_000_000))),
    ])
  func commands(_ line: String, _ command: BudgetCommand) {
    #expect(BudgetCommand.parse(line) == .success(command))
  }

  @Test(
    "ROUTE-07 What is no lift is refused with a sentence",
    arguments: ["2", "+", "+2 tomorrow", "+-2", "+1e9", "+0", "+0.0000001", "+101", "+2,5", "+99999999999999999999"])
  func mistakes(_ line: String) {
    guard case .failure(let mistake) = BudgetCommand.parse(line) else {
      Issue.record("\(line) was taken")
      return
    }
    #expect(!mistake.sentence.isEmpty)
  }

  @Test("ROUTE-05 The forecast: the mean of the last whole days for what is left of the month")
  func forecast() {
    let days = [MicroDollars(10), MicroDollars(20), MicroDollars(0)]
    func end(_ today: Int64) -> MicroDollars? {
      SpendForecast.endOfMonth(past: days, today: MicroDollars(today), month: MicroDollars(100), daysLeft: 5)
    }
    #expect(end(4) == MicroDollars(100 + 6 + 50))
    #expect(end(40) == MicroDollars(150))
    #expect(SpendForecast.endOfMonth(past: [], today: .zero, month: .zero, daysLeft: 3) == nil)
  }
}
