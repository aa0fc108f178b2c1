/// A wish to have something done, found in a clause.
struct MindCommand: Sendable, Equatable {
  enum Wish: Sendable, Equatable {
    case guest(ActionVerb)
    /// A verb for which there may be a tool of that name: "migrate", "snapshot".
    case other(String)
  }
  var wish: Wish
  /// The clause it was found in: its names are the objects.
  var words: [String]
  /// "If so" is true, "if not" is false; nil where the wish hangs on nothing.
  var condition: Bool?
}

/// Tells a command from a question about one: "restart pihole" and "kannst du pihole neu starten" are commands,
/// "why did pihole restart", "how do I stop a VM" and "don't restart it" are not.
enum CommandReader {
  struct Finding: Sendable, Equatable {
    var commands: [MindCommand] = []
    /// True where the person said not to do it.
    var forbidden = false
  }

  static func read(_ clauses: [[String]]) -> Finding {
    var finding = Finding()
    for clause in clauses.flatMap(splitAtConjunction) {
      switch read(clause: clause) {
      case .command(let command): finding.commands.append(command)
      case .forbidden: finding.forbidden = true
      case .nothing: break
      }
    }
    return finding
  }

  private enum ClauseKind { case command(MindCommand), forbidden, nothing }

  private static func read(clause: [String]) -> ClauseKind {
    var words = clause[...]
    var asked = false
    var condition: Bool?
    stripping: while let first = words.first {
      if let found = conditions.first(where: { words.starts(with: $0.words) }) {
        condition = found.holds
        words = words.dropFirst(found.words.count)
      } else if fillers.contains(first) {
        words = words.dropFirst()
      } else if let length = requestLength(words) {
        words = words.dropFirst(length)
        asked = true
      } else {
        break stripping
      }
    }
    if let verb = participle(in: Array(words), asked: asked) {
      return .command(MindCommand(wish: .guest(verb), words: clause, condition: condition))
    }
    guard let first = words.first else { return .nothing }
    if !asked && (questionWords.contains(first) || tellingWords.contains(first)) { return .nothing }

    let trimmed = Array(words.reversed().drop { trailers.contains($0) }.reversed())
    guard !trimmed.isEmpty else { return .nothing }
    for index in trimmed.indices {
      let atHead = index == 0
      let atTail = index == trimmed.count - 1 && trimmed.count <= maximumVerbLastLength
      let negated = index > 0 && negations.contains(trimmed[index - 1])
      guard atHead || atTail || asked || negated else { continue }
      let wish: MindCommand.Wish
      if let verb = ActionVerb.read(trimmed, headAt: index) {
        // Spanish "para" is "stop" at the head of a clause and "for" elsewhere; "para qué" is "what for".
        if trimmed[index] == "para" && (!atHead || trimmed.dropFirst().first == "que") { continue }
        wish = .guest(verb)
      } else if (atHead && trimmed.count > 1) || asked, let other = otherVerb(trimmed, headAt: index) {
        wish = .other(other)
      } else {
        continue
      }
      if negated || trimmed.contains("nicht") || (trimmed.first == "ne" && trimmed.contains("pas")) {
        return .forbidden
      }
      return .command(MindCommand(wish: wish, words: clause, condition: condition))
    }
    return .nothing
  }

  /// "check pihole and restart it": the second half has a verb of its own. "restart pihole and jellyfin" has not, and
  /// neither has "explain stop and shutdown".
  private static func splitAtConjunction(_ words: [String]) -> [[String]] {
    let first = words.first { !fillers.contains($0) } ?? ""
    if tellingWords.contains(first) { return [words] }
    for (index, word) in words.enumerated() where conjunctions.contains(word) && index > 0 && index + 1 < words.count {
      let rest = Array(words[(index + 1)...])
      if questionWords.contains(first), !conditions.contains(where: { rest.starts(with: $0.words) }) { continue }
      let plain = Array(withoutLead(rest))
      guard let next = plain.first else { continue }
      if ActionVerb.read(plain, headAt: 0) != nil || otherVerbs[next] != nil {
        return [Array(words[..<index])] + splitAtConjunction(rest)
      }
    }
    return [words]
  }

  private static func withoutLead(_ words: [String]) -> ArraySlice<String> {
    var rest = words[...]
    while let first = rest.first {
      if let found = conditions.first(where: { rest.starts(with: $0.words) }) {
        rest = rest.dropFirst(found.words.count)
      } else if fillers.contains(first) {
        rest = rest.dropFirst()
      } else {
        break
      }
    }
    return rest
  }

  private static let conditions: [(words: [String], holds: Bool)] = [
    (["if", "so"], true), (["if", "yes"], true), (["if", "it", "is"], true), (["if", "not"], false),
    (["if", "it", "isnt"], false),
    (["if", "its", "not"], false), (["wenn", "ja"], true), (["falls", "ja"], true), (["wenn", "nicht"], false),
    (["falls", "nicht"], false), (["si", "oui"], true), (["si", "non"], false), (["si", "no"], false),
  ]

  /// "I'd like it restarted", "get it rebooted", "it needs to be restarted", "would you mind restarting it".
  private static func participle(in words: [String], asked: Bool) -> ActionVerb? {
    if !informing.isDisjoint(with: words) { return nil }
    let passive = passiveLeads.contains { words.starts(with: $0) } || necessities.contains { contains(words, $0) }
    for word in words {
      if passive, let verb = pasts[word] { return verb }
      if asked || words.first == "mind", let verb = gerunds[word] { return verb }
    }
    if passive, contains(words, ["shut", "down"]) { return .shutdown }
    if asked || words.first == "mind", contains(words, ["shutting", "down"]) { return .shutdown }
    return nil
  }

  private static func contains(_ words: [String], _ phrase: [String]) -> Bool {
    guard words.count >= phrase.count else { return false }
    return (0...(words.count - phrase.count)).contains { Array(words[$0..<($0 + phrase.count)]) == phrase }
  }

  private static let passiveLeads: [[String]] = [
    ["id", "like"], ["i", "would", "like"], ["i", "want"], ["i", "need"], ["get"],
  ]
  private static let necessities: [[String]] = [
    ["needs", "to", "be"], ["must", "be"], ["has", "to", "be"], ["need", "to", "be"],
  ]
  /// With these, a past form tells or asks what was done: "I want to know when it restarted".
  private static let informing: Set<String> = [
    "know", "when", "why", "whether", "how", "who", "see", "check", "list", "show", "which", "what", "history",
  ]
  private static let pasts: [String: ActionVerb] = [
    "restarted": .reboot, "rebooted": .reboot, "bounced": .reboot, "started": .start, "booted": .start,
    "stopped": .stop, "killed": .stop,
  ]
  private static let gerunds: [String: ActionVerb] = [
    "restarting": .reboot, "rebooting": .reboot, "bouncing": .reboot, "kicking": .reboot, "starting": .start,
    "booting": .start, "stopping": .stop, "killing": .stop,
  ]

  /// "pihole bitte neu starten": verbs at the end, in clauses of at most this many words.
  private static let maximumVerbLastLength = 7

  /// How many words ask for what follows: "could you", "ich möchte dass du".
  private static func requestLength(_ words: ArraySlice<String>) -> Int? {
    requests.filter { words.starts(with: $0) }.map(\.count).max()
  }

  private static let requests: [[String]] = [
    "can you", "could you", "can we", "could we", "would you mind", "do you mind", "how about", "would you", "will you",
    "can u", "could u", "may you", "i want you to", "i need you to",
    "id like you to", "id like to", "i would like to", "i need to", "i would like you to", "go ahead and",
    "be so kind and", "would you mind to", "i want to", "lets",
    "let us", "kannst du", "konntest du", "konnen sie", "konnten sie", "wurdest du", "ich mochte dass du", "du sollst",
    "ich will dass du", "peux tu", "peut tu", "pourrais tu", "pouvez vous", "pourriez vous", "tu peux", "vous pouvez",
    "je veux que tu", "il faut", "puedes", "podrias", "puede", "podria", "quiero que", "necesito que", "hay que",
    "may i ask you to", "try to", "try a", "do a", "mach mal", "you can",
  ].map { $0.split(separator: " ").map(String.init) }

  static let fillers: Set<String> = [
    "please", "pls", "plz", "hey", "hi", "hello", "jarvis", "claude", "ok", "okay", "now", "just", "kindly", "also",
    "so",
    "well", "yes", "yeah", "yep", "alright", "right", "quickly", "simply", "bitte", "mal", "jetzt", "doch", "also",
    "und",
    "and", "et", "y", "e", "if", "falls", "wenn", "ja", "oui", "si", "stp", "svp", "favor", "por", "ahora",
    "maintenant",
    "hallo", "bonjour", "hola", "maybe", "to", "thanks",
    "actually", "oh", "wait", "sorry", "hmm", "instead", "alternatively", "uh",
  ]

  private static let trailers: Set<String> = [
    "please", "pls", "plz", "now", "again", "thanks", "thank", "you", "asap", "immediately", "bitte", "jetzt", "mal",
    "sofort", "danke", "stp", "svp", "plait", "vous", "te", "maintenant", "ahora", "favor", "por", "gracias", "merci",
    "will", "would", "ok",
  ]

  static let questionWords: Set<String> = [
    "why", "when", "who", "how", "what", "whats", "which", "where", "did", "was", "were", "has", "have", "had",
    "should",
    "is", "are", "does", "do", "am", "may", "whose", "warum", "wann", "wer", "wie", "hat", "haben", "was", "welche",
    "welcher", "welches", "wieso", "weshalb", "ist", "sind", "wird", "soll", "sollte", "pourquoi", "quand", "qui",
    "comment", "est", "quel", "quelle", "que", "quoi", "porque", "cuando", "quien", "como", "cual", "cuales", "esta",
    "estan", "cuanto", "combien", "wieviel", "wo",
  ]

  private static let tellingWords: Set<String> = [
    "tell", "show", "explain", "describe", "list", "write", "say", "erklar", "erklare", "zeig", "zeige", "sag",
    "explique",
    "montre", "dis", "muestra", "explica", "dime", "define", "compare", "summarize", "summarise", "imagine", "suppose",
    "compose", "translate", "remember", "remind",
  ]

  private static let negations: Set<String> = [
    "dont", "not", "never", "ne", "no", "nicht", "niemals", "jamais", "nunca",
  ]
  private static let conjunctions: Set<String> = ["and", "und", "et", "y"]

  /// "Migrate it", "back it up", "take a snapshot of it".
  private static func otherVerb(_ words: [String], headAt index: Int) -> String? {
    let rest = words[(index + 1)...]
    if words[index] == "back", rest.contains("up") { return "backup" }
    if ["take", "make", "do", "mach", "fais", "haz"].contains(words[index]) {
      return rest.lazy.compactMap { ["snapshot", "backup"].contains($0) ? $0 : nil }.first
    }
    return otherVerbs[words[index]]
  }

  /// Verbs for which the mind knows no action of its own; each with the word a tool's name would begin with.
  static let otherVerbs: [String: String] = [
    "migrate": "migrate", "migriere": "migrate", "migrer": "migrate", "migra": "migrate", "move": "migrate",
    "snapshot": "snapshot", "clone": "clone", "klone": "clone", "delete": "delete", "destroy": "delete",
    "remove": "delete", "losche": "delete", "supprime": "delete", "borra": "delete", "elimina": "delete",
    "create": "create", "erstelle": "create", "resize": "resize", "suspend": "suspend", "pause": "suspend",
    "resume": "resume", "upgrade": "upgrade", "update": "update", "backup": "backup", "sichere": "backup",
    "rollback": "rollback", "restore": "restore", "install": "install", "installiere": "install",
    "uninstall": "uninstall", "enable": "enable", "aktiviere": "enable", "disable": "disable",
    "deaktiviere": "disable", "configure": "configure", "konfiguriere": "configure", "rename": "rename",
    "format": "format", "formatiere": "format", "wipe": "wipe", "mount": "mount", "unmount": "unmount",
    "encrypt": "encrypt", "execute": "execute", "schedule": "schedule", "prune": "prune", "purge": "purge",
    "expand": "expand", "shrink": "shrink", "extend": "extend", "attach": "attach", "detach": "detach",
    "assign": "assign", "add": "add", "change": "change", "increase": "increase", "decrease": "decrease",
    "convert": "convert", "upload": "upload", "download": "download", "scrub": "scrub",
  ]
}
