/// Ways to cut bytes into pieces.
enum Splits {
  /// Two pieces, at every place.
  static func everywhere(_ bytes: [UInt8]) -> [[[UInt8]]] {
    bytes.indices.map { [Array(bytes[..<$0]), Array(bytes[$0...])] }
  }

  static func singleBytes(_ bytes: [UInt8]) -> [[UInt8]] { bytes.map { [$0] } }
}

/// A small generator with a seed: the same cases in every run, and the seed can be told when one fails.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 2 &+ 1 }
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let mixed = (state ^ (state >> 33)) &* 0xff51_afd7_ed55_8ccd
    return mixed ^ (mixed >> 33)
  }
}
