import Foundation

/// One thing that a question names: a word with its synonyms, or a guest with its number.
struct Concept: Sendable {
  struct Form: Sendable, Hashable {
    /// As the index has it.
    var term: String
    var hash: UInt32
    /// 1 for the word itself, less for a synonym.
    var weight: Double
  }

  var forms: [Form]
  /// A name of the cluster: an item that does not mention it is about something else.
  var isName: Bool
  /// A word that goes with everything: "decide", "new".
  var isGeneric = false
  /// Nothing remembered holds it or a synonym, and it looks like a name: "Kubernetes", "555".
  var isUnknownName = false
  /// Items that hold the commonest of its forms.
  var count: Int
  /// How much finding it tells: rare words more than common ones.
  var worth: Double = 0
}

/// What is known about an item before it is read: numbers only.
struct RankedItem: Sendable {
  var id: Int64
  var stems: Stems
  var marks: Stems
  /// -3…3: the turns before and after it, where there are such.
  var neighbours: [Int: Stems]
  /// The mean length of such an item with its neighbours, in stems.
  var meanLength: Double
  var asksSomething: Bool
  var onlyAsks: Bool
  /// Of its tier, by the kind of the question.
  var favour: Double
}
