/// What a word can mean in a time expression; a word may have several senses.
enum TimeSense: Hashable, Sendable {
  /// "three", "3"; also "a" before a unit.
  case number(Double)
  /// "third", "3rd", "3."
  case ordinal(Int)
  case unit(TimeUnit, plural: Bool)
  /// A length in one word: "half an hour", "Viertelstunde".
  case amount(Double, TimeUnit)
  /// Days from today: "yesterday" is -1.
  case day(Int)
  /// A part of a day that is so many days from today: "last night" is -1 and night.
  case partOfDay(Int, DayPart)
  case part(DayPart)
  /// 1 is Monday.
  case weekday(Int)
  /// A weekday's short form, which is understood only after a preposition: "sun", "mar" and "so" are words, too.
  case shortWeekday(Int)
  case month(Int)
  /// A month that is another word, too: "may", "mars" only beside a day, a year or a preposition.
  case shyMonth(Int)
  /// Periods from the current one: "Vorwoche" is week -1.
  case period(TimeUnit, Int)
  /// A day of the year: Christmas.
  case holiday(month: Int, day: Int)
  case date(year: Int?, month: Int, day: Int)
  /// 03/04: whose order only the language tells.
  case slashed(Int, Int, year: Int?)
  case yearMonth(Int, Int)
  case quarter(Int)
  /// Minutes of the day, and how many minutes the expression covers.
  case clock(Int, covers: Int)
  /// "uhr", "o'clock".
  case clockMark
  /// True for p.m.
  case meridiem(Bool)

  case last
  /// "past week" is 168 hours, "last week" a week of the calendar.
  case past
  case this
  case next
  /// "vorletzte".
  case beforeLast
  case half
  case ago
  /// "vor", "il y a", "hace".
  case agoAhead
  case since
  case between
  case and
  case from
  case to
  case before
  case after
  case on
  case within
  case at
  case soFar
  case now
  /// The end of a sentence or of a quotation.
  case sign
  /// Articles and prepositions that may stand inside an expression.
  case filler
}

enum TimeUnit: Hashable, Sendable {
  case second, minute, hour, day, week, fortnight, month, quarter, year, weekend

  /// Seconds, where a unit has always as many.
  var seconds: Double? {
    switch self {
    case .second: 1
    case .minute: 60
    case .hour: 3_600
    case .day: 86_400
    case .week: 604_800
    case .fortnight: 1_209_600
    case .month, .quarter, .year, .weekend: nil
    }
  }
}

/// The parts of a day by the conventions of the project, in minutes from its midnight.
enum DayPart: Hashable, Sendable {
  case smallHours, morning, noon, afternoon, evening, night

  var minutes: Range<Int> {
    switch self {
    case .smallHours: 0..<360
    case .morning: 300..<720
    case .noon: 720..<780
    case .afternoon: 720..<1_080
    case .evening: 1_080..<1_440
    // Ends at six on the next day.
    case .night: 1_080..<1_800
    }
  }
}
