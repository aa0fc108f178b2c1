import Foundation

/// The day, the week (from Monday) and the month around a moment, as the operator's zone has them: days of 23 and 25 hours
/// included, and days whose midnight does not exist.
public struct CostPeriods: Sendable, Hashable {
  public var day: DateInterval
  public var week: DateInterval
  public var month: DateInterval

  public init(now: Date, timeZone: TimeZone) {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: now)
    let year = parts.year ?? 1970
    let month = parts.month ?? 1
    let day = parts.day ?? 1
    // The first moment of a date; dates beyond a month's end run on into the next.
    func start(_ month: Int, _ day: Int) -> Date {
      let noon = calendar.date(from: DateComponents(year: year, month: month, day: day, hour: 12)) ?? now
      return calendar.startOfDay(for: noon)
    }
    // Gregorian weekdays count from Sunday, 1; Monday is 2.
    let sinceMonday = ((parts.weekday ?? 2) + 5) % 7
    self.day = DateInterval(start: start(month, day), end: start(month, day + 1))
    week = DateInterval(start: start(month, day - sinceMonday), end: start(month, day - sinceMonday + 7))
    self.month = DateInterval(start: start(month, 1), end: start(month + 1, 1))
  }
}
