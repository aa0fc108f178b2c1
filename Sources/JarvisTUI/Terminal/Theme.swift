/// Colours by scope: dotted names with fallback, so that "badge.claude" falls back to "badge" and that to "text".
public struct Theme: Sendable {
  public var name: String
  /// The style of a scope, e.g. "panel.title".
  public func style(_ scope: String) -> Style { .plain }
  /// The colour at `position` 0…1 of a named gradient, e.g. "cpu".
  public func gradient(_ name: String, at position: Double) -> Style { .plain }
}
