/// What the cells of one character hold, so that every terminal draws it in exactly the cells that were measured.
///
/// A terminal cell takes one base with a few marks. Terminals and libc disagree on everything richer – joined emoji,
/// flags, skin tones, variation selectors – and a cell that is drawn wider than counted shifts the whole row. So rich
/// clusters are reduced to what all agree on, in the same number of cells: a family to its first person, a flag to its
/// two letters, an emoji-style sign to its plain sign and a space.
enum CellContent: Equatable {
  /// Draws nothing.
  case nothing
  /// One cell.
  case narrow(String)
  /// One glyph over two cells.
  case wide(String)
  /// Two cells with a glyph each.
  case pair(String, String)

  /// ncurses keeps a base and four marks in a cell (`CCHARW_MAX` 5).
  static let maximumScalars = 5

  /// Stands for what no cell can hold.
  static let replacement = "\u{FFFD}"

  init(_ character: Character) {
    let scalars = character.unicodeScalars
    switch CellWidth.of(character) {
    case 0: self = .nothing
    case 1: self = Self.narrowContent(scalars)
    default: self = Self.wideContent(scalars)
    }
  }

  private static func narrowContent(_ scalars: Character.UnicodeScalarView) -> CellContent {
    if scalars.count == 1, let only = scalars.first { return .narrow(String(only)) }
    let parts = split(scalars)
    guard let first = parts.first, let base = first.unicodeScalars.first, CellWidth.of(base) == 1 else {
      return .narrow(replacement)
    }
    return .narrow(first)
  }

  private static func wideContent(_ scalars: Character.UnicodeScalarView) -> CellContent {
    if scalars.count == 1, let only = scalars.first { return .wide(String(only)) }
    if scalars.allSatisfy(CellWidth.isRegionalIndicator) {
      let letters = scalars.map { letter(of: $0) }
      return letters.count > 1 ? .pair(letters[0], letters[1]) : .pair(letters[0], " ")
    }
    let parts = split(scalars)
    guard let first = parts.first, let base = first.unicodeScalars.first else { return .pair(replacement, " ") }
    if CellWidth.of(base) == 2 { return .wide(first) }
    // Two narrow bases: an Indic conjunct. One: an emoji-style sign or a base with a mark that needs room.
    let isJoined = scalars.contains { $0.value == 0x200D }
    if !isJoined, parts.count > 1, let next = parts[1].unicodeScalars.first, CellWidth.of(next) == 1 {
      return .pair(first, parts[1])
    }
    return .pair(first, " ")
  }

  /// Bases, each with the marks behind it; joiners, selectors, tags and skin tones left out.
  private static func split(_ scalars: Character.UnicodeScalarView) -> [String] {
    var parts: [String.UnicodeScalarView] = []
    for scalar in scalars {
      switch scalar.value {
      case 0x200B...0x200F, 0x2060...0x2064, 0xFE00...0xFE0F, 0x1F3FB...0x1F3FF, 0xE0000...0xE0FFF:
        if parts.isEmpty, CellWidth.of(scalar) > 0 { parts.append(.init([scalar])) }
      default:
        if CellWidth.of(scalar) > 0 {
          parts.append(.init([scalar]))
        } else if let last = parts.indices.last, parts[last].count < maximumScalars {
          parts[last].append(scalar)
        }
      }
    }
    return parts.map { String($0) }
  }

  private static func letter(of indicator: Unicode.Scalar) -> String {
    Unicode.Scalar(indicator.value - 0x1F1E6 + 0x41).map { String($0) } ?? replacement
  }
}
