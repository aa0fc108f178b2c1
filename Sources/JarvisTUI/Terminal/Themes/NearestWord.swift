/// Finds what somebody probably meant.
enum NearestWord {
  /// The candidate with the fewest edits from `word`, when these are few enough to be a slip: at most a third of it.
  static func to(_ word: String, in candidates: some Sequence<String>) -> String? {
    let limit = max(1, min(word.count, maximumLength) / 3)
    var best: (word: String, distance: Int)?
    for candidate in candidates.sorted() {
      let distance = distance(word, candidate)
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word
  }

  /// Longer words are compared by their start only, so that a hostile file cannot cost much.
  static let maximumLength = 64

  /// Edits that turn one word into the other: insert, delete, replace, swap of neighbours.
  static func distance(_ first: String, _ second: String) -> Int {
    let a = Array(first.prefix(maximumLength))
    let b = Array(second.prefix(maximumLength))
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      for j in 1...b.count {
        var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, beforeLast[j - 2] + 1) }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
