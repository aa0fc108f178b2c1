import Foundation
import GRDB
import JarvisAPI

/// One thing to be written into the audit.
public struct AuditStep: Sendable, Hashable {
  public var kind: AuditKind
  public var refersTo: Int?
  /// Redacted already.
  public var body: JSONValue
  /// Milliseconds since 1970.
  var at: Int64

  init(_ kind: AuditKind, refersTo: Int? = nil, body: JSONValue, at: Int64) {
    self.kind = kind
    self.refersTo = refersTo
    self.body = body
    self.at = at
  }
}

/// The chain in the database, inside whatever transaction its caller holds.
enum AuditChain {
  /// The newest row's number and hash.
  static func head(_ db: Database) throws -> AuditHead {
    let row = try Row.fetchOne(db, sql: "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")
    return row.map { AuditHead(rows: $0["number"], hash: $0["hash"]) } ?? .empty
  }

  /// Adds a row behind `head`.
  /// - Returns: the new head.
  static func append(_ step: AuditStep, at: Int64, behind head: AuditHead, in db: Database) throws -> AuditHead {
    let row = AuditRow(after: head, at: at, kind: step.kind, refersTo: step.refersTo, body: step.body)
    try db.execute(
      sql: """
        INSERT INTO audit (number, at, kind, refers_to, body, body_hash, previous, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        row.number, row.at, row.kind.rawValue, row.refersTo, row.body, row.bodyHash, row.previous, row.hash,
      ])
    return AuditHead(rows: row.number, hash: row.hash)
  }
}

extension AuditRow {
  /// - Returns: nil for a row that holds what no Jarvis writes.
  init?(_ row: Row) {
    guard let number = row["number"] as Int?, let at = row["at"] as Int64?,
      let kind = (row["kind"] as String?).flatMap(AuditKind.init(rawValue:)),
      let bodyHash = row["body_hash"] as String?, let previous = row["previous"] as String?,
      let hash = row["hash"] as String?
    else { return nil }
    self.init(
      number: number, at: at, kind: kind, refersTo: row["refers_to"], body: row["body"], bodyHash: bodyHash,
      previous: previous, hash: hash)
  }
}
