import Foundation

extension TimeParser {
  /// A week, weekend, month, quarter or year.
  func period(at index: Int) -> Match? {
    calendarPeriod(at: index) ?? namedMonth(at: index) ?? quarter(at: index) ?? yearInWords(at: index)
  }

  /// "last week", "diese Woche", "le mois dernier", "the week of 16 November", "week 47".
  func calendarPeriod(at index: Int) -> Match? {
    let begin = skip(index)
    guard let word = word(begin) else { return nil }
    if let found = word.first({ if case .period(let unit, let offset) = $0 { (unit, offset) } else { nil } }) {
      return whole(found.0, found.1, next: begin + 1)
    }
    let offsets: [(TimeSense, Int)] = [(.last, -1), (.this, 0), (.next, 1), (.beforeLast, -2)]
    if let choice = offsets.first(where: { word.has($0.0) }) {
      guard let unit = self.word(begin + 1)?.unit, !unit.plural, !word.isPlural else { return nil }
      return whole(unit.0, choice.1, next: begin + 2)
    }
    guard let unit = word.unit, !unit.plural else { return nil }
    if let after = self.word(begin + 1), !after.isPlural,
      let choice = offsets.first(where: { after.has($0.0) && $0.0 != .this }), self.word(begin + 2)?.weekday == nil
    {
      return whole(unit.0, choice.1, next: begin + 2)
    }
    switch unit.0 {
    case .week:
      if let number = self.word(begin + 1)?.number, let week = Int(exactly: number), (1...53).contains(week) {
        let year = year(after: begin + 2)
        return calendar.week(number: week, year: year?.number)
          .map { Match(range: $0, grain: .week, next: year?.next ?? begin + 2) }
      }
      if has(.filler, at: begin + 1) || has(.from, at: begin + 1), let day = date(at: begin + 1) {
        return Match(range: calendar.week(of: day.range.from), grain: .week, next: day.next)
      }
    case .weekend where begin > index:
      // "at the weekend": the latest that has begun.
      let current = calendar.weekend(0)
      let range = current.from <= calendar.now ? current : calendar.weekend(-1)
      return Match(range: range, grain: .weekend, next: begin + 1)
    default: break
    }
    return nil
  }

  private func whole(_ unit: TimeUnit, _ offset: Int, next: Int) -> Match? {
    switch unit {
    case .week: Match(range: calendar.week(offset), grain: .week, next: next)
    case .weekend: Match(range: calendar.weekend(offset), grain: .weekend, next: next)
    case .month: Match(range: calendar.month(offset), grain: .month, next: next)
    case .quarter: Match(range: calendar.quarter(offset), grain: .quarter, next: next)
    case .year: Match(range: calendar.year(number: calendar.year + offset), grain: .year, next: next)
    case .second, .minute, .hour, .day, .fortnight: nil
    }
  }

  /// "in March", "March 2025", "last March", "en mars de l'année dernière", "2026-11", "last year in March".
  private func namedMonth(at index: Int) -> Match? {
    let begin = skip(index)
    guard let word = word(begin) else { return nil }
    if let both = word.first({ if case .yearMonth(let year, let month) = $0 { (year, month) } else { nil } }) {
      return Match(range: calendar.month(year: both.0, month: both.1), grain: .month, next: begin + 1)
    }
    let choices: [TimeSense] = [.last, .past, .this, .next]
    let choice = choices.first(where: word.has)
    let place = choice == nil ? begin : begin + 1
    guard let found = self.word(place), let month = found.month ?? found.shyMonth else {
      return yearThenMonth(at: begin)
    }
    let year = year(after: place + 1)
    if found.month == nil, choice == nil, year == nil, !introduced(index, begin) { return nil }
    if let year {
      return Match(range: calendar.month(year: year.number, month: month), grain: .month, next: year.next)
    }
    var next = place + 1
    var chosen = choice
    if chosen == nil, has(.last, at: next), self.word(next + 1)?.unit == nil {
      chosen = .last
      next += 1
    }
    switch chosen {
    case .last, .past: return Match(range: calendar.last(month: month), grain: .month, next: next)
    case .this: return Match(range: calendar.month(year: calendar.year, month: month), grain: .month, next: next)
    case .next:
      let current = calendar.month(year: calendar.year, month: month)
      let range = current.from > calendar.now ? current : calendar.month(year: calendar.year + 1, month: month)
      return Match(range: range, grain: .month, next: next)
    default: return Match(range: calendar.latest(month: month), grain: .month, next: next)
    }
  }

  /// A preposition stands before the word: "in May", but not "may I".
  private func introduced(_ index: Int, _ begin: Int) -> Bool {
    let before = begin - 1
    return [TimeSense.within, .since, .between, .and, .from, .to, .before, .after].contains { has($0, at: before) }
  }

  private func yearThenMonth(at index: Int) -> Match? {
    guard let year = calendarPeriod(at: index), year.grain == .year else { return nil }
    let place = skip(year.next)
    guard let month = word(place)?.month ?? word(place)?.shyMonth else { return nil }
    let number = calendar.calendar.component(.year, from: year.range.from)
    return Match(range: calendar.month(year: number, month: month), grain: .month, next: place + 1)
  }

  /// "Q3", "the third quarter of 2025", "3. Quartal".
  private func quarter(at index: Int) -> Match? {
    let begin = skip(index)
    var number = word(begin)?.first { if case .quarter(let number) = $0 { number } else { nil } }
    var next = begin + 1
    if number == nil, let ordinal = word(begin)?.ordinal, word(begin + 1)?.unit.map({ $0.0 == .quarter }) == true {
      number = ordinal
      next = begin + 2
    }
    guard let number, (1...4).contains(number) else { return nil }
    if let year = year(after: next) {
      return Match(range: calendar.quarter(year: year.number, number), grain: .quarter, next: year.next)
    }
    return Match(range: calendar.latest(quarter: number), grain: .quarter, next: next)
  }

  /// "in 2025", "im Jahr 2025".
  private func yearInWords(at index: Int) -> Match? {
    let begin = skip(index)
    if let unit = word(begin)?.unit, unit.0 == .year, !unit.plural { return bareYear(at: begin + 1) }
    return begin > index && has(.within, at: begin - 1) ? bareYear(at: begin) : nil
  }
}
