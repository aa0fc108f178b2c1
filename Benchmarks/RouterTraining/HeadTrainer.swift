import JarvisRouting

/// Trains one head by logistic regression with AdaGrad, in one fixed order and with operations that every IEEE 754 machine
/// does alike: the same corpus gives the same bytes.
struct HeadTrainer {
  struct Example {
    var features: FeatureVector
    var truth: Bool
    var weight: Double
    var validates: Bool
  }

  var tableBits: Int
  var rounds = 6
  var rate = 0.12
  /// Pull of every touched weight towards zero.
  var decay = 2e-6

  /// Fits on the families that are not kept out, calibrates on those that are, then fits again on all with that
  /// calibration: what was kept out is too much of a small corpus to lose.
  func train(_ examples: [Example]) -> (head: LinearHead, judged: LinearHead) {
    let training = examples.filter { !$0.validates }
    var judged = fit(training)
    Self.calibrate(&judged, examples.filter(\.validates))
    var head = fit(examples)
    (head.slope, head.shift) = (judged.slope, judged.shift)
    return (head, judged)
  }

  /// What an example counts so that both answers weigh the same in all.
  private static func factors(_ examples: [Example]) -> (yes: Double, no: Double) {
    let yes = examples.reduce(0.0) { $0 + ($1.truth ? $1.weight : 0) }
    let all = examples.reduce(0.0) { $0 + $1.weight }
    return (all / (2 * yes), all / (2 * (all - yes)))
  }

  private func fit(_ training: [Example]) -> LinearHead {
    let size = 1 << tableBits
    let mask = UInt32(size - 1)
    var weights = [Double](repeating: 0, count: size)
    var squares = [Double](repeating: 1e-3, count: size)
    var bias = 0.0
    var biasSquare = 1e-3
    let (yesFactor, noFactor) = Self.factors(training)
    var random = SplitMix(seed: 0x4A52_5631)
    var order = Array(training.indices)
    for _ in 0..<rounds {
      for index in stride(from: order.count - 1, to: 0, by: -1) { order.swapAt(index, random.below(index + 1)) }
      for index in order {
        let example = training[index]
        let groups = Self.groups(example.features)
        var score = bias
        for group in groups {
          var sum = 0.0
          for feature in group.indices { sum += weights[Int(feature & mask)] }
          score += sum * group.factor
        }
        let truth = example.truth ? 1.0 : 0.0
        let error = (Logistic.probability(score) - truth) * example.weight * (example.truth ? yesFactor : noFactor)
        biasSquare += error * error
        bias -= rate * error / biasSquare.squareRoot()
        for group in groups {
          let gradient = error * group.factor
          for feature in group.indices {
            let slot = Int(feature & mask)
            let step = gradient + decay * weights[slot]
            squares[slot] += step * step
            weights[slot] -= rate * step / squares[slot].squareRoot()
          }
        }
      }
    }
    return Self.quantised(weights, bias: bias)
  }

  private struct Group {
    var indices: [UInt32]
    var factor: Double
  }

  private static func groups(_ features: FeatureVector) -> [Group] {
    func factor(_ count: Int) -> Double { count == 0 ? 0 : LinearHead.groupWeight / Double(count).squareRoot() }
    return [
      Group(indices: features.traits, factor: 1),
      Group(indices: features.words, factor: factor(features.words.count)),
      Group(indices: features.pieces, factor: factor(features.pieces.count)),
    ]
  }

  /// Eight bits a weight; the few largest are cut so that the many small ones keep their differences.
  private static func quantised(_ weights: [Double], bias: Double) -> LinearHead {
    let sizes = weights.map { $0 < 0 ? -$0 : $0 }.sorted()
    let largest = sizes[min(sizes.count - 1, sizes.count - 1 - sizes.count / 2_000)]
    let scale = max(largest, 1e-6) / 127
    return LinearHead(
      weights: weights.map { Int8(max(-127, min(127, ($0 / scale).rounded()))) }, scale: scale, bias: bias)
  }

  /// Platt: slope and shift that make the score a probability, by Newton's method on what was kept out.
  private static func calibrate(_ head: inout LinearHead, _ examples: [Example]) {
    let (yesFactor, noFactor) = factors(examples)
    let scores = examples.map { head.score($0.features) }
    var (slope, shift) = (1.0, 0.0)
    for _ in 0..<25 {
      var (gs, gb, hss, hsb, hbb) = (0.0, 0.0, 1e-6, 0.0, 1e-6)
      for (example, score) in zip(examples, scores) {
        let p = Logistic.probability(slope * score + shift)
        let weight = example.weight * (example.truth ? yesFactor : noFactor)
        let error = (p - (example.truth ? 1 : 0)) * weight
        let curve = p * (1 - p) * weight
        gs += error * score
        gb += error
        hss += curve * score * score
        hsb += curve * score
        hbb += curve
      }
      let determinant = hss * hbb - hsb * hsb
      guard determinant > 1e-9 else { break }
      slope -= (hbb * gs - hsb * gb) / determinant
      shift -= (hss * gb - hsb * gs) / determinant
    }
    if slope > 0 { (head.slope, head.shift) = (slope, shift) }
  }
}
