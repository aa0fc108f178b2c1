/// One cell of the screen.
public struct Cell: Sendable, Hashable {
  /// One grapheme of width 1 or 2; the empty string in the second half of a wide one.
  public var text: String
  /// How it looks.
  public var style: Style
  /// How it looks.
  public init(text: String = " ", style: Style = .plain) {
    self.text = text
    self.style = style
  }

  /// The right half of a wide character.
  var isSecondHalf: Bool { text.isEmpty }

  /// The text of each printable ASCII character, made once: most cells hold one of these.
  static let asciiTexts: [String] = (0x20..<0x7F).map { String(Unicode.Scalar(UInt8($0))) }
}
