/// A question as far as its words alone tell: before any name is looked up.
struct MindQuestion: Sendable, Equatable {
  var words: [String]
  var commands: [MindCommand]
  /// "Don't restart it".
  var forbidden: Bool
  var topics: Set<MindTopic>
  var asksWhy: Bool
  /// "Who restarted it", "when was it stopped": what was done stands in the tasks.
  var asksHistory: Bool
  /// Begins like the rest of an earlier question: "and home?", "what about jellyfin?".
  var continues: Bool
  var pronoun: Bool
  /// "All", "everything that is stopped".
  var everyone: Bool
  /// Words that are no vocabulary: names, perhaps.
  var unknown: [String]
  /// "Yes, do it".
  var agrees: Bool
  /// A wish for text or knowledge rather than for the state of things: poems, jokes, definitions, how-to.
  var wantsTalk: Bool

  init(_ text: String) {
    let clauses = MindWords.clauses(text)
    let words = clauses.flatMap { $0 }
    self.words = words
    let finding = CommandReader.read(clauses)
    commands = finding.commands
    forbidden = finding.forbidden
    asksHistory =
      finding.commands.isEmpty && !Self.historyWords.isDisjoint(with: words)
      && words.contains(where: Self.pastActions.contains)
    topics = words.reduce(into: asksHistory ? [.tasks] : []) { $0.formUnion(MindTopic.of($1)) }
    let meaningful = words.drop { Self.openers.contains($0) }
    asksWhy =
      words.contains { Self.reasonWords.contains($0) } || (words.contains("por") && words.contains("que"))
      || Self.contains(words, ["whats", "wrong"]) || Self.contains(words, ["what", "is", "wrong"])
      || Self.contains(words, ["matter", "with"])
    continues =
      words.count <= Self.maximumContinuation
      && (Self.continuations.contains { words.starts(with: $0) } || (1...2).contains(words.count))
    pronoun = words.contains { MindVocabulary.pronouns.contains($0) }
    everyone = words.contains { Self.everyoneWords.contains($0) }
    unknown = words.filter { !MindVocabulary.knows($0) }
    agrees =
      words.count <= Self.maximumAgreement && words.contains { Self.agreements.contains($0) }
      && !words.contains { Self.disagreements.contains($0) }
    wantsTalk = Self.asksForTalk(Array(meaningful))
  }

  /// True where answering needs the cluster: figures, names or an action.
  var needsCluster: Bool {
    if !commands.isEmpty { return true }
    if wantsTalk { return false }
    return !topics.isEmpty || asksWhy
  }

  /// Words of a short continuation: "and what about the other one".
  private static let maximumContinuation = 7
  private static let maximumAgreement = 6

  private static let openers: Set<String> = [
    "hey", "hi", "hello", "thanks", "thank", "you", "ok", "okay", "jarvis", "claude", "please", "great", "cool",
    "danke",
    "merci", "gracias", "and", "so", "well", "now", "nice", "good",
  ]
  private static let reasonWords: Set<String> = [
    "why", "warum", "wieso", "weshalb", "pourquoi", "reason", "cause", "grund", "diagnose", "investigate", "debug",
    "porque",
    "troubleshoot",
  ]
  private static let continuations: [[String]] = [
    ["and"], ["what", "about"], ["how", "about"], ["und"], ["was", "ist", "mit"], ["et"], ["y"], ["also"],
    ["same", "for"],
    ["now"],
  ]
  /// With an action, these ask for what was done.
  private static let historyWords: Set<String> = [
    "who", "when", "did", "last", "wer", "wann", "hat", "wurde", "qui", "quand", "quien", "cuando", "ever", "have",
  ]
  private static let pastActions: Set<String> = [
    "restart", "restarted", "reboot", "rebooted", "start", "started", "stop", "stopped", "shut", "shutdown", "migrate",
    "migrated", "neugestartet", "gestartet", "gestoppt", "redemarre", "arrete", "demarre", "reinicio", "detuvo", "paro",
  ]
  private static let everyoneWords: Set<String> = [
    "all", "every", "everything", "everyone", "alle", "alles", "tous", "toutes", "tout", "todos", "todas", "todo",
    "each",
  ]
  private static let agreements: Set<String> = [
    "yes", "yeah", "yep", "sure", "ok", "okay", "please", "ja", "oui", "si", "do", "go", "ahead", "mach", "vale",
    "gerne",
    "absolutely", "definitely",
  ]
  private static let disagreements: Set<String> = ["no", "not", "dont", "nein", "non", "later", "nicht", "wait"]

  private static func contains(_ words: [String], _ phrase: [String]) -> Bool {
    guard words.count >= phrase.count else { return false }
    return (0...(words.count - phrase.count)).contains { Array(words[$0..<($0 + phrase.count)]) == phrase }
  }

  /// "What is a scrub", "explain quorum", "write a poem about …", "how do I …", "difference between …".
  private static func asksForTalk(_ words: [String]) -> Bool {
    guard let first = words.first else { return false }
    if words.count <= 2, praised.contains(words[words.count - 1]) { return true }
    if ["poem", "joke", "haiku", "song", "story", "limerick", "gedicht", "witz", "blague", "chiste", "essay", "email"]
      .contains(
        where: words.contains)
    {
      return true
    }
    if ["explain", "define", "erklare", "erklar", "explique", "explica", "translate", "compose", "teach"].contains(
      first)
    {
      return true
    }
    for opening in talkOpenings where contains(words, opening) { return true }
    // "what is a guest", "what's ZFS ARC": an article or an unknown term, and nothing of the state of things.
    let definition =
      ["what", "is"] == Array(words.prefix(2))
      ? 2 : first == "whats" ? 1 : ["what", "are"] == Array(words.prefix(2)) ? 2 : 0
    if definition > 0, words.count > definition {
      let rest = words[definition...]
      if ["a", "an"].contains(rest.first ?? "") { return true }
      guard let entry = Glossary.standard.entry(for: Array(rest), defining: true) else { return false }
      // "What is the uptime of …" asks for more than the term.
      let terms = Set(entry.terms.flatMap { $0 })
      return rest.allSatisfy { terms.contains($0) || MindTopic.of($0).isEmpty }
        && !rest.contains { ["my", "our", "on", "current", "currently", "now", "doing"].contains($0) }
    }
    return false
  }

  /// "Good job", with the opener gone.
  private static let praised: Set<String> = ["job", "work", "done", "stuff", "one"]

  private static let talkOpenings: [[String]] = [
    "how do i", "how does", "how do you", "how would i", "how can i", "how to", "difference between", "what does",
    "pros and cons", "should i", "best practice", "best way", "tell me about zfs", "was ist ein", "was ist eine",
    "was bedeutet", "wie funktioniert", "quest ce", "que es un", "que es una", "para que sirve", "que significa",
    "is it better", "when should", "why do people", "why should", "why is zfs", "vs",
  ].map { $0.split(separator: " ").map(String.init) }
}
