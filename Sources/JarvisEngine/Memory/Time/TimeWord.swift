import Foundation

/// A word, number, date or clock time of a text, with what it may mean in a time expression.
struct TimeWord: Sendable {
  var senses: Set<TimeSense>
  /// Where it stands in the text.
  var place: Range<String.Index>

  /// An ordinal in letters: "first" says the order of anything.
  var isSpelled = false

  func has(_ sense: TimeSense) -> Bool { senses.contains(sense) }

  func first<Value>(_ pick: (TimeSense) -> Value?) -> Value? {
    for sense in senses { if let value = pick(sense) { return value } }
    return nil
  }

  var number: Double? { first { if case .number(let value) = $0, !value.isNaN { value } else { nil } } }
  var ordinal: Int? { first { if case .ordinal(let value) = $0 { value } else { nil } } }
  var unit: (TimeUnit, plural: Bool)? {
    first { if case .unit(let unit, let plural) = $0 { (unit, plural) } else { nil } }
  }
  var day: Int? { first { if case .day(let value) = $0 { value } else { nil } } }
  var part: DayPart? { first { if case .part(let value) = $0 { value } else { nil } } }
  var weekday: Int? { first { if case .weekday(let value) = $0 { value } else { nil } } }
  var shortWeekday: Int? { first { if case .shortWeekday(let value) = $0 { value } else { nil } } }
  var month: Int? { first { if case .month(let value) = $0 { value } else { nil } } }
  var shyMonth: Int? { first { if case .shyMonth(let value) = $0 { value } else { nil } } }
  /// "2025", "2026-11-20".
  var namesYear: Bool {
    senses.contains {
      switch $0 {
      case .number(let value): !isSpelled && Int(exactly: value).map(TimeForms.years.contains) == true
      case .date(let year, _, _), .slashed(_, _, let year): year != nil
      case .yearMonth: true
      default: false
      }
    }
  }
  /// The plural of "last" stands for several of a unit: "derniers jours" names no number of them.
  var isPlural: Bool { senses.contains { if case .number(let value) = $0 { value.isNaN } else { false } } }
}

/// Cuts a text into the words that a time expression is made of.
struct TimeWords: Sendable {
  /// Longer texts are read up to here: a question says early when it is about.
  static let maximumCharacters = 4_000

  private(set) var words: [TimeWord] = []
  /// Words of German less those of French: "hier" is here in the one and yesterday in the other.
  private(set) var germanness = 0
  /// Words that only French and Spanish people write, who put the day before the month.
  private(set) var dayFirst = false

  init(_ text: String, lexicon: TimeLexicon = .standard) {
    var raw: [(text: String, place: Range<String.Index>)] = []
    for piece in TimePieces.cut(text.prefix(Self.maximumCharacters)) {
      if let compound = lexicon.parts(ofCompound: piece.text) {
        flush(&raw, lexicon)
        words.append(TimeWord(senses: compound.weekday, place: piece.place))
        words.append(TimeWord(senses: compound.part, place: piece.place))
      } else if let senses = piece.senses {
        flush(&raw, lexicon)
        words.append(TimeWord(senses: senses, place: piece.place))
      } else {
        count(piece.text)
        raw.append((piece.text, piece.place))
      }
    }
    flush(&raw, lexicon)
    insertDashes(text)
    if germanness > 0 {
      for index in words.indices where words[index].senses == [.day(-1)] {
        if text[words[index].place].lowercased() == "hier" { words[index].senses = [] }
      }
    }
  }

  /// The longest phrases of the lexicon first.
  private mutating func flush(_ raw: inout [(text: String, place: Range<String.Index>)], _ lexicon: TimeLexicon) {
    var index = 0
    while index < raw.count {
      var length = min(TimeLexicon.longestPhrase, raw.count - index)
      var found: Set<TimeSense>?
      while length > 0 {
        found = lexicon.senses(of: raw[index..<(index + length)].map(\.text).joined(separator: " "))
        if found != nil { break }
        length -= 1
      }
      length = max(length, 1)
      let place = raw[index].place.lowerBound..<raw[index + length - 1].place.upperBound
      words.append(TimeWord(senses: found ?? [], place: place, isSpelled: true))
      index += length
    }
    raw = []
  }

  /// "Monday-Wednesday" is a stretch, while "avant-hier" is one word.
  private mutating func insertDashes(_ text: String) {
    for index in words.indices.dropFirst().reversed() {
      let (left, right) = (words[index - 1], words[index])
      guard left.weekday ?? left.month ?? left.day ?? left.shortWeekday != nil,
        right.weekday ?? right.month ?? right.day ?? right.shortWeekday != nil,
        left.place.upperBound < right.place.lowerBound, text[left.place.upperBound..<right.place.lowerBound] == "-"
      else { continue }
      words.insert(TimeWord(senses: [.to], place: left.place.upperBound..<right.place.lowerBound), at: index)
    }
  }

  private mutating func count(_ word: String) {
    if Self.german.contains(word) { germanness += 1 }
    if Self.french.contains(word) { germanness -= 1 }
    if Self.french.contains(word) || Self.spanish.contains(word) { dayFirst = true }
  }

  private static let german: Set<String> = [
    "ist", "war", "was", "der", "die", "das", "und", "ich", "wir", "nicht", "los", "gestern", "wann", "wie", "wurde",
    "hat", "mit", "von", "im", "am", "heute", "auf", "es",
  ]
  private static let french: Set<String> = [
    "le", "les", "est", "avons", "nous", "que", "quoi", "du", "des", "il", "qu", "etait", "sur", "soir", "matin",
    "dit", "depuis", "avant", "ete", "aux", "au", "ce",
  ]
  private static let spanish: Set<String> = [
    "el", "los", "las", "que", "del", "fue", "paso", "cuando", "hicimos", "desde", "por", "como", "esta",
  ]
}
