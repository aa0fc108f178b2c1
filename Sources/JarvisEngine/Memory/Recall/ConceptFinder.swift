import Foundation
import GRDB
import JarvisAPI

/// Turns a question's words and names into concepts: stems, synonyms, and how many items hold them.
struct ConceptFinder {
  let search: RecallSearch

  func concepts(_ db: Database) throws -> [Concept] {
    let stemmer = try Stemmer(db)
    var concepts: [Concept] = []
    var known: Set<UInt32> = []
    for thing in search.question.things { concepts.append(try named(thing, stemmer, db)) }
    for word in search.question.words {
      guard let term = try stemmer.terms(word).first, known.insert(Stems.hash(term)).inserted else { continue }
      let count = try count(term, db)
      if count == 0, let thing = search.inventory.thing(nearly: word) {
        // Nobody ever wrote the word, and a name is a slip of the pen away.
        concepts.append(try named(thing, stemmer, db))
        continue
      }
      var concept = Concept(
        forms: [Concept.Form(term: term, hash: Stems.hash(term), weight: 1)], isName: false,
        isGeneric: StopWords.generic.contains(word) || StopWords.generic.contains(term), count: count)
      try extend(&concept, Thesaurus.forms(of: term), weight: 1, db)
      try extend(&concept, Thesaurus.synonyms(of: term), weight: Thesaurus.weight, db)
      concept.isUnknownName = concept.count == 0 && search.question.names(word)
      concepts.append(concept)
    }
    return concepts
  }

  private func extend(_ concept: inout Concept, _ terms: [String], weight: Double, _ db: Database) throws {
    for term in terms where !concept.forms.contains(where: { $0.term == term }) {
      let count = try count(term, db)
      if count == 0 { continue }
      concept.forms.append(Concept.Form(term: term, hash: Stems.hash(term), weight: weight))
      concept.count = max(concept.count, count)
    }
  }

  private func named(_ names: [String], _ stemmer: Stemmer, _ db: Database) throws -> Concept {
    var forms: [Concept.Form] = []
    var held = 0
    var isWord = false
    for name in names {
      let terms = try stemmer.terms(name)
      guard let first = terms.first else { continue }
      forms.append(Concept.Form(term: terms.joined(separator: " "), hash: Stems.hash(ofName: name), weight: 1))
      held += try count(first, db)
      // A node may be called "backup": what says so in the plural, or means one, is not out of place.
      guard terms.count == 1, !Thesaurus.synonyms(of: first).isEmpty else { continue }
      isWord = true
      forms.append(Concept.Form(term: first, hash: Stems.hash(first), weight: 1))
    }
    return Concept(forms: forms, isName: !isWord, count: held)
  }

  /// Items that hold a term, over all tiers.
  private func count(_ term: String, _ db: Database) throws -> Int {
    var sum = 0
    for tier in TierIndex.allCases where search.tiers.contains(tier.tier) {
      sum += try Int.fetchOne(
        db.cachedStatement(sql: "SELECT doc FROM \(tier.terms) WHERE term = ?"), arguments: [term]) ?? 0
    }
    return sum
  }
}
