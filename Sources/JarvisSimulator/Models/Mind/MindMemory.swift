import JarvisAPI

/// What earlier exchanges leave behind for a follow-up: what was spoken of, what was asked, what was offered.
struct MindMemory: Sendable, Equatable {
  /// The guest or node spoken of last.
  var subject: MindSubject?
  /// What the last question that had a topic was about.
  var topics: Set<MindTopic> = []
  var askedWhy = false
  /// True where the last topic had no subject: "and now?" after a question about the whole is about the whole.
  var topicsAreNewer = false
  /// "Shall I start win11?"
  var offer: (verb: ActionVerb, target: String)?
  /// The last action asked for, where it was carried through: what was stopped or refused is not asked for again by a
  /// few words.
  var lastVerb: ActionVerb?

  /// Exchanges looked back at.
  private static let reach = 12

  init(earlier: [MindExchange], inventory: MindInventory) {
    offer = earlier.last.flatMap { Self.offer(in: $0.answer) }
    let finder = NameFinder(inventory)
    var soughtVerb = true
    for exchange in earlier.suffix(Self.reach).reversed() {
      let question = MindQuestion(exchange.question)
      if subject == nil { subject = Self.subject(of: exchange, question, finder, inventory) }
      if topics.isEmpty && !question.topics.isEmpty && !question.wantsTalk {
        // A word that is a name is no topic: node `backup` is no backup task.
        let named = finder.find(in: question.words, kinds: [.guest, .node, .storage]).subjects
        let names = Set(named.flatMap { MindWords.split($0.name) })
        topics = question.words.filter { !names.contains($0) }.reduce(into: []) { $0.formUnion(MindTopic.of($1)) }
        topicsAreNewer = subject == nil
        askedWhy = question.asksWhy
      }
      if soughtVerb, case .guest(let verb) = question.commands.last?.wish {
        lastVerb = exchange.carriedThrough ? verb : nil
        soughtVerb = false
      }
      if subject != nil && !topics.isEmpty && !soughtVerb { return }
    }
  }

  private static func subject(
    of exchange: MindExchange, _ question: MindQuestion, _ finder: NameFinder, _ inventory: MindInventory
  ) -> MindSubject? {
    for call in exchange.calls.reversed() {
      if let guest = call.arguments["guests"]?.array?.last?.string {
        return MindSubject(.guest, inventory.guests.first { $0.name == guest }?.name ?? guest)
      }
      if let guest = call.arguments["guest"]?.string {
        let known = inventory.guests.first { $0.name == guest || $0.vmid.map(String.init) == guest }
        return MindSubject(.guest, known?.name ?? guest, vmid: known?.vmid)
      }
      if let node = call.arguments["node"]?.string { return MindSubject(.node, node) }
    }
    if let named = finder.find(in: question.words, kinds: [.guest, .node]).subjects.last { return named }
    // "Which guest is stopped?" – "win11." – "Start it."
    let answered = finder.find(in: MindWords.split(exchange.answer), kinds: [.guest]).subjects
    return answered.count == 1 ? answered[0] : nil
  }

  /// How an offer is worded, so that a "yes" finds it again.
  static func offerText(_ verb: ActionVerb, _ target: String) -> String { "Shall I \(verb.rawValue) \(target)?" }

  private static func offer(in answer: String) -> (verb: ActionVerb, target: String)? {
    guard let start = answer.ranges(of: "Shall I ").last?.upperBound else { return nil }
    let rest = answer[start...]
    guard let end = rest.firstIndex(of: "?"), let space = rest[..<end].firstIndex(of: " "),
      let verb = ActionVerb(rawValue: String(rest[..<space]))
    else { return nil }
    return (verb, String(rest[rest.index(after: space)..<end]))
  }

  static func == (left: Self, right: Self) -> Bool {
    left.subject == right.subject && left.topics == right.topics && left.askedWhy == right.askedWhy
      && left.topicsAreNewer == right.topicsAreNewer
      && left.lastVerb == right.lastVerb && left.offer?.verb == right.offer?.verb
      && left.offer?.target == right.offer?.target
  }
}
