import Foundation

extension TimeParser {
  /// A day of the calendar, with whatever says which one: "yesterday", "last Tuesday", "Monday last week", "3 November 2025".
  func date(at index: Int) -> Match? {
    let begin = skip(index)
    guard let word = word(begin) else { return nil }
    if let day = word.day { return Match(range: calendar.day(day), grain: .day, next: begin + 1) }
    if let holiday = word.first({ if case .holiday(let month, let day) = $0 { (month, day) } else { nil } }) {
      return dated(month: holiday.0, day: holiday.1, next: begin + 1)
    }
    if let written = written(at: begin) { return written }
    return weekday(at: index, begin) ?? spelled(at: index, begin) ?? weekFirst(at: begin)
  }

  /// Dates in digits.
  private func written(at index: Int) -> Match? {
    let found = word(index)?.first { sense -> (Int?, Int, Int)? in
      switch sense {
      case .date(let year, let month, let day): (year, month, day)
      case .slashed(let first, let second, let year):
        // Where the language does not tell, nobody knows.
        dayFirst ? (year, second, first) : nil
      default: nil
      }
    }
    guard let found else { return nil }
    if let year = found.0 {
      return calendar.day(year: year, month: found.1, day: found.2)
        .map { Match(range: $0, grain: .day, next: index + 1) }
    }
    return dated(month: found.1, day: found.2, next: index + 1)
  }

  private func dated(month: Int, day: Int, next: Int) -> Match? {
    let year = year(after: next)
    let range =
      if let year {
        calendar.day(year: year.number, month: month, day: day)
      } else {
        calendar.latestDay(month: month, day: day)
      }
    // A day that does not exist is read to its end and gives nothing: "31 February" is not "February".
    let nothing = TimeRange(from: calendar.now, to: calendar.now)
    return Match(range: range ?? nothing, grain: .day, next: year?.next ?? next)
  }

  /// "2025", "last year", "de l'année dernière" after a day or a month.
  func year(after index: Int) -> (number: Int, next: Int)? {
    let start = skip(index)
    if let number = word(start)?.number, let year = Int(exactly: number), TimeForms.years.contains(year) {
      return (year, start + 1)
    }
    guard let period = period(at: index), period.grain == .year else { return nil }
    return (calendar.calendar.component(.year, from: period.range.from), period.next)
  }

  // MARK: Weekdays

  private func weekday(at index: Int, _ begin: Int) -> Match? {
    guard let word = word(begin) else { return nil }
    var choice: TimeSense?
    var place = begin
    if let modifier = [TimeSense.last, .past, .this, .next, .beforeLast].first(where: word.has) {
      choice = modifier
      place = skip(begin + 1)
    }
    let prefixed = choice != nil || opens(place - 1)
    guard let number = self.word(place)?.weekday ?? (prefixed ? self.word(place)?.shortWeekday : nil) else {
      return nil
    }
    var next = place + 1
    if choice == nil, let after = self.word(next),
      let modifier = [TimeSense.last, .next].first(where: after.has), self.word(next + 1)?.unit == nil
    {
      choice = modifier
      next += 1
    }
    if choice == nil {
      // "Monday, 23 November": the date says more.
      if let date = spelled(at: next, skip(next)) ?? written(at: skip(next)) { return date }
      if let week = period(at: next), week.grain == .week {
        return Match(range: calendar.day(weekday: number, inWeek: week.range), grain: .day, next: week.next)
      }
    }
    let range =
      switch choice {
      case .last, .past: calendar.last(weekday: number)
      case .beforeLast: calendar.day(of: calendar.startOfDay(calendar.last(weekday: number).from, plus: -7))
      case .next: calendar.next(weekday: number)
      case .this: calendar.day(weekday: number, inWeek: calendar.week(0))
      default: calendar.latest(weekday: number)
      }
    return Match(range: range, grain: .day, next: next)
  }

  /// Words after which "mon" and "so" are days; after "to" and "and" only beside another day: "plan to do", "and sat down".
  private func opens(_ index: Int) -> Bool {
    if [TimeSense.since, .between, .on].contains(where: { has($0, at: index) }) { return true }
    guard has(.to, at: index) || has(.and, at: index), let before = word(index - 1) else { return false }
    return before.weekday != nil || before.shortWeekday != nil
  }

  /// "last week on Monday".
  private func weekFirst(at index: Int) -> Match? {
    guard let week = calendarPeriod(at: index), week.grain == .week else { return nil }
    let place = skip(week.next)
    guard let number = word(place)?.weekday else { return nil }
    return Match(range: calendar.day(weekday: number, inWeek: week.range), grain: .day, next: place + 1)
  }

  // MARK: Days and months in words

  /// "3 November", "November 3rd", "the 5th", "the 15th of last month".
  private func spelled(at index: Int, _ begin: Int) -> Match? {
    guard let word = word(begin) else { return nil }
    if let month = word.month ?? word.shyMonth, let day = dayNumber(at: skip(begin + 1)) {
      // "November 3 backups" reads as a date; "march 3 nodes" does not, since a number of things follows.
      let next = skip(begin + 1) + 1
      if self.word(next)?.unit == nil, self.word(next)?.has(.clockMark) != true, meridiem(after: next) == nil {
        return dated(month: month, day: day, next: next)
      }
    }
    guard let day = dayNumber(at: begin) else { return nil }
    let place = skip(begin + 1)
    if let month = self.word(place)?.month ?? self.word(place)?.shyMonth {
      return dated(month: month, day: day, next: place + 1)
    }
    if let month = period(at: begin + 1), month.grain == .month {
      let parts = calendar.calendar.dateComponents([.year, .month], from: month.range.from)
      guard let year = parts.year, let number = parts.month else { return nil }
      return calendar.day(year: year, month: number, day: day).map { Match(range: $0, grain: .day, next: month.next) }
    }
    // "on the 5th", "am 5.": the latest fifth that has begun.
    // "The first three" is about things, not days.
    guard word.ordinal != nil, !word.isSpelled, begin > index, self.word(begin + 1)?.unit == nil,
      self.word(begin + 1)?.number == nil, isEnd(begin + 1)
    else { return nil }
    return calendar.latestDay(ofMonth: day).map { Match(range: $0, grain: .day, next: begin + 1) }
  }

  private func meridiem(after index: Int) -> Bool? {
    word(index)?.first { if case .meridiem(let late) = $0 { late } else { nil } }
  }

  /// No word that the ordinal could belong to follows: "the 3rd" ends here, "the 3rd disk" does not.
  private func isEnd(_ index: Int) -> Bool {
    guard let word = word(index) else { return true }
    return !word.senses.isEmpty
  }

  private func dayNumber(at index: Int) -> Int? {
    guard let word = word(index), let number = word.ordinal ?? word.number.flatMap({ Int(exactly: $0) }),
      (1...31).contains(number)
    else { return nil }
    return number
  }
}
