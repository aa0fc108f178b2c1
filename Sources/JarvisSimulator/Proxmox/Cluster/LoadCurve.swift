import Foundation

/// A plausible load over time: a level with a daily rise and fall and several slow and fast waves on it.
///
/// It is a pure function of time with a closed integral, so that a counter of bytes fits the rate that a graph shows, and
/// an idle simulation computes nothing.
struct LoadCurve: Sendable {
  private struct Wave: Sendable {
    /// Share of the level.
    var amplitude: Double
    /// Seconds.
    var period: Double
    var phase: Double
  }

  /// The mean.
  let level: Double
  private let waves: [Wave]

  /// Amplitudes and periods (seconds) of the waves; the amplitudes add up to less than 1, so no load is negative.
  private static let shape: [(amplitude: Double, period: Double)] = [
    (0.24, 86_400), (0.17, 5_407), (0.16, 1_021), (0.14, 233), (0.12, 67), (0.10, 29),
  ]

  init(level: Double, seed: UInt64) {
    self.level = level
    var random = SeededRandom(seed: seed)
    waves = Self.shape.enumerated().map { index, shape in
      guard index > 0 else {
        // The daily wave keeps its period, and peaks in the evening for everybody: 21:00 UTC, give or take an hour.
        let peak = (21 + random.unit() * 2 - 1) / 24
        return Wave(amplitude: shape.amplitude, period: shape.period, phase: -2 * .pi * peak)
      }
      let period = shape.period * (0.9 + random.unit() * 0.2)
      return Wave(amplitude: shape.amplitude, period: period, phase: random.unit() * 2 * .pi)
    }
  }

  /// The load at a time in seconds since 1970; never negative.
  func value(at time: Double) -> Double {
    var sum = 1.0
    for wave in waves {
      sum += wave.amplitude * cos(2 * .pi * time / wave.period + wave.phase)
    }
    return level * sum
  }

  /// The load summed over the seconds of a span.
  func total(from: Double, to: Double) -> Double {
    guard to > from else { return 0 }
    var sum = to - from
    for wave in waves {
      let scale = 2 * .pi / wave.period
      sum += wave.amplitude / scale * (sin(scale * to + wave.phase) - sin(scale * from + wave.phase))
    }
    return level * sum
  }
}
