import JarvisAPI

/// Joins two orders of the same hits: the one by words and the one by meaning.
enum RankFusion {
  /// The constant of reciprocal rank fusion (Cormack et al. 2009): how little the very first places count.
  static let constant = 60.0

  /// The hits in the order of both; unchanged where the server gives no vectors.
  static func fuse(_ found: Recalled, question: String, _ embedder: any Embedder) async -> Recalled {
    let vectors: [[Float]]
    do {
      vectors = try await embedder.vectors(for: [question] + found.hits.map(\.item.text))
    } catch {
      // Without vectors everything works, by words alone.
      return found
    }
    guard vectors.count == found.hits.count + 1, let asked = vectors.first, !asked.isEmpty,
      vectors.allSatisfy({ $0.count == asked.count })
    else { return found }
    let nearness = vectors.dropFirst().map { cosine(asked, $0) }
    let byMeaning = nearness.indices.sorted { nearness[$0] > nearness[$1] }
    var points = found.hits.indices.map { 1 / (constant + Double($0) + 1) }
    for (rank, index) in byMeaning.enumerated() { points[index] += 1 / (constant + Double(rank) + 1) }
    let order = points.indices.sorted { (points[$0], $1) > (points[$1], $0) }
    var fused = found
    fused.hits = order.map { Recalled.Hit(item: found.hits[$0].item, score: points[$0]) }
    return fused
  }

  private static func cosine(_ left: [Float], _ right: [Float]) -> Float {
    var (product, first, second) = (Float(0), Float(0), Float(0))
    for (a, b) in zip(left, right) {
      product += a * b
      first += a * a
      second += b * b
    }
    let length = (first * second).squareRoot()
    return length > 0 ? product / length : 0
  }
}
