/// Finds what a person or a model may have meant by a word that is not known.
public enum Suggestion {
  /// Longer words are compared by their first characters only: the work grows with the square of the length.
  static let maximumLength = 64

  /// The candidates nearest to `word`, best first; empty where nothing is near.
  ///
  /// Near is: equal but for case, one begins with or holds the other, or few letters apart (added, left out, changed or
  /// swapped): at most a third of the word.
  public static func nearest(to word: String, among candidates: [String], limit: Int = 3) -> [String] {
    let wanted = Array(word.lowercased().prefix(maximumLength))
    guard !wanted.isEmpty else { return [] }
    let scored = candidates.compactMap { candidate -> (name: String, score: Int)? in
      let known = Array(candidate.lowercased().prefix(maximumLength))
      guard !known.isEmpty else { return nil }
      let apart = distance(wanted, known)
      if apart <= max(1, min(wanted.count, known.count) / 3) { return (candidate, apart) }
      let (short, long) = wanted.count < known.count ? (wanted, known) : (known, wanted)
      // Two letters are in too many words to mean anything.
      guard short.count >= 3, holds(long, short) else { return nil }
      return (candidate, wanted.count + apart)
    }
    return scored.sorted { ($0.score, $0.name) < ($1.score, $1.name) }.prefix(limit).map(\.name)
  }

  /// "did you mean a, b or c?"; nil where nothing is near.
  public static func phrase(for word: String, among candidates: [String]) -> String? {
    phrase(nearest(to: word, among: candidates))
  }

  /// "did you mean a, b or c?"; nil without names.
  public static func phrase(_ names: [String]) -> String? {
    guard let last = names.last else { return nil }
    if names.count == 1 { return "did you mean \(last)?" }
    return "did you mean \(names.dropLast().joined(separator: ", ")) or \(last)?"
  }

  private static func holds(_ long: [Character], _ short: [Character]) -> Bool {
    (0...(long.count - short.count)).contains { long[$0..<($0 + short.count)].elementsEqual(short) }
  }

  /// Letters to add, leave out, change or swap with their neighbour until one word is the other.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast = [Int]()
    var last = Array(0...right.count)
    for row in 1...left.count {
      var current = [row]
      for column in 1...right.count {
        let same = left[row - 1] == right[column - 1]
        var best = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1))
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          best = min(best, beforeLast[column - 2] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
