/// A clear question that the live picture answers by itself; anything less than certain is none (`models.md`, routing, 4).
public enum LiveQuestion: Sendable, Hashable {
  public enum Period: String, Sendable, Hashable, Codable, CaseIterable { case today, week, month }

  /// "status?", "is everything ok?"
  case status
  /// "are all nodes up?"
  case nodes
  /// "how many guests are running?", "which guests are running?"
  case running
  /// "which guests are stopped?"
  case stopped
  /// "what is pihole doing", "is pihole running?": by vmid.
  case guest(Int)
  /// "is agent online?"
  case node(String)
  /// "how full is tank?"
  case storage(String)
  /// "what did we spend today?"
  case spend(Period)

  /// Longer messages say more than a clear question does.
  static let maximumWords = 12

  /// The question that `text` is, word for word; nil where it is anything else.
  public init?(_ text: String, inventory: Inventory) {
    // A clear question is short; nothing long is even read.
    guard text.utf8.count <= 120 else { return nil }
    self.init(MessageText(text), inventory: inventory)
  }

  init?(_ text: MessageText, inventory: Inventory) {
    guard !text.words.isEmpty, text.words.count <= Self.maximumWords, text.lines == 1, text.quotes == 0,
      text.backticks == 0
    else { return nil }
    let words = text.words.filter { !LivePhrases.fillers.contains($0.hash) }
    let names = words.indices.filter { inventory.index[words[$0].hash] != 0 }
    if names.isEmpty || names.count == 1 {
      if let kind = LivePhrases.table[LivePhrases.key(words.map(\.hash))], let question = Self.plain(kind) {
        self = question
        return
      }
    }
    guard names.count == 1, let position = names.first else { return nil }
    let bits = inventory.index[words[position].hash]
    let name = text.string(words[position])
    for (bit, stand) in LivePhrases.stands where bits & bit != 0 {
      var hashes = words.map(\.hash)
      hashes[position] = stand
      guard let kind = LivePhrases.table[LivePhrases.key(hashes)] else { continue }
      guard let question = Self.named(kind, name, inventory) else { return nil }
      self = question
      return
    }
    return nil
  }

  private static func plain(_ kind: LivePhrases.Kind) -> LiveQuestion? {
    switch kind {
    case .status: .status
    case .nodes: .nodes
    case .running: .running
    case .stopped: .stopped
    case .today: .spend(.today)
    case .week: .spend(.week)
    case .month: .spend(.month)
    case .guest, .node, .storage: nil
    }
  }

  /// Nil also where two guests share the name: then it is not certain which is meant.
  private static func named(_ kind: LivePhrases.Kind, _ name: String, _ inventory: Inventory) -> LiveQuestion? {
    switch kind {
    case .guest:
      if let vmid = Int(name), inventory.vmids.contains(vmid) { return .guest(vmid) }
      let places = inventory.vmidsByName.filter { Words.folded($0.name) == name }
      return places.count == 1 ? .guest(places[0].vmid) : nil
    case .node: return one(inventory.nodes, name).map { .node($0) }
    case .storage: return one(inventory.storages, name).map { .storage($0) }
    default: return nil
    }
  }

  private static func one(_ names: [String], _ name: String) -> String? {
    let matches = Set(names.filter { Words.folded($0) == name })
    return matches.count == 1 ? matches.first : nil
  }
}
