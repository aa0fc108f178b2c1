import Foundation

/// One thing that a question names: a word with its synonyms, or a guest with its number.
struct Concept: Sendable {
  struct Form: Sendable, Hashable {
    /// As the index has it.
    var term: String
    var hash: UInt32
    /// 1 for the word itself, less for a synonym.
    var weight: Double
    /// Items that hold it.
    var count: Int
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

/// Finds a question's concepts among an item's stems, each stem looked up once.
struct ConceptMatcher: Sendable {
  private let places: [UInt32: [(concept: Int, weight: Double)]]
  let concepts: Int

  init(_ concepts: [Concept]) {
    var places: [UInt32: [(concept: Int, weight: Double)]] = [:]
    for (index, concept) in concepts.enumerated() {
      for form in concept.forms { places[form.hash, default: []].append((index, form.weight)) }
    }
    self.places = places
    self.concepts = concepts.count
  }

  /// How often each concept is there, a synonym counting less.
  func counts(_ stems: Stems) -> [Double] {
    var counts = [Double](repeating: 0, count: concepts)
    for hash in stems.hashes {
      guard let found = places[hash] else { continue }
      for place in found { counts[place.concept] += place.weight }
    }
    return counts
  }

  /// Whether each concept is there: the weight of its best form.
  func marks(_ stems: Stems) -> [Double] {
    var marks = [Double](repeating: 0, count: concepts)
    for hash in stems.hashes {
      guard let found = places[hash] else { continue }
      for place in found { marks[place.concept] = max(marks[place.concept], place.weight) }
    }
    return marks
  }
}

/// What ranking knows about an item: numbers only.
struct RankedItem: Sendable {
  var id: Int64
  var stems: Stems
  /// How often each concept is in the item and, counting less, in the turns around it.
  var mass: [Double]
  /// Which concepts are among its entities.
  var marks: [Double]
  /// Stems, those around it counting less.
  var length: Double
  /// The mean of such lengths.
  var meanLength: Double
  var asksSomething: Bool
  var onlyAsks: Bool
  /// Of its tier, by the kind of the question.
  var favour: Double
}
