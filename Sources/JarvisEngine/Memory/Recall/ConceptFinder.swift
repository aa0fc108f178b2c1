import Foundation
import GRDB
import JarvisAPI

/// Turns a question's words and names into concepts: stems, synonyms, and how many items hold them.
struct ConceptFinder {
  let search: RecallSearch

  func concepts(_ db: Database) throws -> [Concept] {
    let stemmer = try Stemmer(db)
    var words: [(word: String, term: String)] = []
    for word in search.question.words {
      guard let term = try stemmer.terms(word).first, !words.contains(where: { $0.term == term }) else { continue }
      words.append((word, term))
    }
    let things = try search.question.things.map { try terms($0, stemmer) }
    var wanted = things.joined().map(\.first)
    for (_, term) in words {
      wanted.append(term)
      wanted += Thesaurus.forms(of: term)
      wanted += Thesaurus.synonyms(of: term)
      wanted += Thesaurus.kinds(of: term)
    }
    let counts = try counts(wanted, db)
    var concepts = things.map { Self.named($0, counts) }
    for (word, term) in words {
      if counts[term] == nil, let thing = search.names.thing(nearly: word) {
        // Nobody ever wrote the word, and a name is a slip of the pen away.
        let names = try terms(thing, stemmer)
        concepts.append(Self.named(names, try self.counts(names.map(\.first), db)))
        continue
      }
      var concept = Concept(
        forms: [Concept.Form(term: term, hash: Stems.hash(term), weight: 1, count: counts[term] ?? 0)], isName: false,
        isGeneric: StopWords.generic.contains(word) || StopWords.generic.contains(term), count: counts[term] ?? 0)
      extend(&concept, Thesaurus.forms(of: term), weight: 1, counts)
      extend(&concept, Thesaurus.synonyms(of: term), weight: Thesaurus.weight, counts)
      extend(&concept, Thesaurus.kinds(of: term), weight: Thesaurus.weight, counts)
      concept.isUnknownName = concept.count == 0 && search.question.names(word)
      concepts.append(concept)
    }
    return concepts
  }

  private func extend(_ concept: inout Concept, _ terms: [String], weight: Double, _ counts: [String: Int]) {
    for term in terms where !concept.forms.contains(where: { $0.term == term }) {
      guard let count = counts[term] else { continue }
      concept.forms.append(Concept.Form(term: term, hash: Stems.hash(term), weight: weight, count: count))
      concept.count = max(concept.count, count)
    }
  }

  private typealias Name = (name: String, phrase: String, first: String, isOneTerm: Bool)

  private func terms(_ names: [String], _ stemmer: Stemmer) throws -> [Name] {
    try names.compactMap { name in
      let terms = try stemmer.terms(name)
      return terms.first.map { (name, terms.joined(separator: " "), $0, terms.count == 1) }
    }
  }

  private static func named(_ names: [Name], _ counts: [String: Int]) -> Concept {
    var forms: [Concept.Form] = []
    var held = 0
    var isWord = false
    for name in names {
      let count = counts[name.first] ?? 0
      forms.append(Concept.Form(term: name.phrase, hash: Stems.hash(ofName: name.name), weight: 1, count: count))
      held += count
      // A node may be called "backup": what says so in the plural, or means one, is not out of place.
      guard name.isOneTerm, !Thesaurus.synonyms(of: name.first).isEmpty else { continue }
      isWord = true
      forms.append(Concept.Form(term: name.first, hash: Stems.hash(name.first), weight: 1, count: count))
    }
    return Concept(forms: forms, isName: !isWord, count: held)
  }

  /// Items that hold each term, over all tiers; a term that none holds is not there.
  private func counts(_ terms: [String], _ db: Database) throws -> [String: Int] {
    guard !terms.isEmpty else { return [:] }
    let json = String(decoding: try JSONEncoder().encode(Set(terms).sorted()), as: UTF8.self)
    var counts: [String: Int] = [:]
    for tier in TierIndex.allCases where search.tiers.contains(tier.tier) {
      let rows = try Row.fetchCursor(
        db.cachedStatement(
          sql: "SELECT v.term, v.doc FROM json_each(?) j CROSS JOIN \(tier.terms) v ON v.term = j.value"),
        arguments: [json])
      while let row = try rows.next() { counts[row[0] as String, default: 0] += row[1] as Int }
    }
    return counts
  }
}
