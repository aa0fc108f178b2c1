import Foundation

/// The kill switch while it is on: no mutation runs, whoever asks (FOUND-08). Where it is off there is no value.
public struct Freeze: Codable, Sendable, Hashable {
  /// The person's words; for an unreadable record, what is wrong with it.
  public var reason: String
  public var since: Date
  /// When it ends by itself; nil until it is lifted.
  public var until: Date?
  /// Who set it: "screen", "command line", "Jarvis" for what counts as frozen.
  public var by: String
  /// True where the record cannot be read and therefore counts as frozen.
  public var unreadable: Bool

  public init(reason: String, since: Date, until: Date? = nil, by: String, unreadable: Bool = false) {
    self.reason = reason
    self.since = since
    self.until = until
    self.by = by
    self.unreadable = unreadable
  }
}
