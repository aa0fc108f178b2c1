/// Folds text for comparing: lower case, no diacritics; Latin letters become ASCII, other scripts stay.
///
/// By a table and not by Foundation, because a decision has a hundred microseconds for all of it.
enum Folding {
  /// What a scalar is once it is folded.
  enum Piece {
    /// One ASCII letter or digit, lower case.
    case ascii(UInt8)
    /// A ligature or ß: two ASCII letters.
    case two(UInt8, UInt8)
    /// A letter of another script, as it is.
    case letter(Unicode.Scalar)
    /// A combining mark: nothing.
    case nothing
    /// Anything that parts words.
    case separator(Unicode.Scalar)
  }

  /// U+00C0 to U+017F as ASCII; a space where the scalar is no letter.
  private static let latin: [UInt8] = Array(
    ("aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggg"
      + "gggghhhhiiiiiiiiiiiijjkkkllllll  llnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs").utf8)

  static func fold(_ scalar: Unicode.Scalar) -> Piece {
    let value = scalar.value
    switch value {
    case 0x61...0x7A, 0x30...0x39: return .ascii(UInt8(value))
    case 0x41...0x5A: return .ascii(UInt8(value + 0x20))
    case 0..<0xC0: return .separator(scalar)
    case 0xDF: return .two(0x73, 0x73)
    case 0xC6, 0xE6: return .two(0x61, 0x65)
    case 0x152, 0x153: return .two(0x6F, 0x65)
    case 0xC0..<0x180:
      let letter = latin[Int(value - 0xC0)]
      return letter == 0x20 ? .separator(scalar) : .ascii(letter)
    case 0x300...0x36F: return .nothing
    case 0x2000...0x2BFF, 0x3000...0x303F, 0xFE00...0xFE0F, 0xFF00...0xFF0F, 0x1F000...0x1FFFF:
      return .separator(scalar)
    default: return .letter(scalar)
    }
  }
}
