import Foundation

/// A small random number generator (SplitMix64) whose numbers follow from its seed alone: same seed, same history.
public struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) {
    state = seed
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number in 0..<1.
  mutating func unit() -> Double {
    Double(next() >> 11) / Double(1 << 53)
  }

  /// A waiting time with this mean, as between events that know nothing of each other; never less than a tenth of it.
  mutating func wait(mean: Double) -> Double {
    max(mean / 10, -mean * log(1 - unit()))
  }

  /// Lower-case hexadecimal digits.
  mutating func hex(_ digits: Int) -> String {
    var text = ""
    while text.count < digits {
      let part = String(next(), radix: 16)
      text += String(repeating: "0", count: 16 - part.count) + part
    }
    return String(text.prefix(digits))
  }

  /// A UUID of version 4, lower case.
  mutating func uuid() -> String {
    let digits = hex(31)
    func part(_ from: Int, _ count: Int) -> String { String(digits.dropFirst(from).prefix(count)) }
    return "\(part(0, 8))-\(part(8, 4))-4\(part(12, 3))-a\(part(15, 3))-\(part(18, 12))"
  }

  /// A seed that follows from a text and another seed: each thing in the cluster has its own curve.
  static func seed(_ text: String, _ seed: UInt64) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
    for byte in text.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    return hash
  }
}
