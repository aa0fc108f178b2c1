/// Cells that text takes on a terminal, from our own table: libc and terminals disagree (`docs/decisions.md`).
///
/// The unit is the `Character` a person sees. Escape sequences are not known here: text from outside is sanitised
/// before it is measured or drawn.
public enum CellWidth {
  /// Cells of one character: 0 (controls, lone marks), 1 or 2.
  public static func of(_ character: Character) -> Int {
    let utf8 = character.utf8
    if utf8.count == 1, let byte = utf8.first { return byte >= 0x20 && byte < 0x7F ? 1 : 0 }
    return ofCluster(character.unicodeScalars)
  }

  /// Cells of a text, all its characters side by side; newlines and tabs count nothing.
  public static func of(_ text: String) -> Int {
    if let ascii = ofASCII(text) { return ascii }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The count of bytes when all are printable ASCII: most text that is drawn.
  private static func ofASCII(_ text: String) -> Int? {
    for byte in text.utf8 where byte < 0x20 || byte >= 0x7F { return nil }
    return text.utf8.count
  }

  /// Cells of one code point standing alone: 0, 1 or 2.
  static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) ? 0 : 1 }
    // Chrome and graphs: box drawing, blocks, braille.
    if (0x2500...0x259F).contains(value) || (0x2800...0x28FF).contains(value) { return 1 }
    if contains(value, in: CellWidthTable.zero) { return 0 }
    return contains(value, in: CellWidthTable.wide) ? 2 : 1
  }

  /// A cluster is as wide as what its base asks for; what joins on to it never takes it past two cells.
  private static func ofCluster(_ scalars: Character.UnicodeScalarView) -> Int {
    var width = 0
    var base: Unicode.Scalar?
    var isAfterVirama = false
    var isJoined = false
    for scalar in scalars {
      let value = scalar.value
      switch value {
      case 0x200D:
        if !isAfterVirama { isJoined = true }
        continue
      case 0xFE0F:
        if let base, contains(base.value, in: CellWidthTable.emojiOnRequest) { width = 2 }
        continue
      case 0xFE0E:
        if let base, contains(base.value, in: CellWidthTable.textOnRequest) { width = 1 }
        continue
      case 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF:
        // The second half of a flag and a skin tone colour what stands before them.
        if let base, isPictographic(base) { continue }
      default: break
      }
      if isJoined, base != nil { continue }
      let cells = of(scalar)
      if cells > 0 {
        width = isAfterVirama ? 2 : min(2, width + cells)
        isAfterVirama = false
        if base == nil { base = scalar }
      } else if contains(value, in: CellWidthTable.virama) {
        isAfterVirama = true
      } else {
        isAfterVirama = false
        if base != nil, contains(value, in: CellWidthTable.spacingMark) { width = 2 }
      }
    }
    return width
  }

  static func isRegionalIndicator(_ scalar: Unicode.Scalar) -> Bool { (0x1F1E6...0x1F1FF).contains(scalar.value) }

  private static func isPictographic(_ scalar: Unicode.Scalar) -> Bool {
    isRegionalIndicator(scalar) || contains(scalar.value, in: CellWidthTable.pictographic)
  }

  /// Binary search in flat pairs (first, last).
  private static func contains(_ value: UInt32, in ranges: [UInt32]) -> Bool {
    ranges.withUnsafeBufferPointer { table in
      var low = 0
      var high = table.count / 2
      while low < high {
        let middle = (low + high) / 2
        if value < table[middle * 2] {
          high = middle
        } else if value > table[middle * 2 + 1] {
          low = middle + 1
        } else {
          return true
        }
      }
      return false
    }
  }
}
