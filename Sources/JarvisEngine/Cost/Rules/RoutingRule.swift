import Foundation
import JarvisAPI

/// One of the operator's own rules: messages of a pattern, or turns that use a tool, go to a route (ROUTE-07).
public struct RoutingRule: Codable, Sendable, Hashable, Identifiable {
  public enum Kind: String, Codable, Sendable, Hashable {
    /// `pattern` is words of a message; `*` stands for any words.
    case pattern
    /// `pattern` is a tool's name.
    case tool
  }
  /// The number that `/route delete` takes.
  public var id: Int64
  public var kind: Kind
  public var pattern: String
  /// Where they go.
  public var choice: RouteChoice
  public var createdAt: Date
  /// True where it was remembered from a correction, not written by the operator.
  public var learned: Bool

  public init(id: Int64 = 0, kind: Kind, pattern: String, choice: RouteChoice, createdAt: Date, learned: Bool = false) {
    self.id = id
    self.kind = kind
    self.pattern = pattern
    self.choice = choice
    self.createdAt = createdAt
    self.learned = learned
  }

  /// As the operator wrote it: "backup report", "tool=journal".
  public var words: String { kind == .tool ? "tool=" + pattern : pattern }
}
