/// One cell of the screen.
public struct Cell: Sendable, Hashable {
  /// One grapheme of width 1 or 2; empty in the second half of a wide one.
  public var glyph: Glyph
  /// How it looks.
  public var style: Style

  init(glyph: Glyph, style: Style) {
    self.glyph = glyph
    self.style = style
  }

  /// A cell that holds this grapheme.
  public init(text: String = " ", style: Style = .plain) {
    self.init(glyph: Glyph(text), style: style)
  }

  /// What it holds; the empty string in the second half of a wide character.
  public var text: String { glyph.text }

  /// The right half of a wide character.
  var isSecondHalf: Bool { glyph.isEmpty }
}
