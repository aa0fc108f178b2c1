/// Short answers to what needs no look at the cluster.
enum SmallTalk {
  static let greeting = "Hello. Ask me how the cluster is doing, or tell me what to do with a guest."
  static let lost = "I could not work that out. Ask me about a node, a guest, a storage or a task."
  static let noTools = "I have no tools in this conversation, so I cannot look at the cluster or change anything in it."
  static let leftAlone = "All right, I leave it as it is."

  /// - Parameter local: the small model speaks, which cannot see the cluster.
  static func answer(_ text: String, _ question: MindQuestion, local: Bool = false) -> String {
    let words = Set(question.words)
    let ask = Ask.allCases.first { $0.isMeant(by: question.words) }
    let defining = question.wantsTalk || question.words.count <= 2
    if let entry = Glossary.standard.entry(for: question.words, defining: defining), question.wantsTalk || ask == nil {
      let thanks = Ask.thanks.words.isDisjoint(with: words) ? "" : "You're welcome. "
      return thanks + entry.text
    }
    if let rhyme = verse(question) { return rhyme }
    switch ask {
    case .thanks: return "You're welcome."
    case .identity:
      return local
        ? "I am the local model of this demonstration: simulated, small, and without a view of the cluster."
        : "I am the simulated Claude of this demonstration. I read the cluster through tools and act only with your consent."
    case .ability:
      return local
        ? "I can talk about homelab topics: ZFS, backups, quorum, containers and the like. What needs the live cluster goes to Claude."
        : "I can look at nodes, guests, storages, tasks and events, tell you why something is slow or down, and start, shut down, reboot or stop a guest once you agree."
    case .farewell: return "Goodbye. I will be here."
    case .mood: return "All well here, thank you. What can I do for you?"
    case .greeting: return greeting
    case .approval: return "Good."
    case .declines: return "All right."
    case .agrees: return "Tell me what to do, please."
    case nil: return unknown(local: local)
    }
  }

  /// Says honestly that the model is a simulated one.
  static func unknown(local: Bool) -> String {
    "I am a simulated model and do not know that. "
      + (local
        ? "I can explain homelab terms such as ZFS, quorum, LXC or backups; a real local model would answer more."
        : "I can look at the cluster for you: its nodes, guests, storages, tasks and events.")
  }

  /// True for thanks, greetings and the like, which name nothing.
  static func isPhatic(_ question: MindQuestion) -> Bool {
    question.words.count <= 4 && Ask.allCases.contains { $0.isMeant(by: question.words) }
  }

  private enum Ask: CaseIterable {
    case identity, ability, thanks, farewell, mood, greeting, approval, declines, agrees

    var words: Set<String> {
      switch self {
      case .thanks: ["thanks", "thank", "thx", "danke", "merci", "gracias", "cheers", "appreciated"]
      case .identity: ["who", "whats", "what", "wer", "qui", "quien", "yourself"]
      case .ability: ["help", "abilities", "capabilities", "hilfe", "aide", "ayuda", "can"]
      case .farewell: ["bye", "goodbye", "tschuss", "ciao", "adieu", "adios", "goodnight", "later"]
      case .mood: ["hows", "going", "gehts", "feeling"]
      case .greeting: ["hello", "hi", "hey", "hallo", "moin", "bonjour", "salut", "hola", "morning", "servus", "yo"]
      case .approval:
        ["great", "good", "nice", "cool", "perfect", "super", "excellent", "awesome", "ok", "okay", "alright"]
      case .declines: ["no", "nope", "nein", "non", "nah"]
      case .agrees: ["yes", "yeah", "yep", "ja", "oui", "si", "sure"]
      }
    }

    /// Whether the words mean this: some of them, in a sentence short enough.
    func isMeant(by sentence: [String]) -> Bool {
      guard sentence.count <= maximumWords, !words.isDisjoint(with: sentence) else { return false }
      // "Who are you", not "who restarted it".
      return self != .identity
        || !Set(["you", "yourself", "your", "du", "tu", "eres", "vous"]).isDisjoint(with: sentence)
          && Set(["do", "can", "did", "think", "just"]).isDisjoint(with: sentence)
    }

    var maximumWords: Int {
      switch self {
      case .thanks: 12
      case .greeting, .approval: 5
      case .ability: 6
      case .identity: 4
      case .farewell, .mood: 6
      case .declines, .agrees: 3
      }
    }
  }

  /// A few lines on the wish for a poem or a joke, with the words of the wish in them.
  private static func verse(_ question: MindQuestion) -> String? {
    let words = Set(question.words)
    let theme = question.words.last { !fillersOfWishes.contains($0) && $0.count > 2 } ?? "server"
    if !words.isDisjoint(with: ["joke", "witz", "blague", "chiste"]) {
      return "Why did the \(theme) skip the party? It had no quorum, and nobody would go alone."
    }
    if !words.isDisjoint(with: ["poem", "haiku", "gedicht", "limerick", "song"]) {
      return
        "The fans hum low, the lights blink green,\nthe calmest rack you've ever seen;\nand somewhere \(theme) wakes from sleep\nwith all the promises to keep."
    }
    return nil
  }

  private static let fillersOfWishes: Set<String> = [
    "poem", "joke", "haiku", "gedicht", "witz", "limerick", "song", "please", "write", "tell", "about", "that", "the",
    "some",
    "bitte", "uber", "short", "thanks", "for", "and", "you", "can", "make", "give",
  ]
}
