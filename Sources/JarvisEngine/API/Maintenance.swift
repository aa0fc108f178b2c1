import Foundation

/// Silence for one target: its findings and runbooks rest. No kill switch: whoever asks may still act on it.
public struct Maintenance: Codable, Sendable, Hashable, Identifiable {
  /// A node's name or a guest's vmid, as the cluster knows it.
  public var target: String
  public var since: Date
  /// nil where it lasts until it is ended, e.g. HA's own maintenance of a node.
  public var until: Date?
  public var reason: String
  /// Who began it: "screen", "command line", "HA".
  public var by: String
  public var id: String { target }

  public init(target: String, since: Date, until: Date?, reason: String, by: String) {
    self.target = target
    self.since = since
    self.until = until
    self.reason = reason
    self.by = by
  }
}
