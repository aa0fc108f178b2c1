import Foundation

/// Puts a few candidates in order: BM25 over an item and its neighbours as one text, with what a list of words cannot tell.
///
/// Tried on LoCoMo (docs/benchmarks.md): scoring neighbours together with the item finds 71.8 of 100 gold turns among the
/// first five, adding up the scores of a column of neighbours 68.6.
struct Ranker: Sendable {
  /// What a word counts in the turn itself, before it and after it: an answer stands after its question.
  static let neighbourWeights = [(-3, 0.1), (-2, 0.4), (-1, 0.5), (1, 0.3), (2, 0.1)]
  /// A word in the speaker's name or in the entities.
  static let markWeight = 3.0
  static let saturation = 1.2
  static let lengthShare = 0.3
  /// Below 1, rare words are worth a little less than by Robertson and Spärck Jones.
  static let rarityExponent = 0.8
  /// Finding two words of the question beats finding one of them twice.
  static let coverageExponent = 0.3
  /// A turn that asks is seldom the one that answers.
  static let questionPenalty = 0.1
  static let pureQuestionPenalty = 0.3
  /// "When …?" is answered by a turn that tells a time.
  static let timeBonus = 0.4
  /// An item that does not mention the name that the question names.
  static let namelessFactor = 0.5
  /// Where a thing is all that is asked about, what goes well every night tells little.
  static let routineFactor = 0.6
  /// Of a generic word's worth.
  static let genericFactor = 0.35

  struct Scored: Sendable {
    var id: Int64
    var score: Double
    /// 0…1: the worth of the concepts that were found, here or in the neighbours.
    var coverage: Double
    /// Concepts that were found and say something.
    var telling: Int
    /// It mentions a thing of the cluster that the question names: where all about a thing is asked, that is enough.
    var hasName = false
  }

  var concepts: [Concept]
  var asksWhen: Bool
  /// Only a thing's name is asked about.
  private let isOverview: Bool

  /// - Parameter items: how many there are in all, for the worth of a word.
  init(concepts: [Concept], items: Int, asksWhen: Bool) {
    let total = Double(max(items, 1))
    self.concepts = concepts.map { concept in
      var concept = concept
      let count = min(Double(concept.count), total)
      concept.worth = pow(log(1 + (total - count + 0.5) / (count + 0.5)), Self.rarityExponent)
      if concept.isGeneric { concept.worth *= Self.genericFactor }
      return concept
    }
    self.asksWhen = asksWhen
    isOverview = concepts.contains(where: \.isName) && concepts.allSatisfy { $0.isName || $0.isGeneric }
  }

  func score(_ item: RankedItem) -> Scored {
    let damping =
      Self.saturation * (1 - Self.lengthShare + Self.lengthShare * item.length / max(item.meanLength, 1))
    var score = 0.0
    var (found, all) = (0.0, 0.0)
    var telling = 0
    var (hasName, missesName) = (false, false)
    for (index, concept) in concepts.enumerated() {
      let mass = item.mass[index] + Self.markWeight * item.marks[index]
      all += concept.worth
      if mass > 0 {
        found += concept.worth
        hasName = hasName || concept.isName
        telling += concept.isGeneric ? 0 : 1
        score += concept.worth * mass * (Self.saturation + 1) / (mass + damping)
      } else if concept.isName {
        missesName = true
      }
    }
    guard all > 0 else { return Scored(id: item.id, score: 0, coverage: 0, telling: 0) }
    let coverage = found / all
    score *= pow(coverage, Self.coverageExponent) * item.favour
    if item.asksSomething { score *= 1 - Self.questionPenalty }
    if item.onlyAsks { score *= 1 - Self.pureQuestionPenalty }
    if asksWhen, item.stems.hashes.contains(where: Self.timeStems.contains) { score *= 1 + Self.timeBonus }
    if missesName { score *= Self.namelessFactor }
    if isOverview, Tone.isRoutine(item.stems) { score *= Self.routineFactor }
    return Scored(id: item.id, score: score, coverage: coverage, telling: telling, hasName: hasName)
  }

  /// Stems of words that tell a time.
  private static let timeStems = Set(
    """
    yesterdai todai tonight tomorrow last week month year ago weekend monday tuesdai wednesdai thursdai fridai saturdai \
    sundai januari februari march april june juli august septemb octob novemb decemb recent dai night next sinc gestern \
    heut woch hier semain ayer hoi semana
    """.split(whereSeparator: \.isWhitespace).map { Stems.hash(String($0)) })
}
