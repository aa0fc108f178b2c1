/// How a cell looks. Colours are resolved by a theme before drawing; the screen maps them to what the terminal has.
public struct Style: Sendable, Hashable {
  /// nil is the terminal's own.
  public var foreground: RGB?
  /// nil is the terminal's own.
  public var background: RGB?
  /// What every terminal can do besides colours.
  public var attributes: Attributes
  /// nil is the terminal's own.
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
  /// The bits, as `jarvis_attributes` of the C shim reads them.
  public let rawValue: UInt8
  /// The bits, as `jarvis_attributes` of the C shim reads them.
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Heavier, or brighter.
  public static let bold = Attributes(rawValue: 1)
  /// Fainter; some terminals ignore it.
  public static let dim = Attributes(rawValue: 2)
  /// Colours exchanged.
  public static let reverse = Attributes(rawValue: 4)
  /// A line below.
  public static let underline = Attributes(rawValue: 8)
  /// Slanted; some terminals ignore it.
  public static let italic = Attributes(rawValue: 16)
}
