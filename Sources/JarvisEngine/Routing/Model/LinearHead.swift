/// One yes-or-no question to a message: a weight per feature, their sum, and a calibration that makes it a probability.
public struct LinearHead: Sendable, Hashable {
  /// A power of two; a feature's index is taken by its low bits.
  public var weights: [Int8]
  /// What one step of a weight is worth.
  public var scale: Double
  public var bias: Double
  /// Platt's calibration: probability = logistic(slope · score + shift), fitted on templates kept out of the training.
  public var slope: Double
  public var shift: Double
  /// From this probability on the answer is yes.
  public var threshold: Double

  public init(
    weights: [Int8], scale: Double, bias: Double, slope: Double = 1, shift: Double = 0, threshold: Double = 0.5
  ) {
    self.weights = weights
    self.scale = scale
    self.bias = bias
    self.slope = slope
    self.shift = shift
    self.threshold = threshold
  }

  /// The weight of the two large groups as a whole: their sums are divided by the root of their length, so that a long
  /// message is no surer than a short one.
  public static let groupWeight = 2.0

  public func score(_ features: FeatureVector) -> Double {
    let mask = UInt32(weights.count - 1)
    func sum(_ indices: [UInt32]) -> Double {
      var sum = 0
      weights.withUnsafeBufferPointer { table in
        for index in indices { sum += Int(table[Int(index & mask)]) }
      }
      return Double(sum)
    }
    func group(_ indices: [UInt32]) -> Double {
      indices.isEmpty ? 0 : sum(indices) * Self.groupWeight / Double(indices.count).squareRoot()
    }
    return bias + scale * (sum(features.traits) + group(features.words) + group(features.pieces))
  }

  /// 0…1, calibrated.
  public func probability(_ features: FeatureVector) -> Double {
    Logistic.probability(slope * score(features) + shift)
  }
}
