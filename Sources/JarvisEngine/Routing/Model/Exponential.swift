/// e to a power, by operations that IEEE 754 fixes to the last bit: the C library's may differ between machines, and then
/// training would not reproduce the weights.
enum Exponential {
  /// Of a finite number; beyond ±700 the number's end.
  static func of(_ x: Double) -> Double {
    let bounded = min(700, max(-700, x))
    // x = n · ln 2 + rest, with ln 2 in two parts so that the rest is exact enough.
    let count = (bounded * 1.442_695_040_888_963_4).rounded()
    let rest = bounded - count * 0.693_147_180_369_123_8 - count * 1.908_214_929_270_587_7e-10
    var term = 1.0
    var sum = 1.0
    for power in 1...14 {
      term = term * rest / Double(power)
      sum += term
    }
    return Double(sign: .plus, exponent: Int(count), significand: sum)
  }
}

/// Scores and probabilities.
public enum Logistic {
  /// 1 / (1 + e^-score).
  public static func probability(_ score: Double) -> Double { 1 / (1 + Exponential.of(-score)) }
}
