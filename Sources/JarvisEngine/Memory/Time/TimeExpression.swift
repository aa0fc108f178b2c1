import Foundation

/// What a text says about time, and the text without it.
///
/// Reads English, German, French and Spanish by the project's conventions: weeks begin on Monday; "last Tuesday" is the latest
/// strictly before today; "past 3 days" are 72 hours up to now; "two hours ago" is that point ± 25 %; what has no year is the
/// latest that has begun. What it does not understand gives nothing, never a guess.
public struct TimeExpression: Sendable, Hashable {
  public var range: TimeRange
  /// The text of the expression: "last Tuesday".
  public var words: String
  /// The text around it, for what else is asked.
  public var rest: String

  /// - Parameters:
  ///   - text: read up to its first 4,000 characters.
  ///   - now: what "yesterday" is counted from.
  ///   - zone: where days begin.
  /// - Returns: the first expression in `text`; nil where there is none.
  public static func find(in text: String, now: Date, zone: TimeZone) -> TimeExpression? {
    let words = TimeWords(text)
    let calendar = TimeCalendar(now: now, zone: zone)
    let parser = TimeParser(
      words: words.words, calendar: calendar, dayFirst: words.dayFirst)
    guard let (start, match) = parser.first() else { return nil }
    let place = words.words[start].place.lowerBound..<words.words[match.next - 1].place.upperBound
    let rest = text[..<place.lowerBound] + " " + text[place.upperBound...]
    return TimeExpression(range: match.range, words: String(text[place]), rest: String(rest))
  }
}
