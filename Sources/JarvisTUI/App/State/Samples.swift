/// A bounded history of one figure, oldest first; nil where nobody told it.
struct Samples: Sendable, Equatable {
  private(set) var values: [Double?] = []
  /// How many older ones were let go: a graph moves by whole cells because it knows.
  private(set) var dropped = 0

  var last: Double? { values.last ?? nil }

  mutating func append(_ value: Double?) {
    values.append(value)
    let excess = values.count - AppLimits.samplesKept
    if excess > 0 {
      values.removeFirst(excess)
      dropped += excess
    }
  }
}
