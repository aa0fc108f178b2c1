import Foundation

/// Dates in the user's zone, without a formatter: zone and day are worked out once a frame and cost next to nothing.
struct WallClock: Sendable {
  let zone: TimeZone

  /// "21:04".
  func minutes(_ date: Date) -> String {
    let parts = secondsOfDay(date)
    return "\(Format.padded(parts / 3_600)):\(Format.padded(parts / 60 % 60))"
  }

  /// "21:04:42".
  func seconds(_ date: Date) -> String { minutes(date) + ":" + Format.padded(secondsOfDay(date) % 60) }

  /// "MON 23 NOV".
  func day(_ date: Date) -> String {
    let day = civil(date)
    return "\(Self.weekdays[day.weekday]) \(day.day) \(Self.months[day.month - 1])"
  }

  /// "21:04" today, "23 NOV" on any other day.
  func short(_ date: Date, now: Date) -> String {
    if dayNumber(date) == dayNumber(now) { return minutes(date) }
    let day = civil(date)
    return "\(day.day) \(Self.months[day.month - 1])"
  }

  private static let weekdays = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]
  private static let months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]

  private func localSeconds(_ date: Date) -> Int {
    let bounded = min(max(date.timeIntervalSince1970, -6e10), 2e11)
    return Int(bounded.rounded(.down)) + zone.secondsFromGMT(for: date)
  }

  private func secondsOfDay(_ date: Date) -> Int {
    let seconds = localSeconds(date) % 86_400
    return seconds < 0 ? seconds + 86_400 : seconds
  }

  /// Days since 1 January 1970 in the user's zone.
  private func dayNumber(_ date: Date) -> Int { Int((Double(localSeconds(date)) / 86_400).rounded(.down)) }

  /// Day, month and weekday (0 is Monday) by the proleptic Gregorian calendar.
  private func civil(_ date: Date) -> (day: Int, month: Int, weekday: Int) {
    let number = dayNumber(date)
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let weekday = ((number + 3) % 7 + 7) % 7
    return (dayOfYear - (153 * month + 2) / 5 + 1, month < 10 ? month + 3 : month - 9, weekday)
  }
}
