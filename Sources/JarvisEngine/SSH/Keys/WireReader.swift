/// Reads SSH's wire format (RFC 4251, 5): big-endian numbers and strings with their length.
struct WireReader {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

  mutating func number() -> UInt32? {
    guard bytes.count >= 4 else { return nil }
    defer { bytes = bytes.dropFirst(4) }
    return bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  mutating func byte() -> UInt8? { bytes.popFirst() }

  mutating func string() -> [UInt8]? {
    guard let length = number(), bytes.count >= Int(length) else { return nil }
    defer { bytes = bytes.dropFirst(Int(length)) }
    return Array(bytes.prefix(Int(length)))
  }

  mutating func skip(_ expected: [UInt8]) -> Bool {
    guard bytes.starts(with: expected) else { return false }
    bytes = bytes.dropFirst(expected.count)
    return true
  }

  /// The first string as text, where it is a plain name.
  func text() -> String? {
    var copy = self
    guard let string = copy.string(), !string.isEmpty, string.count <= 64,
      string.allSatisfy({ (0x21..<0x7F).contains($0) })
    else { return nil }
    return String(decoding: string, as: UTF8.self)
  }
}

/// Builds the same format.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func byte(_ value: UInt8) { bytes.append(value) }

  mutating func number(_ value: UInt32) {
    for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) }
  }

  mutating func string(_ value: [UInt8]) {
    number(UInt32(value.count))
    bytes += value
  }
}
