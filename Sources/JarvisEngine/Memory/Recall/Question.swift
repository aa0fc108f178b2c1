import Foundation
import JarvisAPI

/// What a question asks memory for: a time, things of the cluster, and words.
struct Question: Sendable {
  /// Longer questions are read up to here, in characters: a pasted log is not a question.
  static let maximumText = 8_000
  /// Words that are looked for at most.
  static let maximumWords = 48

  var range: TimeRange?
  /// What is looked for first; nil where nothing tells.
  var preferred: Set<MemoryTier>
  /// Words that are left when time, stop words and talk about remembering are taken away; lower-case, in their order.
  var words: [String]
  /// Things of the cluster that it mentions, each with all its names.
  var things: [[String]]
  /// Ids and addresses, as they are written.
  var identifiers: [String]
  /// "When …": an answer tells a time.
  var asksWhen: Bool
  /// "how often", "all", "which backups": everything that fits is the answer.
  var asksForAll: Bool
  /// "how long", "outage": a beginning and its end are the answer.
  var asksForSpan: Bool
  /// "before", "used to": what no longer holds is asked for.
  var asksPast: Bool

  /// Words that are written like names: in capitals within a sentence, or with digits.
  private var nameLike: Set<String>

  func names(_ word: String) -> Bool { nameLike.contains(word) }

  /// A question about a time and nothing else.
  var isOnlyAboutTime: Bool { range != nil && words.isEmpty && things.isEmpty && identifiers.isEmpty }

  init(_ text: String, now: Date, zone: TimeZone, names: NameIndex) {
    let text = String(text.prefix(Self.maximumText))
    let time = TimeExpression.find(in: text, now: now, zone: zone)
    range = time?.range
    let rest = time?.rest ?? text
    things = names.things(in: rest)
    let named = Set(things.joined().flatMap(Self.words))
    identifiers = Identifiers.found(in: rest)
    let all = Self.words(rest).filter { !named.contains($0) }
    let told = all.filter { !StopWords.words.contains($0) }
    let content = told.filter { !StopWords.meta.contains($0) }
    // "What do you remember?" has only such words; with a time beside them they say nothing.
    words = Array((content.isEmpty && range == nil && things.isEmpty ? told : content).prefix(Self.maximumWords))
    let first = Set(Self.words(text))
    asksWhen = !first.isDisjoint(with: ["when", "wann", "quand", "cuando", "date"])
    asksForAll = Self.asksForAll(TimePieces.fold(text[...]))
    asksForSpan = !first.isDisjoint(with: Self.spans)
    asksPast = !first.isDisjoint(with: Self.past)
    // German writes every noun so.
    let german = TimeWords(text).germanness > 0
    nameLike = Self.nameLike(rest, capitalsTell: !german)
    preferred = Self.tiers(first, whenAsked: asksWhen)
  }

  /// Folded as the index folds them, cut where it cuts, each once.
  static func words(_ text: String) -> [String] {
    var seen: Set<String> = []
    return TimePieces.fold(text[...]).split { !($0.isLetter || $0.isNumber) }.map(String.init)
      .filter { seen.insert($0).inserted }
  }

  private static func nameLike(_ text: String, capitalsTell: Bool) -> Set<String> {
    var found: Set<String> = []
    var isFirst = true
    for word in text.split(whereSeparator: { !($0.isLetter || $0.isNumber) }) {
      let hasDigits = word.contains(where: \.isNumber) && word.count >= 3
      if hasDigits || (capitalsTell && !isFirst && word.count > 2 && word.first?.isUppercase == true) {
        found.insert(TimePieces.fold(word))
      }
      isFirst = false
    }
    return found
  }

  private static func asksForAll(_ text: String) -> Bool {
    let words = text.split { !($0.isLetter || $0.isNumber) }
    if words.contains(where: { everything.contains(String($0)) }) { return true }
    let padded = " " + words.joined(separator: " ") + " "
    if counts.contains(where: { padded.contains(" " + $0 + " ") }) { return true }
    // "which backups failed": several are asked for.
    return zip(words, words.dropFirst()).contains { which, what in
      Self.which.contains(String(which)) && what.count > 3
        && (what.hasSuffix("s") && !what.hasSuffix("ss") || which == "welche")
    }
  }

  private static let everything: Set<String> = [
    "all", "every", "each", "list", "altogether", "both", "overall", "history", "timeline", "often", "alle", "alles",
    "jedes", "sammtliche", "oft", "tous", "toutes", "liste", "todos", "todas", "lista", "historial",
  ]
  private static let counts = [
    "how many", "how many times", "wie viele", "wie oft", "wieviele", "combien de", "combien", "cuantas", "cuantos",
    "on your own", "by yourself", "in total", "so far", "when and",
  ]
  private static let which: Set<String> = ["which", "what", "welche", "quels", "quelles", "cuales", "que"]
  private static let spans: Set<String> = [
    "long", "outage", "outages", "back", "again", "lange", "ausfall", "ausfalle", "wieder", "longtemps", "duree",
    "pannes",
    "tiempo", "duro", "cortes", "recover", "recovered",
  ]

  private static func tiers(_ words: Set<String>, whenAsked: Bool) -> Set<MemoryTier> {
    if !words.isDisjoint(with: preferences) { return [.semantic] }
    if whenAsked || !words.isDisjoint(with: events) { return [.episodic] }
    return []
  }

  private static let past: Set<String> = [
    "previously", "formerly", "used", "earlier", "old", "original", "originally", "fruher", "vorher", "auparavant",
    "antes",
  ]
  private static let preferences: Set<String> = [
    "prefer", "preference", "preferences", "prefers", "preferred", "favourite", "favorite", "want", "wants", "like",
    "should",
    "always", "never", "rule", "allowed", "called", "bevorzuge", "lieber", "soll", "sollst", "prefere", "preferes",
    "prefiero", "prefieres", "debo", "debes",
  ]
  private static let events: Set<String> = [
    "happened", "offline", "outage", "long", "lange", "event", "events", "incident", "incidents", "passiert", "ausfall",
    "own", "yourself", "autonomously", "ereignis", "panne", "combien", "paso", "ocurrio", "cuanto",
  ]
}
