import Foundation
import JarvisAPI

/// What a row of the audit tells.
public enum AuditKind: String, Codable, Sendable, Hashable, CaseIterable {
  /// A GREEN call that ran, start and end in one.
  case read
  /// A call above GREEN is about to run.
  case begin
  /// How the call of an earlier row ended.
  case end
  /// A call that did not run: refused, expired, void, stopped.
  case refusal
  case freeze, unfreeze
  case allow, revoke
  case shellOpened, shellClosed
  /// The policy file was read or read again.
  case policy
  /// A certificate, host key or authority was trusted, or one was dropped.
  case pin
  /// Where Jarvis lives was confirmed, or has moved.
  case home
  case maintenance
  /// The audit itself was found wanting; `verify` tells of it for good.
  case fault
}

/// One link of the chain.
///
/// `hash` is SHA-256 over the row's own fields and the hash before it; the body stands in it by its own hash, so that the
/// body of an old read can be forgotten and the chain still holds.
public struct AuditRow: Sendable, Hashable {
  /// 1, 2, 3 … without a gap.
  public var number: Int
  /// Milliseconds since 1970: a whole number has one text.
  public var at: Int64
  public var kind: AuditKind
  /// The row whose call this one ends.
  public var refersTo: Int?
  /// Canonical JSON (sorted keys), redacted; nil where an old read's was forgotten.
  public var body: String?
  public var bodyHash: String
  /// The hash of the row before; empty for the first.
  public var previous: String
  public var hash: String

  init(
    number: Int, at: Int64, kind: AuditKind, refersTo: Int?, body: String?, bodyHash: String, previous: String,
    hash: String
  ) {
    self.number = number
    self.at = at
    self.kind = kind
    self.refersTo = refersTo
    self.body = body
    self.bodyHash = bodyHash
    self.previous = previous
    self.hash = hash
  }

  /// The next link behind `last`.
  init(after last: AuditHead, at: Int64, kind: AuditKind, refersTo: Int?, body: JSONValue) {
    let text = body.text
    self.init(
      number: last.rows + 1, at: at, kind: kind, refersTo: refersTo, body: text, bodyHash: SHA256.hexadecimal(text),
      previous: last.hash, hash: "")
    hash = expectedHash
  }

  /// What `hash` must be.
  var expectedHash: String {
    let refers = refersTo.map(String.init) ?? "-"
    return SHA256.hexadecimal("jarvis-audit-1\n\(number)\n\(at)\n\(kind.rawValue)\n\(refers)\n\(bodyHash)\n\(previous)")
  }

  public var date: Date { Date(timeIntervalSince1970: Double(at) / 1_000) }

  static func milliseconds(_ date: Date) -> Int64 { Int64((date.timeIntervalSince1970 * 1_000).rounded()) }
}

/// How long the audit is and what its newest hash is: enough to find that its tail was cut off.
public struct AuditHead: Codable, Sendable, Hashable {
  public var rows: Int
  /// Empty for an empty audit.
  public var hash: String
  public init(rows: Int, hash: String) {
    self.rows = rows
    self.hash = hash
  }

  public static let empty = AuditHead(rows: 0, hash: "")
}
