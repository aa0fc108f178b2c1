import Foundation

/// Times as Unix tools write them, in UTC and with C's own names.
enum ClockText {
  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  struct Parts {
    var year, month, day, hour, minute, second: Int
    /// 0 is Thursday, the first day of 1970.
    var weekday: Int
  }

  /// Takes seconds since 1970 apart (Howard Hinnant's civil-from-days).
  static func parts(_ time: Double) -> Parts {
    let seconds = Int(time.rounded(.down))
    let days = Int((Double(seconds) / 86_400).rounded(.down))
    let rest = seconds - days * 86_400
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return Parts(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60,
      weekday: ((days % 7) + 7) % 7)
  }

  static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// "Mon Nov 23 01:32:51 2026".
  static func unix(_ time: Double) -> String {
    let parts = parts(time)
    let day = parts.day < 10 ? " \(parts.day)" : "\(parts.day)"
    return "\(days[parts.weekday]) \(months[parts.month - 1]) \(day) \(clock(parts)) \(parts.year)"
  }

  /// "Nov 23 01:32:51", as journals begin their lines.
  static func journal(_ time: Double) -> String {
    let parts = parts(time)
    return "\(months[parts.month - 1]) \(two(parts.day)) \(clock(parts))"
  }

  /// "2026-11-22T02:30:04Z".
  static func iso(_ time: Double) -> String {
    let parts = parts(time)
    return "\(parts.year)-\(two(parts.month))-\(two(parts.day))T\(clock(parts))Z"
  }

  /// "01:32:51".
  static func clock(_ parts: Parts) -> String { "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))" }
}
