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
      var forms = [Concept.Form(term: term, hash: Stems.hash(term), weight: 1)]
      for synonym in Thesaurus.synonyms(of: word) {
        guard let other = try stemmer.terms(synonym).first, !forms.contains(where: { $0.term == other }) else { continue }
        forms.append(Concept.Form(term: other, hash: Stems.hash(other), weight: Thesaurus.weight))
      }
      // A word that nobody wrote is worth what its synonyms are, not what a word that is nowhere is.
      let held = try count > 0 ? count : forms.dropFirst().map { try self.count($0.term, db) }.max() ?? 0
      concepts.append(Concept(forms: forms, isName: false, count: held))
    }
    return concepts
  }

  private func named(_ names: [String], _ stemmer: Stemmer, _ db: Database) throws -> Concept {
    var forms: [Concept.Form] = []
    var held = 0
    for name in names {
      let terms = try stemmer.terms(name)
      guard let first = terms.first else { continue }
      forms.append(Concept.Form(term: terms.joined(separator: " "), hash: Stems.hash(ofName: name), weight: 1))
      held += try count(first, db)
    }
    return Concept(forms: forms, isName: true, count: held)
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
