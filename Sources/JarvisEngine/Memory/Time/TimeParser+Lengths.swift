import Foundation

extension TimeParser {
  struct Length {
    var amount: Double
    var unit: TimeUnit
    var next: Int
    /// Neither a number nor "a" was said: "hour" in "the last hour".
    var bare: Bool
  }

  /// "two hours", "an hour and a half", "1 hour 30 minutes", "half an hour".
  func length(at index: Int) -> Length? {
    guard var found = simpleLength(at: index) else { return nil }
    var next = found.next
    if has(.and, at: next) { next += 1 }
    let half = has(.number(1), at: next) && has(.half, at: next + 1) ? next + 1 : next
    if has(.half, at: half), simpleLength(at: half) == nil {
      found.amount += 0.5
      found.next = half + 1
    } else if let more = simpleLength(at: next), let small = more.unit.seconds, let large = found.unit.seconds,
      small < large
    {
      found.amount += more.amount * small / large
      found.next = more.next
    }
    return found
  }

  private func simpleLength(at index: Int) -> Length? {
    guard let word = word(index) else { return nil }
    if let amount = word.first({ if case .amount(let amount, let unit) = $0 { (amount, unit) } else { nil } }) {
      return Length(amount: amount.0, unit: amount.1, next: index + 1, bare: false)
    }
    guard var amount = word.number, amount > 0, amount <= Self.maximumAmount else { return nil }
    var next = index + 1
    if has(.and, at: next), has(.half, at: next + 1) || has(.half, at: next + 2) {
      next += has(.half, at: next + 1) ? 2 : 3
      amount += 0.5
    }
    // "quinze jours", "two of the hours" is nothing.
    guard let unit = self.word(next)?.unit, unit.0 != .weekend else {
      if let half = self.word(next)?.first({
        if case .amount(let amount, let unit) = $0 { (amount, unit) } else { nil }
      }),
        amount == 1
      {
        return Length(amount: half.0, unit: half.1, next: next + 1, bare: false)
      }
      return nil
    }
    return Length(amount: amount, unit: unit.0, next: next + 1, bare: false)
  }

  /// Nobody looks back further, and dates overflow.
  static let maximumAmount = 100_000.0
  /// "two hours ago" is that point with this share of its distance on both sides.
  static let agoTolerance = 0.25

  /// "two hours ago", "vor zwei Stunden", "il y a deux heures", "hace dos horas".
  func ago(at index: Int) -> Match? {
    let ahead = has(.agoAhead, at: index)
    let begin = ahead ? index + 1 : index
    guard let length = length(at: begin) ?? (ahead ? length(at: skip(begin)) : nil) else { return nil }
    guard ahead || has(.ago, at: length.next), let point = calendar.back(length.amount, length.unit) else { return nil }
    let next = ahead ? length.next : length.next + 1
    // "a week ago today" names the day.
    if let exact = exactDay(length), has(.day(0), at: next) {
      return Match(range: exact, grain: .day, next: next + 1)
    }
    let slack = calendar.now.timeIntervalSince(point) * Self.agoTolerance
    return Match(range: TimeRange(from: point - slack, to: point + slack), grain: .stretch, next: next)
  }

  /// "heute vor einer Woche".
  func exactDayAgo(at index: Int) -> Match? {
    guard has(.day(0), at: index), has(.agoAhead, at: index + 1), let length = length(at: index + 2),
      let exact = exactDay(length)
    else { return nil }
    return Match(range: exact, grain: .day, next: length.next)
  }

  private func exactDay(_ length: Length) -> TimeRange? {
    switch length.unit {
    case .day, .week, .fortnight:
      guard let seconds = length.unit.seconds, length.amount == length.amount.rounded() else { return nil }
      return calendar.day(-Int(length.amount * seconds / 86_400))
    case .month, .quarter, .year: return calendar.back(length.amount, length.unit).map(calendar.day(of:))
    case .second, .minute, .hour, .weekend: return nil
    }
  }

  /// "past 3 days", "the last hour", "les 3 derniers jours": that long up to now.
  func stretch(at index: Int) -> Match? {
    let begin = skip(index, also: [.this])
    guard let first = word(begin) else { return nil }
    var length: Length?
    if first.has(.last) || first.has(.past) {
      length = self.length(at: begin + 1)
      if length == nil, let unit = word(begin + 1)?.unit, !unit.plural, !first.isPlural {
        length = single(unit.0, past: first.has(.past), next: begin + 2)
      }
    } else if let number = first.number, number > 0, number <= Self.maximumAmount, let second = word(begin + 1),
      second.has(.last) || second.has(.past), let unit = word(begin + 2)?.unit, unit.0 != .weekend
    {
      length = Length(amount: number, unit: unit.0, next: begin + 3, bare: false)
    } else if let counted = self.length(at: begin), counted.amount > 1, let last = word(counted.next), last.has(.last),
      word(counted.next + 1)?.unit == nil
    {
      // "los tres días pasados"
      length = Length(amount: counted.amount, unit: counted.unit, next: counted.next + 1, bare: false)
    } else if let unit = first.unit, !unit.plural, let last = word(begin + 1), last.has(.last), !last.isPlural {
      // "l'heure dernière"
      length = single(unit.0, past: false, next: begin + 2)
    }
    guard let length, let from = calendar.back(length.amount, length.unit) else { return nil }
    return Match(range: TimeRange(from: from, to: calendar.now), grain: .stretch, next: length.next)
  }

  /// One hour is a length; one week only after "past": "last week" is a week of the calendar.
  private func single(_ unit: TimeUnit, past: Bool, next: Int) -> Length? {
    switch unit {
    case .second, .minute, .hour, .day, .fortnight: Length(amount: 1, unit: unit, next: next, bare: true)
    case .week, .month, .quarter, .year: past ? Length(amount: 1, unit: unit, next: next, bare: true) : nil
    case .weekend: nil
    }
  }
}
