/// What one message costs by each route: before it is sent an estimate, afterwards reckoned from the tokens it took.
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

  /// The sum of two calls; what is unknown of one is unknown of both.
  public static func + (left: Self, right: Self) -> Self {
    func sum(_ path: KeyPath<Self, MicroDollars?>) -> MicroDollars? {
      guard let one = left[keyPath: path], let other = right[keyPath: path] else { return nil }
      return one + other
    }
    return .init(fast: sum(\.fast), strong: sum(\.strong), local: sum(\.local))
  }
}
