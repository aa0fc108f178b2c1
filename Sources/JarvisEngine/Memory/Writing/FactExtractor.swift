import Foundation
import JarvisAPI

/// A fact or preference that somebody's words state, before it is stored.
public struct StatedFact: Sendable, Hashable {
  /// As it was said, without "remember that".
  public var text: String
  public var kind: MemoryKind
  /// What a later fact about the same thing replaces; nil where that cannot be told.
  public var subject: String?
  public var preference: Preference?

  public init(text: String, kind: MemoryKind, subject: String?, preference: Preference?) {
    self.text = text
    self.kind = kind
    self.subject = subject
    self.preference = preference
  }
}

/// Reads facts and preferences out of what a person says, by rules, in English, German, French and Spanish.
///
/// A question states nothing; a sentence that fits no rule states nothing.
public struct FactExtractor: Sendable {
  /// Facts that one message states at most.
  public static let maximumFacts = 8
  /// Longer sentences are stories, not facts, in characters.
  static let maximumSentence = 400

  let names: NameIndex

  public init(inventory: MemoryInventory) {
    names = NameIndex(inventory)
  }

  init(names: NameIndex) { self.names = names }

  public func facts(in text: String) -> [StatedFact] {
    guard !Paste.marks(text, isDemanded: Sentence.cut(text).first.map { Self.told($0) != nil } ?? false) else {
      return []
    }
    var facts: [StatedFact] = []
    for sentence in Sentence.cut(text) where sentence.text.count <= Self.maximumSentence && !sentence.isQuestion {
      if let fact = fact(in: sentence) { facts.append(fact) }
      if facts.count == Self.maximumFacts { break }
    }
    return facts
  }

  /// The structured form of a sentence that is known to be a preference; nil where it has none.
  public func preference(in text: String) -> Preference? {
    Sentence.cut(text).lazy.filter { !$0.isQuestion }.compactMap {
      PreferenceRules(sentence: $0, names: names).preference
    }.first
  }

  private func fact(in sentence: Sentence) -> StatedFact? {
    let told = Self.told(sentence)
    let body = told ?? sentence
    if let preference = PreferenceRules(sentence: body, names: names).preference {
      return StatedFact(text: body.text, kind: .preference, subject: preference.key, preference: preference)
    }
    if let guest = PreferenceRules(sentence: body, names: names).runsAgain {
      // Closes "off on purpose" without stating a new preference.
      return StatedFact(
        text: body.text, kind: .fact, subject: Preference.offOnPurpose(guest: guest).key, preference: nil)
    }
    if told != nil { return StatedFact(text: body.text, kind: .fact, subject: body.subject, preference: nil) }
    if Self.isWish(sentence) {
      return StatedFact(text: sentence.text, kind: .preference, subject: nil, preference: nil)
    }
    return nil
  }

  /// What stands after "remember that" and its like.
  private static func told(_ sentence: Sentence) -> Sentence? {
    for opening in openings.sorted(by: { $0.count > $1.count }) where sentence.begins(with: [opening]) {
      let rest = sentence.dropping(opening.split(separator: " ").count)
      return rest.words.count >= 2 ? rest : nil
    }
    return nil
  }

  /// The sentence demands to be remembered: nothing else need be done about it.
  func isExplicit(_ sentence: Sentence) -> Bool {
    if Self.told(sentence) != nil || Self.isWish(sentence) { return true }
    switch PreferenceRules(sentence: sentence, names: names).preference {
    case .offOnPurpose(let guest)?:
      // "win11 is off on purpose", not "somebody said that it is".
      return names.things(in: sentence.text(from: 0, upTo: min(3, sentence.words.count))).compactMap(\.first)
        .contains(guest)
    case .askBefore?, .never?, .alias?, .notify?: return true
    case nil: return false
    }
  }

  /// A wish for always; "I want you to restart truenas" is one for now, and "never mind" is none.
  private static func isWish(_ sentence: Sentence) -> Bool {
    if sentence.begins(with: demands) {
      return sentence.holds(anyOf: ["always", "never", "toujours", "jamais", "siempre", "nunca", "from now on"])
    }
    guard sentence.begins(with: wishes) else { return false }
    guard ["never", "always"].contains(sentence.words[0]), sentence.words.count > 1 else { return true }
    return !sentence.words[1].hasSuffix("ed") && !reports.contains(sentence.words[1])
  }

  private static let demands = ["i want you to", "je veux que", "quiero que"]
  /// After "never" or "always": what tells instead of demanding.
  private static let reports: Set<String> = [
    "mind", "heard", "came", "come", "comes", "saw", "seen", "was", "were", "is", "are", "been", "had", "has", "got",
    "went", "did", "does", "ran", "again", "knew", "the", "a", "it", "this", "that",
  ]

  private static let openings = [
    "remember", "remember that", "please remember", "please remember that", "note", "note that", "keep in mind that",
    "keep in mind", "don t forget", "don t forget that", "for the record", "merk dir", "merk dir dass", "merke dir",
    "merke dir dass", "bitte merk dir", "bitte merk dir dass", "denk daran", "denk daran dass", "vergiss nicht",
    "vergiss nicht dass", "souviens toi", "souviens toi que", "retiens que", "retiens", "n oublie pas que", "note que",
    "rappelle toi que", "recuerda", "recuerda que", "no olvides que", "ten en cuenta que", "apunta que",
  ]
  private static let wishes = [
    "i prefer", "i d rather", "i would rather", "i like", "i always want", "always", "never",
    "from now on",
    "ich bevorzuge", "ich mochte lieber", "ich will lieber", "ich hatte lieber", "immer", "nie", "niemals", "ab jetzt",
    "ab sofort", "je prefere", "toujours", "ne fais jamais", "desormais", "dorenavant", "prefiero",
    "siempre", "nunca", "a partir de ahora",
  ]
}

/// One sentence with its words folded to plain letters.
struct Sentence: Sendable {
  var text: String
  var words: [String]
  var isQuestion: Bool
  /// Where each word stands in `text`.
  private var places: [Range<String.Index>]

  init(_ text: String) {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    isQuestion = trimmed.hasSuffix("?") || trimmed.hasPrefix("¿")
    var bare = Substring(trimmed)
    while let last = bare.last, ".!?;,".contains(last) { bare.removeLast() }
    self.text = String(bare)
    words = []
    places = []
    var index = self.text.startIndex
    while index < self.text.endIndex {
      guard Self.isPart(self.text[index]) else {
        index = self.text.index(after: index)
        continue
      }
      var end = index
      while end < self.text.endIndex, Self.isPart(self.text[end]) { end = self.text.index(after: end) }
      words.append(TimePieces.fold(self.text[index..<end]))
      places.append(index..<end)
      index = end
    }
  }

  /// A full stop inside a name, address or number ends nothing.
  static func cut(_ text: String) -> [Sentence] {
    var sentences: [Sentence] = []
    var start = text.startIndex
    var index = text.startIndex
    while index < text.endIndex {
      let next = text.index(after: index)
      let ends =
        text[index] == "\n" || (".!?;".contains(text[index]) && (next == text.endIndex || text[next].isWhitespace))
      if ends {
        sentences.append(Sentence(String(text[start..<next])))
        start = next
      }
      index = next
    }
    sentences.append(Sentence(String(text[start...])))
    return sentences.filter { !$0.words.isEmpty }
  }

  private static func isPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }

  func begins(with openings: [String]) -> Bool {
    let padded = words.joined(separator: " ") + " "
    return openings.contains { padded.hasPrefix($0 + " ") }
  }

  func holds(_ phrase: String) -> Bool {
    (" " + words.joined(separator: " ") + " ").contains(" " + phrase + " ")
  }

  /// Where the first of some phrases begins, in words.
  func place(ofAny phrases: [String]) -> Int? {
    let phrases = phrases.map { $0.split(separator: " ").map(String.init) }
    return words.indices.first { at in phrases.contains { words[at...].starts(with: $0) } }
  }

  func holds(anyOf phrases: [String]) -> Bool { phrases.contains(where: holds) }

  func dropping(_ count: Int) -> Sentence {
    guard count < words.count else { return Sentence("") }
    return Sentence(String(text[places[count].lowerBound...]))
  }

  /// The words between `first` and the end, as they were written.
  func text(from first: Int, upTo end: Int) -> String {
    guard first < end, end <= places.count else { return "" }
    return String(text[places[first].lowerBound..<places[end - 1].upperBound])
  }

  /// "the router is at 10.0.0.1" is about "router at": what stands before the copula, and how it goes on.
  var subject: String? {
    guard let copula = words.firstIndex(where: Self.copulas.contains), (1...6).contains(copula) else { return nil }
    let about = words[..<copula].filter { !StopWords.words.contains($0) }
    guard !about.isEmpty else { return nil }
    let next = words.indices.contains(copula + 1) ? words[copula + 1] : ""
    return "fact:" + (about + (Self.prepositions.contains(next) ? [next] : [])).joined(separator: " ")
  }

  private static let copulas: Set<String> = [
    "is", "are", "runs", "run", "lives", "costs", "uses", "ist", "sind", "lauft", "laufen", "liegt", "kostet", "steht",
    "est", "sont", "tourne", "coute", "es", "son", "esta", "estan", "corre", "cuesta", "has", "have", "hat", "a",
    "tiene",
  ]
  private static let prepositions: Set<String> = [
    "at", "in", "on", "from", "called", "bei", "auf", "unter", "um", "dans", "sur", "en", "chez",
  ]
}
