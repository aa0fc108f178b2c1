/// The words of time in four languages; a key is lower-case, without diacritics, its words parted by one blank.
struct TimeLexicon: Sendable {
  /// Words of the longest key.
  static let longestPhrase = 5

  static let standard = TimeLexicon(entries: english + german + french + spanish)

  private let senses: [String: Set<TimeSense>]

  typealias Entry = (words: String, senses: [TimeSense])

  init(entries: [Entry]) {
    var senses: [String: Set<TimeSense>] = [:]
    for entry in entries {
      for key in entry.words.split(separator: "|") { senses[String(key), default: []].formUnion(entry.senses) }
    }
    self.senses = senses
  }

  func senses(of phrase: String) -> Set<TimeSense>? { senses[phrase] }

  /// "dienstagabend" is two words written as one.
  func parts(ofCompound word: String) -> (weekday: Set<TimeSense>, part: Set<TimeSense>)? {
    for (day, number) in Self.germanWeekdays where word.hasPrefix(day) {
      var rest = word.dropFirst(day.count)
      if rest.hasPrefix("s") { rest = rest.dropFirst() }
      guard let part = Self.germanParts[String(rest)] else { continue }
      return ([.weekday(number)], [.part(part)])
    }
    return nil
  }
}
