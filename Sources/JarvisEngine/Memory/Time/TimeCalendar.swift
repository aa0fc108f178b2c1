import Foundation

/// Days, weeks, months and years around one moment in one zone, as ranges: weeks begin on Monday, days at their first moment,
/// which is not always midnight, and are 23 to 25 hours long.
struct TimeCalendar: Sendable {
  let now: Date
  let calendar: Calendar

  init(now: Date, zone: TimeZone) {
    self.now = now
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = zone
    self.calendar = calendar
  }

  var today: Date { calendar.startOfDay(for: now) }
  var year: Int { calendar.component(.year, from: now) }
  /// 1 is Monday.
  var weekday: Int { Self.weekday(calendar.component(.weekday, from: now)) }

  private static func weekday(_ foundation: Int) -> Int { foundation == 1 ? 7 : foundation - 1 }

  /// The first moment of the day that is `days` after the one of `date`.
  func startOfDay(_ date: Date, plus days: Int = 0) -> Date {
    // Noon exists on every day in every zone; midnight does not.
    let noon = calendar.date(bySettingHour: 12, minute: 0, second: 0, of: date) ?? date
    return calendar.startOfDay(for: calendar.date(byAdding: .day, value: days, to: noon) ?? noon)
  }

  func day(_ offset: Int) -> TimeRange { day(of: startOfDay(now, plus: offset)) }

  func day(of date: Date) -> TimeRange { TimeRange(from: startOfDay(date), to: startOfDay(date, plus: 1)) }

  /// nil where the date does not exist.
  func day(year: Int, month: Int, day: Int) -> TimeRange? {
    let parts = DateComponents(year: year, month: month, day: day, hour: 12)
    guard let date = calendar.date(from: parts), calendar.component(.day, from: date) == day,
      calendar.component(.month, from: date) == month
    else { return nil }
    return self.day(of: date)
  }

  /// The latest such date that has begun; a 29 February may be years ago.
  func latestDay(month: Int, day: Int) -> TimeRange? {
    for back in 0...8 {
      if let found = self.day(year: year - back, month: month, day: day), found.from <= now { return found }
    }
    return nil
  }

  /// The latest day with this number in its month that has begun.
  func latestDay(ofMonth day: Int) -> TimeRange? {
    for back in 0...2 {
      let month = self.month(-back)
      let parts = calendar.dateComponents([.year, .month], from: month.from)
      if let found = self.day(year: parts.year ?? year, month: parts.month ?? 1, day: day), found.from <= now {
        return found
      }
    }
    return nil
  }

  /// The latest such weekday, today included where it is one.
  func latest(weekday: Int) -> TimeRange { day(-((self.weekday - weekday + 7) % 7)) }

  /// The latest such weekday strictly before today.
  func last(weekday: Int) -> TimeRange {
    let back = (self.weekday - weekday + 7) % 7
    return day(back == 0 ? -7 : -back)
  }

  /// The first such weekday strictly after today.
  func next(weekday: Int) -> TimeRange {
    let ahead = (weekday - self.weekday + 7) % 7
    return day(ahead == 0 ? 7 : ahead)
  }

  func day(weekday: Int, inWeek week: TimeRange) -> TimeRange { day(of: startOfDay(week.from, plus: weekday - 1)) }

  func week(_ offset: Int) -> TimeRange { week(of: startOfDay(now, plus: 7 * offset)) }

  func week(of date: Date) -> TimeRange {
    let monday = startOfDay(date, plus: 1 - Self.weekday(calendar.component(.weekday, from: startOfDay(date))))
    return TimeRange(from: monday, to: startOfDay(monday, plus: 7))
  }

  /// Week `number` of ISO 8601: the latest that has begun where no year is named.
  func week(number: Int, year: Int?) -> TimeRange? {
    func find(_ year: Int) -> TimeRange? {
      let parts = DateComponents(hour: 12, weekday: 2, weekOfYear: number, yearForWeekOfYear: year)
      guard let date = calendar.date(from: parts), calendar.component(.weekOfYear, from: date) == number else {
        return nil
      }
      return week(of: date)
    }
    if let year { return find(year) }
    let current = calendar.component(.yearForWeekOfYear, from: now)
    return (0...6).lazy.compactMap { find(current - $0) }.first { $0.from <= now }
  }

  func weekend(_ offset: Int) -> TimeRange {
    let week = week(offset)
    return TimeRange(from: startOfDay(week.from, plus: 5), to: week.to)
  }

  func month(_ offset: Int) -> TimeRange {
    let parts = calendar.dateComponents([.year, .month], from: now)
    let index = (parts.year ?? 1) * 12 + (parts.month ?? 1) - 1 + offset
    return month(year: index / 12, month: index % 12 + 1)
  }

  func month(year: Int, month: Int) -> TimeRange {
    let next = month == 12 ? (year + 1, 1) : (year, month + 1)
    return TimeRange(from: first(year, month), to: first(next.0, next.1))
  }

  /// The latest such month that has begun.
  func latest(month: Int) -> TimeRange {
    let current = self.month(year: year, month: month)
    return current.from <= now ? current : self.month(year: year - 1, month: month)
  }

  /// The latest such month strictly before the current one.
  func last(month: Int) -> TimeRange {
    let latest = latest(month: month)
    return latest.contains(now) ? self.month(year: year - 1, month: month) : latest
  }

  func quarter(year: Int, _ number: Int) -> TimeRange {
    TimeRange(
      from: first(year, number * 3 - 2), to: number == 4 ? first(year + 1, 1) : first(year, number * 3 + 1))
  }

  func quarter(_ offset: Int) -> TimeRange {
    let index = year * 4 + (calendar.component(.month, from: now) - 1) / 3 + offset
    return quarter(year: index / 4, index % 4 + 1)
  }

  func latest(quarter: Int) -> TimeRange {
    let current = self.quarter(year: year, quarter)
    return current.from <= now ? current : self.quarter(year: year - 1, quarter)
  }

  func year(number: Int) -> TimeRange { TimeRange(from: first(number, 1), to: first(number + 1, 1)) }

  /// Minutes of a day as the clock on the wall shows them; past 1,440 they are of the next day.
  func within(_ day: Date, _ minutes: Range<Int>) -> TimeRange {
    TimeRange(from: moment(day, minutes.lowerBound), to: moment(day, minutes.upperBound))
  }

  /// So many units back from now: seconds to weeks are always as long, months and years follow the calendar.
  func back(_ amount: Double, _ unit: TimeUnit) -> Date? {
    if let seconds = unit.seconds { return now - amount * seconds }
    let months = unit == .year ? amount * 12 : unit == .quarter ? amount * 3 : amount
    guard unit != .weekend, months == months.rounded(), abs(months) <= Self.maximumMonths else { return nil }
    return calendar.date(byAdding: .month, value: -Int(months), to: now)
  }

  /// Further back nobody asks, and calendars overflow.
  static let maximumMonths = 2_400.0

  private func first(_ year: Int, _ month: Int) -> Date {
    let date = calendar.date(from: DateComponents(year: year, month: month, day: 1, hour: 12)) ?? now
    return startOfDay(date)
  }

  private func moment(_ day: Date, _ minutes: Int) -> Date {
    let date = startOfDay(day, plus: minutes / 1_440)
    let minute = minutes % 1_440
    if minute == 0 { return date }
    // Twice in autumn: the first. Not at all in spring: the first moment after.
    return calendar.date(
      bySettingHour: minute / 60, minute: minute % 60, second: 0, of: date, matchingPolicy: .nextTime,
      repeatedTimePolicy: .first, direction: .forward) ?? date
  }

}
