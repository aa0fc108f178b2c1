import Foundation

/// A person's own interactive shell on a node, granted by the engine so that its opening and closing are recorded.
///
/// What is typed in it is not read by the gate and cannot be.
public struct ShellVisit: Codable, Sendable, Hashable, Identifiable {
  public var id: String
  public var node: String
  public var since: Date
  public init(id: String, node: String, since: Date) {
    self.id = id
    self.node = node
    self.since = since
  }
}
