/// Keeps the same thing from being said twice: a routine event of every night would fill the list and hide the one that
/// matters.
enum Diversity {
  struct Entry {
    var id: Int64
    var score: Double
    var stems: Stems
  }

  /// What an item loses that says only what a better one says already.
  static let penalty = 0.7
  /// Entries that are compared; those behind them keep their order.
  static let compared = 60

  /// The best `limit`, each weighed against those chosen before it.
  static func order(_ entries: [Entry], limit: Int) -> [Entry] {
    var left = entries.prefix(compared).map { (entry: $0, terms: Set($0.stems.hashes), likeness: 0.0) }
    var chosen: [Entry] = []
    func worth(_ candidate: (entry: Entry, terms: Set<UInt32>, likeness: Double)) -> Double {
      candidate.entry.score * (1 - penalty * candidate.likeness * candidate.likeness)
    }
    while chosen.count < limit, !left.isEmpty {
      var best = 0
      for index in left.indices where worth(left[index]) > worth(left[best]) { best = index }
      let taken = left.remove(at: best)
      chosen.append(Entry(id: taken.entry.id, score: worth(taken), stems: taken.entry.stems))
      for index in left.indices {
        let both = taken.terms.intersection(left[index].terms).count
        let all = taken.terms.count + left[index].terms.count - both
        // Short lines are alike by chance.
        guard all >= minimumTerms else { continue }
        left[index].likeness = max(left[index].likeness, Double(both) / Double(all))
      }
    }
    return chosen
  }

  static let minimumTerms = 5
}
