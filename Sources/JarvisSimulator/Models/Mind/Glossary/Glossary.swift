/// What the simulated models know of homelab terms.
struct Glossary: Sendable {
  struct Entry: Sendable, Equatable {
    /// Any of these makes the entry fit; words of a term must stand together. Folded.
    var terms: [[String]]
    var text: String
    /// True where people also name machines so: then only a question for the term itself is one.
    var isName: Bool

    init(_ terms: [String], _ text: String, isName: Bool = false) {
      self.terms = terms.map { $0.split(separator: " ").map(String.init) }
      self.text = text
      self.isName = isName
    }
  }

  let entries: [Entry]

  /// All topics of the demonstration.
  static let standard = Glossary(
    entries: storageTopics + guestTopics + clusterTopics + networkTopics + careTopics)

  /// The entry with the longest term found in the words; the first of equals.
  /// - Parameter defining: the words ask what something is; names of machines count only then.
  func entry(for words: [String], defining: Bool = false) -> Entry? {
    var best: (entry: Entry, length: Int)?
    for entry in entries where defining || !entry.isName {
      let length =
        entry.terms.filter { Self.contains(words, $0) }.map { $0.reduce(0) { $0 + $1.count } + $0.count }.max() ?? 0
      if length > (best?.length ?? 0) { best = (entry, length) }
    }
    return best?.entry
  }

  private static func contains(_ words: [String], _ term: [String]) -> Bool {
    guard words.count >= term.count, !term.isEmpty else { return false }
    return (0...(words.count - term.count)).contains { start in
      zip(words[start...], term).allSatisfy { $0 == $1 || $0 == $1 + "s" }
    }
  }
}
