import CNcurses
import Glibc

/// Makes of a cell's text what ncurses can take without losing step: ncurses counts cells by libc's table, which is
/// older than ours, so whatever the two disagree on is replaced by something of the same width.
struct CellEncoder {
  /// What is written for one cell of the canvas, or for a wide one.
  struct Encoded {
    /// A base and its marks, ended by 0.
    var text: [wchar_t]
    /// Cells that it takes in libc's eyes; a wide cell that comes out as 1 needs a space behind it.
    var width: Int
  }

  private let isUTF8: Bool
  private var known: [Key: Encoded] = [:]

  private struct Key: Hashable {
    let glyph: Glyph
    let isWide: Bool
  }

  /// Texts remembered; screens show some hundreds of different ones.
  static let maximumKnown = 4_096

  init(isUTF8: Bool) { self.isUTF8 = isUTF8 }

  /// - Parameter isWide: whether the canvas gives it two cells.
  mutating func encode(_ glyph: Glyph, isWide: Bool) -> Encoded {
    if !isWide, let byte = glyph.ascii {
      return Encoded(text: [wchar_t(byte >= 0x20 && byte < 0x7F ? byte : 0x20), 0], width: 1)
    }
    let key = Key(glyph: glyph, isWide: isWide)
    if let encoded = known[key] { return encoded }
    let encoded = make(glyph.text, cells: isWide ? 2 : 1)
    if known.count >= Self.maximumKnown { known.removeAll(keepingCapacity: true) }
    known[key] = encoded
    return encoded
  }

  private func make(_ text: String, cells: Int) -> Encoded {
    var scalars = text.unicodeScalars.makeIterator()
    guard let base = scalars.next(), isUTF8, Int(jarvis_libc_width(base.value)) == cells else {
      return Encoded(text: [isUTF8 ? 0xFFFD : 0x3F, 0], width: 1)
    }
    var result = [wchar_t(base.value)]
    while let mark = scalars.next(), result.count < CellContent.maximumScalars {
      if jarvis_libc_width(mark.value) == 0 { result.append(wchar_t(mark.value)) }
    }
    return Encoded(text: result + [0], width: cells)
  }
}
