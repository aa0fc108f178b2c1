import Foundation

/// What the status line says about the safety record and the rules: short hashes, and whether they are what they were.
public struct SafetyStamp: Codable, Sendable, Hashable {
  public enum Audit: Codable, Sendable, Hashable {
    /// Not checked yet since the start.
    case unknown
    case ok
    /// Something was changed, left out or cut off; the text says where.
    case broken(String)
  }

  /// Of all tools, their tiers and the policy file; eight hexadecimal digits.
  public var tableHash: String
  /// Of the newest row of the audit; eight hexadecimal digits, empty for an empty audit.
  public var auditHead: String
  /// Rows in the audit.
  public var auditRows: Int
  public var audit: Audit
  /// What is no longer as at the last visit, a sentence each; empty where nothing needs a look.
  public var changedSinceLastVisit: [String]
  /// What is wrong with the rules themselves, e.g. a policy file that could not be reloaded; a sentence each.
  public var warnings: [String]

  public init(
    tableHash: String = "", auditHead: String = "", auditRows: Int = 0, audit: Audit = .unknown,
    changedSinceLastVisit: [String] = [], warnings: [String] = []
  ) {
    self.tableHash = tableHash
    self.auditHead = auditHead
    self.auditRows = auditRows
    self.audit = audit
    self.changedSinceLastVisit = changedSinceLastVisit
    self.warnings = warnings
  }
}
