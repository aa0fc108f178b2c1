/// Keeps the same thing from being said twice: a routine event of every night would fill the list and hide the one that
/// matters.
enum Diversity {
  struct Entry {
    var id: Int64
    var score: Double
    var stems: Stems
    /// Something that happened, and may have happened again.
    var isEvent = false
  }

  /// What an item loses that says only what a better one says already.
  static let penalty = 0.7
  /// Entries that are compared; those behind them keep their order.
  static let compared = 60

  /// The best `limit`, each weighed against those chosen before it.
  /// - Parameter keepsEvents: every event counts, however like the others: all of them were asked for.
  static func order(_ entries: [Entry], limit: Int, keepsEvents: Bool = false) -> [Entry] {
    var left = entries.prefix(compared).map { (entry: $0, terms: distinct($0.stems), likeness: 0.0) }
    var chosen: [Entry] = []
    func worth(_ candidate: (entry: Entry, terms: [UInt32], likeness: Double)) -> Double {
      candidate.entry.score * (1 - penalty * candidate.likeness * candidate.likeness)
    }
    while chosen.count < limit, !left.isEmpty {
      var best = 0
      for index in left.indices where worth(left[index]) > worth(left[best]) { best = index }
      let taken = left.remove(at: best)
      var entry = taken.entry
      entry.score = worth(taken)
      chosen.append(entry)
      for index in left.indices where !(keepsEvents && left[index].entry.isEvent) {
        let both = common(taken.terms, left[index].terms)
        let all = taken.terms.count + left[index].terms.count - both
        // Short lines are alike by chance.
        guard all >= minimumTerms else { continue }
        left[index].likeness = max(left[index].likeness, Double(both) / Double(all))
      }
    }
    return chosen
  }

  /// In order, each once.
  private static func distinct(_ stems: Stems) -> [UInt32] {
    var terms: [UInt32] = []
    for hash in stems.hashes.sorted() where terms.last != hash { terms.append(hash) }
    return terms
  }

  /// How many are in both; both are in order.
  private static func common(_ left: [UInt32], _ right: [UInt32]) -> Int {
    var (i, j, count) = (0, 0, 0)
    while i < left.count, j < right.count {
      if left[i] == right[j] {
        count += 1
        i += 1
        j += 1
      } else if left[i] < right[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return count
  }

  static let minimumTerms = 5
}
