/// How a cell looks. Colours are resolved by a theme before drawing; the screen maps them to what the terminal has.
public struct Style: Sendable, Hashable {
  /// nil is the terminal's own.
  public var foreground: RGB?
  public var background: RGB?
  public var attributes: Attributes
  public init(foreground: RGB? = nil, background: RGB? = nil, attributes: Attributes = []) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
  /// The terminal's own colours, no attributes.
  public static let plain = Style()

  /// The same with these attributes added.
  public func adding(_ attributes: Attributes) -> Style {
    var style = self
    style.attributes.formUnion(attributes)
    return style
  }

  /// The same in another text colour.
  public func coloured(_ foreground: RGB?) -> Style {
    var style = self
    style.foreground = foreground
    return style
  }

  /// The same on another ground.
  public func on(_ background: RGB?) -> Style {
    var style = self
    style.background = background
    return style
  }
}

/// Attributes of a cell that every terminal knows.
public struct Attributes: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  public static let bold = Attributes(rawValue: 1)
  public static let dim = Attributes(rawValue: 2)
  public static let reverse = Attributes(rawValue: 4)
  public static let underline = Attributes(rawValue: 8)
  public static let italic = Attributes(rawValue: 16)
}
