import JarvisRouting

/// Trains the whole intent model from the corpus: one call, no choices, always the same bytes.
public struct RouterTrainer: Sendable {
  /// From this probability of a need on, a message goes to Claude: a missed need costs the operator a useless answer, a
  /// needless call a fraction of a cent.
  public static let needThreshold = 0.33
  /// From this probability on, work is given to the strong model: a change must never be left to the fast one.
  public static let strongThreshold = 0.3

  public struct Result: Sendable {
    public var model: IntentModel
    public var messages: Int
    public var families: Int
    /// On families kept out: needs missed, of how many; talk taken for a need, of how many.
    public var missed: (Int, Int)
    public var needless: (Int, Int)
  }

  public let files: CorpusFiles
  public init(_ files: CorpusFiles) { self.files = files }

  /// Of a corpus read by this version of the features.
  public static func fingerprint(of files: CorpusFiles) -> UInt64 {
    files.hash &+ UInt64(FeatureExtractor.version) &* 0x9E37_79B9_7F4A_7C15
  }

  public func train() -> Result {
    let rows = CorpusGenerator(files).rows()
    var (needs, onKept) = HeadTrainer(tableBits: 16).train(
      rows.map { .init(features: $0.features, truth: $0.needsTools, weight: $0.weight, validates: $0.validates) })
    needs.threshold = Self.needThreshold
    onKept.threshold = Self.needThreshold
    var strong = HeadTrainer(tableBits: 14, rounds: 6).train(
      rows.compactMap { row in
        row.strong.map { .init(features: row.features, truth: $0, weight: row.weight, validates: row.validates) }
      }
    ).head
    strong.threshold = Self.strongThreshold
    let fingerprint = Self.fingerprint(of: files)
    let judged = IntentModel(needsTools: onKept, strongWork: strong, fingerprint: fingerprint)
    var missed = (0, 0)
    var needless = (0, 0)
    for row in rows where row.validates {
      let yes = judged.needs(judged.needsTools.probability(row.features), row.features)
      if row.needsTools {
        missed.1 += 1
        missed.0 += yes ? 0 : 1
      } else {
        needless.1 += 1
        needless.0 += yes ? 1 : 0
      }
    }
    return Result(
      model: IntentModel(needsTools: needs, strongWork: strong, fingerprint: fingerprint),
      messages: rows.count, families: files.families.count, missed: missed, needless: needless)
  }
}
