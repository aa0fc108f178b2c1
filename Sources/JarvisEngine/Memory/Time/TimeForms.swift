import Foundation

/// Dates, clock times and numbers by the form of their digits.
enum TimeForms {
  /// Years that a bare number may name.
  static let years = 1_970...2_199

  /// The senses of each piece that `token` stands for; nil where it has no form that is known.
  static func senses(of token: String) -> [Set<TimeSense>]? {
    if token.allSatisfy(\.isASCIIDigit) { return Double(token).map { [[.number($0)]] } }
    if let both = isoMoment(token) { return both }
    if token.hasSuffix("."), let number = Int(token.dropLast()), (1...53).contains(number) {
      return [[.ordinal(number), .number(Double(number))]]
    }
    if let sense = dash(token) ?? dots(token) ?? slash(token) ?? clock(token) ?? decimal(token) { return [[sense]] }
    if token.count == 2, token.first == "q", let number = Int(token.dropFirst()), (1...4).contains(number) {
      return [[.quarter(number)]]
    }
    if let range = span(token) { return range }
    // A number at the end of a sentence.
    if token.hasSuffix("."), token.count > 1 { return senses(of: String(token.dropLast())) }
    return nil
  }

  /// "24h", "5th", "3pm".
  static func suffix(_ rest: String, after number: Double) -> [Set<TimeSense>]? {
    switch rest {
    case "st", "nd", "rd", "th", "er", "re", "eme", "e", "a", "o": return [[.ordinal(Int(number))]]
    case "am" where (1...12).contains(number): return [[.number(number)], [.meridiem(false)]]
    case "pm" where (1...12).contains(number): return [[.number(number)], [.meridiem(true)]]
    case "h":
      // "14h" after a preposition is a time, "24h" after "last" a length: the grammar decides.
      return [[.number(number)], [.unit(.hour, plural: number != 1), .clockMark]]
    case "uhr": return [[.number(number)], [.clockMark]]
    case "d", "days", "day", "tage": return [[.number(number)], [.unit(.day, plural: true)]]
    case "w", "weeks", "wochen": return [[.number(number)], [.unit(.week, plural: true)]]
    case "m", "min", "mins", "minutes": return [[.number(number)], [.unit(.minute, plural: true)]]
    case "s", "sec", "secs": return [[.number(number)], [.unit(.second, plural: true)]]
    case "hrs", "hours", "std", "hr": return [[.number(number)], [.unit(.hour, plural: true)]]
    case "mo", "months": return [[.number(number)], [.unit(.month, plural: true)]]
    case "y", "yr", "years": return [[.number(number)], [.unit(.year, plural: true)]]
    default: return nil
    }
  }

  private static func integers(_ token: String, _ separator: Character) -> [Int]? {
    let parts = token.split(separator: separator, omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.allSatisfy(\.isASCIIDigit) && $0.count <= 4 ? Int($0) : nil }
    return numbers.count == parts.count && numbers.count > 1 ? numbers : nil
  }

  private static func isoMoment(_ token: String) -> [Set<TimeSense>]? {
    let parts = token.split(separator: "t")
    guard parts.count == 2, let day = dash(String(parts[0])), case .date = day,
      let time = clock(String(parts[1].prefix(5)))
    else { return nil }
    return [[day], [time]]
  }

  /// 2026-11-20 and 2026-11.
  private static func dash(_ token: String) -> TimeSense? {
    guard let numbers = integers(token, "-"), years.contains(numbers[0]), (1...12).contains(numbers[1]) else {
      return nil
    }
    if numbers.count == 2 { return .yearMonth(numbers[0], numbers[1]) }
    guard numbers.count == 3, (1...31).contains(numbers[2]) else { return nil }
    return .date(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  /// 20.11.2026, 20.11.26 and 20.11. – not 20.11, which is a number.
  private static func dots(_ token: String) -> TimeSense? {
    if token.hasSuffix("."), let numbers = integers(String(token.dropLast()), "."), numbers.count == 2 {
      return date(numbers[0], numbers[1], nil)
    }
    guard let numbers = integers(token, "."), numbers.count == 3 else { return nil }
    return date(numbers[0], numbers[1], numbers[2])
  }

  private static func date(_ day: Int, _ month: Int, _ year: Int?) -> TimeSense? {
    guard (1...31).contains(day), (1...12).contains(month) else { return nil }
    guard let year else { return .date(year: nil, month: month, day: day) }
    let full = year < 100 ? 2_000 + year : year
    return years.contains(full) ? .date(year: full, month: month, day: day) : nil
  }

  /// 11/20 has one reading; 03/04 waits for the language.
  private static func slash(_ token: String) -> TimeSense? {
    guard let numbers = integers(token, "/"), (2...3).contains(numbers.count) else { return nil }
    if numbers.count == 3, years.contains(numbers[0]) { return dash(token.replacing("/", with: "-")) }
    let year = numbers.count == 3 ? (numbers[2] < 100 ? 2_000 + numbers[2] : numbers[2]) : nil
    if let year, !years.contains(year) { return nil }
    let (first, second) = (numbers[0], numbers[1])
    guard (1...31).contains(first), (1...31).contains(second), min(first, second) <= 12 else { return nil }
    if first > 12 || first == second { return .date(year: year, month: second, day: first) }
    if second > 12 { return .date(year: year, month: first, day: second) }
    return .slashed(first, second, year: year)
  }

  /// 14:30, 14h30.
  private static func clock(_ token: String) -> TimeSense? {
    for separator: Character in [":", "h"] {
      guard let numbers = integers(token, separator), numbers.count >= 2, (0...24).contains(numbers[0]),
        (0...59).contains(numbers[1])
      else { continue }
      return .clock(numbers[0] * 60 + numbers[1], covers: 1)
    }
    return nil
  }

  private static func decimal(_ token: String) -> TimeSense? {
    let parts = token.split(separator: ".")
    guard parts.count == 2, parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) && $0.count <= 3 }) else { return nil }
    return Double(token).map { .number($0) }
  }

  /// "3-5" between a preposition and a month.
  private static func span(_ token: String) -> [Set<TimeSense>]? {
    guard let numbers = integers(token, "-"), numbers.count == 2, (1...31).contains(numbers[0]),
      (1...31).contains(numbers[1])
    else { return nil }
    return [[.number(Double(numbers[0]))], [.to], [.number(Double(numbers[1]))]]
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
