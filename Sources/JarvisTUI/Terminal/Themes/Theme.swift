/// How everything looks: styles by scope, gradients and glyphs, all colours resolved.
///
/// Scopes are dotted names with fallback: "badge.claude" falls back to "badge" and that to "text".
public struct Theme: Sendable, Equatable {
  /// What a theme is made for.
  public enum Kind: String, Sendable, CaseIterable {
    case dark, light
    /// No colours at all, attributes only.
    case mono
  }

  /// As its file says, else the name of the file.
  public var name: String
  /// What it is made for.
  public var kind: Kind
  /// The characters it draws with.
  public var glyphs: Glyphs
  var scopes: [String: Style]
  var gradients: [String: [RGB]]

  init(
    name: String, kind: Kind, glyphs: Glyphs, scopes: [String: Style] = [:], gradients: [String: [RGB]] = [:]
  ) {
    self.name = name
    self.kind = kind
    self.glyphs = glyphs
    self.scopes = scopes
    self.gradients = gradients
  }

  /// No colours, no attributes: for tests that look at words only.
  public static let plain = Theme(name: "plain", kind: .mono, glyphs: .of(.braille))

  /// The style of a scope, e.g. "panel.title".
  public func style(_ scope: String) -> Style {
    if let style = scopes[scope] { return style }
    var name = Substring(scope)
    while let dot = name.lastIndex(of: ".") {
      name = name[..<dot]
      if let style = scopes[String(name)] { return style }
    }
    return scopes["text"] ?? .plain
  }

  /// The colour at `position` 0…1 of a named gradient, e.g. "cpu", on the ground of "text".
  /// Positions outside are held to the ends; a gradient that the theme does not have is plain text.
  public func gradient(_ name: String, at position: Double) -> Style {
    let text = style("text")
    guard let steps = gradients[name], let last = steps.indices.last else { return text }
    let share = position.isNaN ? 0 : min(1, max(0, position))
    return text.coloured(steps[Int((share * Double(last)).rounded())])
  }

  /// The same theme with another set of glyphs: ASCII where the locale is not UTF-8.
  public func with(glyphs level: Glyphs.Level) -> Theme {
    var theme = self
    if level != glyphs.level { theme.glyphs = .of(level) }
    return theme
  }
}
