import Foundation
import JarvisAPI

/// Moments as people and models write them: "2h" ago, "18:30" today, "2026-11-22 18:30", RFC 3339. Pure.
struct MomentWords {
  let now: Date
  let timeZone: TimeZone

  func moment(_ text: String) throws(UserFacingError) -> Date {
    let words = text.trimmingCharacters(in: .whitespaces)
    if let span = Self.span(words) { return now.addingTimeInterval(-span) }
    if words == "today" { return calendar.startOfDay(for: now) }
    if words == "yesterday" { return calendar.startOfDay(for: now.addingTimeInterval(-86_400)) }
    if words == "now" { return now }
    if let date = local(words) { return date }
    // Not of this form: the next is tried, and what fits none is told.
    if let date = try? Date.ISO8601FormatStyle(includingFractionalSeconds: false).parse(words) { return date }
    if let date = try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(words) { return date }
    throw UserFacingError(
      .usage, attempted: "read the time \"\(String(words.prefix(40)))\"", reason: "that is no moment Jarvis knows",
      advice: "write 30m, 2h or 3d for ago, 18:30 for today, 2026-11-22, or 2026-11-22 18:30")
  }

  /// Seconds of "90s", "30m", "30 min", "2h", "3d", "1w"; also with "ago" behind.
  static func span(_ text: String) -> TimeInterval? {
    let units: [String: TimeInterval] = [
      "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3_600, "hour": 3_600, "hours": 3_600, "d": 86_400, "day": 86_400,
      "days": 86_400, "w": 604_800, "week": 604_800,
    ]
    var rest = text.lowercased()[...]
    if rest.hasSuffix("ago") { rest = rest.dropLast(3) }
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    let unit = rest.dropFirst(digits.count).trimmingCharacters(in: .whitespaces)
    guard let number = Int(digits), number > 0, number < 1_000_000, let factor = units[unit] else { return nil }
    return Double(number) * factor
  }

  /// "18:30", "2026-11-22", "2026-11-22 18:30[:05]" in the operator's own time.
  private func local(_ text: String) -> Date? {
    let parts = text.split { $0 == " " || $0 == "T" }
    guard (1...2).contains(parts.count) else { return nil }
    var fields = calendar.dateComponents([.year, .month, .day], from: now)
    var clock = parts.last
    if let day = parts.first, day.contains("-") {
      let numbers = day.split(separator: "-").compactMap { Int($0) }
      guard numbers.count == 3, (1970...9999).contains(numbers[0]), (1...12).contains(numbers[1]),
        (1...31).contains(numbers[2])
      else { return nil }
      (fields.year, fields.month, fields.day) = (numbers[0], numbers[1], numbers[2])
      clock = parts.count == 2 ? parts[1] : "00:00"
    } else if parts.count == 2 {
      return nil
    }
    let time = (clock ?? "").split(separator: ":").map { Int($0) }
    guard (2...3).contains(time.count), !time.contains(nil) else { return nil }
    let whole = time.compactMap(\.self)
    guard (0...23).contains(whole[0]), whole.dropFirst().allSatisfy({ (0...59).contains($0) }) else { return nil }
    (fields.hour, fields.minute, fields.second) = (whole[0], whole[1], whole.count > 2 ? whole[2] : 0)
    return calendar.date(from: fields)
  }

  private var calendar: Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    return calendar
  }
}
