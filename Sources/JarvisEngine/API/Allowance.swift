import Foundation

/// An allowance's identity: small numbers, as an approval's.
public struct AllowanceID: Codable, Sendable, Hashable, RawRepresentable, Comparable {
  public var rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A person's standing consent to one YELLOW tool on one target, for as long as this screen stays attached.
public struct Allowance: Codable, Sendable, Hashable, Identifiable {
  public var id: AllowanceID
  public var tool: String
  /// "pihole (102) on agent".
  public var target: String
  /// The exact command where the tool runs one; it allows no other text.
  public var exactText: String?
  public var since: Date
  /// Calls that it has let through.
  public var uses: Int
  /// What it lets through, in words: "backup_guest on pihole (102) with exactly mode=snapshot, asked by the model".
  public var scope: String

  public init(
    id: AllowanceID, tool: String, target: String, exactText: String? = nil, since: Date, uses: Int = 0,
    scope: String = ""
  ) {
    self.id = id
    self.tool = tool
    self.target = target
    self.exactText = exactText
    self.since = since
    self.uses = uses
    self.scope = scope
  }
}
