/// FNV-1a over bytes: the same number on every machine, so that weights learned on one serve on all.
struct Hash64: Sendable, Hashable {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  init() {}

  init(_ text: String) {
    for byte in text.utf8 { add(byte) }
  }

  mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  mutating func add(_ other: UInt64) {
    value = (value ^ other) &* 0x9E37_79B9_7F4A_7C15
    value ^= value >> 29
  }
}

/// What is known about a hashed word: a small map whose look-up costs a few nanoseconds.
struct WordMap: Sendable {
  private var keys: [UInt64]
  private var values: [UInt32]
  private let mask: Int

  /// - Parameter words: folded words with what they mean; bits of a repeated word are joined.
  init(_ words: [(UInt64, UInt32)]) {
    var size = 16
    while size < words.count * 2 { size *= 2 }
    keys = Array(repeating: 0, count: size)
    values = Array(repeating: 0, count: size)
    mask = size - 1
    for (key, value) in words where key != 0 {
      var slot = Int(truncatingIfNeeded: key) & mask
      while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
      keys[slot] = key
      values[slot] |= value
    }
  }

  /// The bits of a word; 0 where it is not known.
  subscript(key: UInt64) -> UInt32 {
    var slot = Int(truncatingIfNeeded: key) & mask
    while keys[slot] != 0 {
      if keys[slot] == key { return values[slot] }
      slot = (slot + 1) & mask
    }
    return 0
  }
}
