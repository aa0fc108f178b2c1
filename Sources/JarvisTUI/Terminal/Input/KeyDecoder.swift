/// Which key a byte or a sequence stands for (xterm's "PC-style" and VT220 keys, the Linux console's, modifyOtherKeys,
/// and the `CSI u` form).
enum KeyDecoder {
  /// A key of one byte below 0x80.
  static func single(_ byte: UInt8) -> Key? {
    switch byte {
    case 0x00: Key(.character(" "), control: true)
    case 0x08, 0x7F: Key(.backspace)
    case 0x09: Key(.tab)
    case 0x0D: Key(.enter)
    case 0x1B: Key(.escape)
    case 0x01...0x1A: Key(.character(Character(Unicode.Scalar(byte + 0x60))), control: true)
    case 0x1C...0x1F: Key(.character(Character(Unicode.Scalar(byte + 0x40))), control: true)
    case 0x20..<0x7F: Key(.character(Character(Unicode.Scalar(byte))))
    default: nil
    }
  }

  /// The same key with Alt.
  static func withAlt(_ key: Key) -> Key {
    var key = key
    key.alt = true
    return key
  }

  enum ScalarResult: Equatable {
    case scalar(Unicode.Scalar)
    case incomplete, invalid
  }

  /// One code point of UTF-8.
  static func scalar(_ bytes: ArraySlice<UInt8>) -> ScalarResult {
    guard let first = bytes.first else { return .incomplete }
    let length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
    guard length > 0, bytes.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }), bytes.count <= length else {
      return .invalid
    }
    guard bytes.count == length else { return .incomplete }
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return .invalid }
    return .scalar(scalar)
  }

  /// A key behind `Esc O`: keys of the application mode; a number before the letter is its modifiers.
  static func applicationKey(_ bytes: ArraySlice<UInt8>) -> Key? {
    guard let last = bytes.last else { return nil }
    if last == 0x4D { return Key(.enter) }  // keypad
    guard let code = letterCode(last) else { return nil }
    let digit = bytes.first.flatMap { (0x31...0x39).contains($0) ? Int($0 - 0x30) : nil }
    return key(code, modifiers: digit ?? 1)
  }

  /// A key behind `Esc [`.
  static func key(of sequence: ControlSequence) -> Key? {
    switch sequence.final {
    case 0x5A: Key(.backTab)
    case 0x75: coded(sequence.number(0, or: 0), modifiers: sequence.number(1))
    case 0x7E where sequence.number(0) == 27:
      coded(sequence.number(2, or: 0), modifiers: sequence.number(1))
    case 0x7E:
      tildeCode(sequence.number(0)).map { key($0, modifiers: sequence.number(1)) }
    default:
      letterCode(sequence.final).map { key($0, modifiers: sequence.number(1)) }
    }
  }

  private static func letterCode(_ letter: UInt8) -> Key.Code? {
    switch letter {
    case 0x41: .up
    case 0x42: .down
    case 0x43: .right
    case 0x44: .left
    case 0x46: .end
    case 0x48: .home
    case 0x50...0x53: .function(Int(letter) - 0x4F)
    default: nil
    }
  }

  private static func tildeCode(_ number: Int) -> Key.Code? {
    switch number {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23...26: .function(number - 12)
    case 28, 29: .function(number - 13)
    case 31...34: .function(number - 14)
    default: nil
    }
  }

  /// A key by its code point, with modifiers.
  private static func coded(_ code: Int, modifiers: Int) -> Key? {
    switch code {
    case 9 where (modifiers - 1) & 1 != 0: return Key(.backTab)
    case 9: return key(.tab, modifiers: modifiers)
    case 13: return key(.enter, modifiers: modifiers)
    case 27: return key(.escape, modifiers: modifiers)
    case 8, 127: return key(.backspace, modifiers: modifiers)
    case 0..<32, 0x80..<0xA0: return nil
    default:
      // 57344 and on: keys without a character (media, lone modifiers).
      guard !(57_344...63_743).contains(code), let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) else {
        return nil
      }
      return key(.character(Character(scalar)), modifiers: modifiers)
    }
  }

  /// - Parameter modifiers: one more than the sum of shift 1, alt 2, control 4.
  private static func key(_ code: Key.Code, modifiers: Int) -> Key {
    let bits = max(0, modifiers - 1)
    return Key(code, control: bits & 4 != 0, alt: bits & 2 != 0, shift: bits & 1 != 0)
  }
}
