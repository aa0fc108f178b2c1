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
  public static let plain = Style()
}

public struct RGB: Sendable, Hashable {
  public var red: UInt8
  public var green: UInt8
  public var blue: UInt8
  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }
}

public struct Attributes: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  public static let bold = Attributes(rawValue: 1)
  public static let dim = Attributes(rawValue: 2)
  public static let reverse = Attributes(rawValue: 4)
  public static let underline = Attributes(rawValue: 8)
  public static let italic = Attributes(rawValue: 16)
}
