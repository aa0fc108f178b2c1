import JarvisAPI

/// What one message would cost by each route, before it is sent; an estimate, shown as such.
public struct RouteEstimate: Sendable, Hashable, Codable {
  /// On the fast Claude model; nil where it has no price.
  public var fast: MicroDollars?
  /// On the strong Claude model; nil where it has no price.
  public var strong: MicroDollars?
  /// On the local model; nil where it has no price.
  public var local: MicroDollars?
  public init(fast: MicroDollars?, strong: MicroDollars?, local: MicroDollars?) {
    self.fast = fast
    self.strong = strong
    self.local = local
  }
}
