import Foundation

/// Reads time expressions out of the words of a text: a small grammar that four languages share.
///
/// Each `…(at:)` reads one form from a word on and says where it ended; nil where the words are none of it.
struct TimeParser {
  /// What was read, and the word after it.
  struct Match {
    var range: TimeRange
    var grain: Grain
    var next: Int
  }

  enum Grain { case clock, part, day, weekend, week, month, quarter, year, stretch }

  let words: [TimeWord]
  let calendar: TimeCalendar
  /// In 03/04 the day comes first.
  let dayFirst: Bool

  /// The expression that says when: the first that names its year, else the first: where it begins, and what it is.
  func first() -> (start: Int, match: Match)? {
    var first: (start: Int, match: Match)?
    var start = 0
    while start < words.count {
      guard let match = expression(at: start) else {
        start += 1
        continue
      }
      if match.range.from < match.range.to {
        if words[start..<match.next].contains(where: \.namesYear) { return (start, match) }
        first = first ?? (start, match)
      }
      start = max(match.next, start + 1)
    }
    return first
  }

  private func expression(at index: Int) -> Match? {
    // One by one: as one expression it takes the compiler most of a second.
    if let match = since(at: index) { return match }
    if let match = between(at: index) { return match }
    if let match = ago(at: index) { return match }
    if let match = exactDayAgo(at: index) { return match }
    if let match = stretch(at: index) { return match }
    if let match = soFar(at: index) { return match }
    if let match = bounded(at: index) { return match }
    if let match = fromTo(at: index) { return match }
    return anchor(at: index)
  }

  func word(_ index: Int) -> TimeWord? { words.indices.contains(index) ? words[index] : nil }

  func has(_ sense: TimeSense, at index: Int) -> Bool { word(index)?.has(sense) ?? false }

  /// The word after articles and prepositions.
  func skip(_ index: Int, also senses: [TimeSense] = []) -> Int {
    var index = index
    let end = index + Self.maximumFillers
    while index < end, let word = word(index), word.has(.filler) || senses.contains(where: word.has) { index += 1 }
    return index
  }

  /// Articles and prepositions in a row: "por la" before "mañana", "dans la" before "matinée", "in the" before "morning".
  static let maximumFillers = 3

  /// Today's or the latest range within a day, a day, or a period of the calendar.
  func anchor(at index: Int) -> Match? { moment(at: index) ?? period(at: index) }

  // MARK: Open ends

  /// "since Monday", "seit 3 Tagen": ends now.
  private func since(at index: Int) -> Match? {
    guard has(.since, at: index) else { return nil }
    var begin = index + 1
    if has(.agoAhead, at: begin) { begin += 1 }
    begin = skip(begin)
    if let length = length(at: begin) ?? length(at: index + 1), let from = calendar.back(length.amount, length.unit) {
      return Match(range: TimeRange(from: from, to: calendar.now), grain: .stretch, next: length.next)
    }
    if let stretch = stretch(at: index + 1) { return stretch }
    guard let anchor = anchor(at: index + 1) ?? anchor(at: begin) ?? bareYear(at: begin),
      anchor.range.from < calendar.now
    else { return nil }
    return Match(
      range: TimeRange(from: anchor.range.from, to: calendar.now), grain: .stretch, next: anchor.next)
  }

  /// "today so far", "earlier this week": up to now.
  private func soFar(at index: Int) -> Match? {
    if has(.soFar, at: index), let anchor = anchor(at: skip(index + 1)), anchor.range.contains(calendar.now) {
      return Match(
        range: TimeRange(from: anchor.range.from, to: calendar.now), grain: .stretch, next: anchor.next)
    }
    guard let anchor = anchor(at: index), has(.soFar, at: anchor.next), anchor.range.contains(calendar.now) else {
      return nil
    }
    return Match(
      range: TimeRange(from: anchor.range.from, to: calendar.now), grain: .stretch, next: anchor.next + 1)
  }

  /// "before Monday" has no beginning but that of time, "after Monday" ends now.
  private func bounded(at index: Int) -> Match? {
    if has(.before, at: index), let anchor = anchor(at: skip(index + 1)) ?? anchor(at: index + 1) {
      // "the week before 3 August" is as long as its unit says.
      let unit = word(index - 1)?.unit.flatMap { $0.plural ? nil : $0.0 }
      let from = unit.flatMap { TimeCalendar(now: anchor.range.from, zone: calendar.calendar.timeZone).back(1, $0) }
      return Match(
        range: TimeRange(from: from ?? Date(timeIntervalSince1970: 0), to: anchor.range.from), grain: .stretch,
        next: anchor.next)
    }
    if has(.after, at: index), let anchor = anchor(at: skip(index + 1)) ?? anchor(at: index + 1) {
      let from = anchor.grain == .clock ? anchor.range.from : anchor.range.to
      guard from < calendar.now else { return nil }
      return Match(range: TimeRange(from: from, to: calendar.now), grain: .stretch, next: anchor.next)
    }
    return nil
  }

  // MARK: Both ends

  /// "between Monday and Wednesday": both days are in it.
  private func between(at index: Int) -> Match? {
    guard has(.between, at: index) else { return nil }
    return ends(from: index + 1, joinedBy: [.and, .to])
  }

  /// "from Monday to Wednesday", "Monday to Wednesday".
  private func fromTo(at index: Int) -> Match? {
    if has(.from, at: index), let found = ends(from: index + 1, joinedBy: [.to]) { return found }
    return ends(from: index, joinedBy: [.to])
  }

  private func ends(from index: Int, joinedBy senses: [TimeSense]) -> Match? {
    if let shared = sharedEnds(from: index, joinedBy: senses) { return shared }
    guard let first = moment(at: index, alone: true) ?? period(at: index) ?? bareYear(at: index),
      senses.contains(where: { has($0, at: first.next) })
    else { return nil }
    if has(.now, at: first.next + 1), first.range.from < calendar.now {
      return Match(
        range: TimeRange(from: first.range.from, to: calendar.now), grain: .stretch, next: first.next + 2)
    }
    guard let second = anchor(at: first.next + 1) ?? bareYear(at: skip(first.next + 1)) else { return nil }
    guard let begin = begin(first, at: index, before: second.range) else { return nil }
    let end = second.grain == .clock ? second.range.from : second.range.to
    guard begin < end else { return nil }
    return Match(range: TimeRange(from: begin, to: end), grain: .stretch, next: second.next)
  }

  /// The first of two ends is the latest before the second: on a Tuesday, Monday to Wednesday is last week's.
  private func begin(_ first: Match, at index: Int, before second: TimeRange) -> Date? {
    if first.range.from <= second.from { return first.range.from }
    let start = skip(index)
    if let weekday = word(start)?.weekday ?? word(start)?.shortWeekday {
      return TimeCalendar(now: second.from, zone: calendar.calendar.timeZone).latest(weekday: weekday).from
    }
    if let month = word(start)?.month ?? word(start)?.shyMonth {
      return TimeCalendar(now: second.from, zone: calendar.calendar.timeZone).latest(month: month).from
    }
    return nil
  }

  /// "between 3 and 5 November", "from 2 to 4 pm": what follows the second number holds for the first.
  private func sharedEnds(from index: Int, joinedBy senses: [TimeSense]) -> Match? {
    let begin = skip(index)
    guard let word = word(begin), let first = word.ordinal ?? word.number.map({ Int($0) }),
      senses.contains(where: { has($0, at: begin + 1) })
    else { return nil }
    let end = skip(begin + 2)
    guard let second = date(at: end), second.grain == .day else { return nil }
    let parts = calendar.calendar.dateComponents([.year, .month], from: second.range.from)
    guard let year = parts.year, let month = parts.month,
      let day = calendar.day(year: year, month: month, day: first), day.from <= second.range.from
    else { return nil }
    return Match(range: TimeRange(from: day.from, to: second.range.to), grain: .stretch, next: second.next)
  }

  /// A year in digits, which only a preposition makes one.
  func bareYear(at index: Int) -> Match? {
    let start = skip(index)
    guard let number = word(start)?.number, let year = Int(exactly: number), TimeForms.years.contains(year),
      word(start + 1)?.unit == nil
    else { return nil }
    return Match(range: calendar.year(number: year), grain: .year, next: start + 1)
  }
}
