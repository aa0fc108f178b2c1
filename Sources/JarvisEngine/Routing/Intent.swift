import JarvisAPI

/// What a message wants, by the trained model.
struct Intent: Sendable, Hashable {
  /// Probability that tools or live data are needed, 0…1.
  var need: Double
  var needsTools: Bool
  /// Probability that it is diagnosis or change, where tools are needed.
  var strong: Double
  var workClass: WorkClass
  var preceding: Preceding
  /// True where the message says what it wants only together with what it follows: "and the log?".
  var leans = false

  init(_ text: String, in context: RoutingContext, model: IntentModel) {
    preceding = Self.preceding(of: context, model: model)
    let features = FeatureExtractor.features(of: text, inventory: context.inventory, after: preceding)
    need = model.needsTools.probability(features)
    needsTools = model.needs(need, features)
    strong = model.strongWork.probability(features)
    if needsTools, preceding == .tools || preceding == .offer {
      let alone = FeatureExtractor.features(of: text, inventory: context.inventory, after: .nothing)
      leans = !model.needs(model.needsTools.probability(alone), alone)
    }
    if !needsTools {
      workClass = .talk
    } else if preceding == .offer && leans || strong >= model.strongWork.threshold {
      // A "yes" to an offer sets something going.
      workClass = .strong
    } else {
      workClass = .read
    }
  }

  /// One short phrase for the badge.
  var reason: String {
    switch workClass {
    case .talk: preceding == .nothing || preceding == .talk ? "talk" : "talk after work"
    case .read: "needs live data"
    case .strong: isAnswer ? "answers an offer to act" : "diagnosis or change"
    }
  }

  /// True where the message is nothing without the offer that it follows: "yes", "the second one". One that says itself
  /// what it wants answers no offer, whatever stood before it.
  private var isAnswer: Bool { preceding == .offer && leans }

  /// What spoke for it, in words, for the view of a decision.
  var evidence: [String] {
    let percent = Int((need * 100).rounded())
    var words = ["\(percent) % that tools are needed"]
    if needsTools { words.append("\(Int((strong * 100).rounded())) % that it is more than reading") }
    switch preceding {
    case .nothing: break
    case .talk: words.append("follows talk")
    case .tools: words.append("follows a turn about the cluster")
    case .offer: words.append("follows an offer")
    }
    return words
  }

  /// What the message follows: told by who answered before, else read from the messages themselves.
  private static func preceding(of context: RoutingContext, model: IntentModel) -> Preceding {
    let past = context.past.suffix(RoutingContext.maximumPast)
    let needed: Bool? =
      switch context.previous {
      case .claude, .live, .command: true
      case .qwen: false
      case nil: pastNeed(Array(past), inventory: context.inventory, model: model)
      }
    guard let needed else { return .nothing }
    guard needed else { return .talk }
    let last = past.last { $0.role == .assistant }
    return last.map { asks($0.text) } == true ? .offer : .tools
  }

  /// Whether the turn before was about the cluster: the model reads the past message by message; nil without any.
  private static func pastNeed(_ past: [PastMessage], inventory: Inventory, model: IntentModel) -> Bool? {
    var before: Preceding = .nothing
    var result: Bool?
    for message in past {
      switch message.role {
      case .user:
        let features = FeatureExtractor.features(of: message.text, inventory: inventory, after: before)
        result = model.needs(model.needsTools.probability(features), features)
        before = result == true ? .tools : .talk
      case .assistant:
        if result == nil { result = MessageText(message.text).words.contains { inventory.index[$0.hash] != 0 } }
        before = result == true ? (asks(message.text) ? .offer : .tools) : .talk
      }
    }
    return result
  }

  /// Letters at the end of an answer in which a question counts as an offer.
  private static let offerTail = 160

  /// True where an answer ends in a question or lays out options. A "?" that stands for a figure nobody knows is no
  /// question, and "91.0 %" no option.
  static func asks(_ text: String) -> Bool {
    let tail = text.suffix(offerTail)
    var before: Character = " "
    for character in tail {
      if character == "?", !before.isWhitespace, !"(:|".contains(before) { return true }
      before = character
    }
    let starts = tail.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace).prefix(2) }
    return starts.contains("1.") && starts.contains("2.")
  }
}
