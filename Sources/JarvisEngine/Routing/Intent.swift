import JarvisAPI

/// Whether a message needs live data or an action, or is talk. Lexical: verbs, things, names of the inventory.
struct Intent: Sendable {
  let needsTools: Bool
  /// For the badge: "acts on the cluster", "needs live data", "talk".
  let reason: String
  /// 0…1.
  let confidence: Double

  init(_ text: String, inventory: Inventory, previous: Route?) {
    let words = Words(text)
    let named =
      !inventory.guests(named: text).isEmpty || !inventory.nodes(named: text).isEmpty
      || !inventory.storages(named: text).isEmpty
    let changes = words.hasStem(Lexicon.changes)
    let asksState = !words.set.isDisjoint(with: Lexicon.states) || words.hasStem(Lexicon.states.filter { $0.count > 3 })
    let things = !words.set.isDisjoint(with: Lexicon.things)
    let here = !words.set.isDisjoint(with: Lexicon.here)
    let explains = Lexicon.explains.contains { words.line.contains(" " + $0) }
    let courtesyOnly = !words.list.isEmpty && words.list.allSatisfy { Lexicon.courtesies.contains($0) }

    // Evidence in either direction; the sum decides, its size is the confidence.
    var score = 0.0
    if named { score += 2 }
    if changes && (named || things) { score += 2 }
    if asksState && (named || things) { score += 1.5 }
    if asksState && here { score += 0.5 }
    if things && here { score += 1 }
    if explains && !named { score -= 3 }
    if explains && named { score -= 1 }
    if courtesyOnly { score -= 3 }
    if previous == .claude, words.list.count <= 8, !words.set.isDisjoint(with: Lexicon.followUps), !courtesyOnly,
      !explains
    {
      score += 1.5
    }
    let threshold = 1.0
    needsTools = score >= threshold
    confidence = min(1, 0.5 + abs(score - threshold) / 6)
    reason =
      needsTools ? (changes && (named || things) ? "acts on the cluster" : "needs live data") : "talk"
  }
}
