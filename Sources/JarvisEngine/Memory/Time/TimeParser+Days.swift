import Foundation

extension TimeParser {
  /// Something within one day, in minutes from its beginning, before it is known which day.
  struct Within {
    var minutes: Range<Int>
    var grain: Grain
    var next: Int
    /// A clock time alone means the latest that has begun; "morning" alone means nothing.
    var standsAlone: Bool
  }

  /// A day, a part of one, or a clock time.
  /// - Parameter alone: do not read on to a second clock time: it belongs to "between … and …".
  func moment(at index: Int, alone: Bool = false) -> Match? {
    if let part = word(skip(index))?.first({ if case .partOfDay(let day, let part) = $0 { (day, part) } else { nil } })
    {
      let next = skip(index) + 1
      let day = calendar.day(part.0)
      // "this morning at 9"
      if let within = within(at: next, alone: alone), within.standsAlone {
        return match(day, within)
      }
      return Match(range: calendar.within(day.from, part.1.minutes), grain: .part, next: next)
    }
    if let day = date(at: index) {
      if let within = within(at: day.next, alone: alone) { return match(day.range, within) }
      return day
    }
    guard let within = within(at: index, alone: alone) else { return nil }
    if let day = date(at: within.next) ?? date(at: skip(within.next)) {
      return match(day.range, Within(minutes: within.minutes, grain: within.grain, next: day.next, standsAlone: true))
    }
    if let part = word(skip(within.next))?.first({ if case .partOfDay(let day, _) = $0 { day } else { nil } }),
      within.standsAlone
    {
      return match(
        calendar.day(part),
        Within(minutes: within.minutes, grain: within.grain, next: skip(within.next) + 1, standsAlone: true))
    }
    guard within.standsAlone else { return lastPart(at: index) }
    let today = calendar.within(calendar.today, within.minutes)
    let day = today.from <= calendar.now ? calendar.day(0) : calendar.day(-1)
    return match(day, within)
  }

  private func match(_ day: TimeRange, _ within: Within) -> Match {
    Match(range: calendar.within(day.from, within.minutes), grain: within.grain, next: within.next)
  }

  /// "letzten Abend", "this afternoon" in languages that say it in two words.
  private func lastPart(at index: Int) -> Match? {
    let begin = skip(index)
    guard let word = word(begin), let part = self.word(begin + 1)?.part else { return nil }
    let day: Int
    if word.has(.last) {
      day = -1
    } else if word.has(.this) {
      day = 0
    } else {
      return nil
    }
    return Match(range: calendar.within(calendar.day(day).from, part.minutes), grain: .part, next: begin + 2)
  }

  // MARK: Within a day

  private func within(at index: Int, alone: Bool) -> Within? {
    if !alone, let range = clockRange(at: index) { return range }
    if let clock = clock(at: index) { return clock }
    let begin = skip(index)
    guard let part = word(begin)?.part else { return nil }
    var next = begin + 1
    // "yesterday morning at 9"
    if let clock = clock(at: next), !alone { return clock }
    if next < words.count, has(.filler, at: next), word(next + 1)?.part == part { next += 2 }
    return Within(minutes: part.minutes, grain: .part, next: next, standsAlone: false)
  }

  private func clock(at index: Int) -> Within? {
    let begin = skip(index, also: [.at])
    let afterAt = begin > index && (index..<begin).contains { has(.at, at: $0) }
    guard let word = word(begin) else { return nil }
    if let found = word.first({ if case .clock(let minute, let covers) = $0 { (minute, covers) } else { nil } }) {
      var minute = found.0
      var next = begin + 1
      if let late = meridiem(at: next), minute < 780 {
        minute = minute % 720 + (late ? 720 : 0)
        next += 1
      } else if has(.clockMark, at: next) {
        next += 1
      }
      return Within(minutes: minute..<(minute + found.1), grain: .clock, next: next, standsAlone: true)
    }
    guard let number = word.number, let hour = Int(exactly: number), (0...24).contains(hour) else { return nil }
    if let late = meridiem(at: begin + 1), (1...12).contains(hour) {
      return hourly(hour % 12 + (late ? 12 : 0), next: begin + 2)
    }
    let marked = has(.clockMark, at: begin + 1)
    let next = marked ? begin + 2 : begin + 1
    // "3 Uhr nachmittags", "a las 3 de la tarde"
    if marked || afterAt, let part = self.word(skip(next))?.part, (1...12).contains(hour) {
      let late = part == .afternoon || part == .evening || (part == .night && hour >= 6)
      return hourly(hour % 12 + (late ? 12 : 0), next: skip(next) + 1)
    }
    guard marked, hour > 12 || afterAt || has(.unitlessClock, at: begin + 1) else { return nil }
    if self.word(begin + 1)?.unit != nil, !afterAt { return nil }
    if let minutes = self.word(next)?.number, (0..<60).contains(minutes), has(.unitlessClock, at: begin + 1) {
      let minute = hour * 60 + Int(minutes)
      return Within(minutes: minute..<(minute + 1), grain: .clock, next: next + 1, standsAlone: true)
    }
    return hourly(hour, next: next)
  }

  private func hourly(_ hour: Int, next: Int) -> Within {
    Within(minutes: (hour * 60)..<(hour * 60 + 60), grain: .clock, next: next, standsAlone: true)
  }

  private func meridiem(at index: Int) -> Bool? {
    word(index)?.first { if case .meridiem(let late) = $0 { late } else { nil } }
  }

  /// "between 14:00 and 16:00", "from 2 to 4 pm", "8–10 Uhr".
  private func clockRange(at index: Int) -> Within? {
    let begin = skip(index, also: [.between, .from, .at])
    guard begin > index || index == 0 || word(begin)?.number != nil || clock(at: begin) != nil else { return nil }
    let opened = (index..<max(begin, index + 1)).contains { has(.between, at: $0) || has(.from, at: $0) }
    guard opened else { return nil }
    if let first = clock(at: begin), has(.to, at: first.next) || has(.and, at: first.next),
      let second = clock(at: first.next + 1), first.minutes.lowerBound < second.minutes.lowerBound
    {
      return Within(
        minutes: first.minutes.lowerBound..<second.minutes.lowerBound, grain: .clock, next: second.next,
        standsAlone: true)
    }
    guard let number = word(begin)?.number, let hour = Int(exactly: number), (0...24).contains(hour),
      has(.to, at: begin + 1) || has(.and, at: begin + 1), let second = clock(at: begin + 2)
    else { return nil }
    let end = second.minutes.lowerBound
    // "from 2 to 4 pm" begins in the afternoon, "from 11 to 1 pm" in the morning.
    let late = end >= 720 && hour < 12 && (hour + 12) * 60 < end && meridiem(at: second.next - 1) == true
    let start = (late ? hour + 12 : hour) * 60
    guard start < end else { return nil }
    return Within(minutes: start..<end, grain: .clock, next: second.next, standsAlone: true)
  }
}

extension TimeSense {
  /// "Uhr" after a number is a time without a word before it.
  static let unitlessClock = TimeSense.clockMark
}
