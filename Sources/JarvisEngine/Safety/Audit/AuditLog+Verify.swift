import Foundation
import GRDB
import JarvisAPI
import JarvisStorage

extension AuditLog {
  /// Rows at the end that a start looks at before it serves; the rest is checked in the background.
  public static let checkedAtStart = 1_000
  /// Rows read at one time: a full check of a long audit holds no snapshot open for all of it.
  static let batch = 2_000

  /// Checks the whole chain against itself, its triggers and the head file; beside a running engine, too.
  ///
  /// - Parameter onlyLast: look at this many rows at the end only; nil for all.
  public func verify(onlyLast limit: Int? = nil) async throws(StorageError) -> AuditVerdict {
    let (head, newest) = try await store.read("check the audit") { db in
      (try AuditChain.head(db), try Int64.fetchOne(db, sql: "SELECT MAX(at) FROM audit") ?? 0)
    }
    let first = limit.map { max(1, head.rows - $0 + 1) } ?? 1
    var check = AuditCheck(head: head, first: first, previous: first == 1 ? "" : nil, newest: newest)
    // From below the first number, too: a row 0 or -1 was put there by somebody.
    var last = first == 1 ? Int.min : first - 1
    while true {
      let from = last
      let rows = try await store.read("check the audit") { db in
        try Row.fetchAll(
          db, sql: "SELECT * FROM audit WHERE number > ? AND number <= ? ORDER BY number LIMIT ?",
          arguments: [from, head.rows, Self.batch]
        ).map { (number: $0["number"] as Int, row: AuditRow($0)) }
      }
      for (number, row) in rows { check.take(row, number: number) }
      guard let newest = rows.last else { break }
      last = newest.number
    }
    // Before and after: an engine at work may add rows between any two looks.
    let before = Result(catching: headFile.read)
    let (hash, newHead, missing) = try await store.read("check the audit") { db in
      let number = try? before.get().rows
      return (
        try number.flatMap { try String.fetchOne(db, sql: "SELECT hash FROM audit WHERE number = ?", arguments: [$0]) },
        try AuditChain.head(db), try Self.missingTriggers(db)
      )
    }
    let after = Result(catching: headFile.read)
    for trigger in missing { check.report("the trigger \(trigger), which forbids changes, is missing") }
    check.extend(to: newHead)
    check.close(before, hashAtNoted: hash, path: headFile.path)
    check.refuseUnwritten(beyond: after)
    return check.verdict
  }

  private static func missingTriggers(_ db: Database) throws -> [String] {
    let present = try String.fetchSet(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return AuditSchema.triggers.filter { !present.contains($0) }
  }

  /// Writes the whole audit as JSON lines, oldest first, and a last line with its head.
  /// - Parameter line: takes one line without its end.
  public func export(_ line: (String) throws -> Void) async throws {
    let head = try await head()
    var after = 0
    while after < head.rows {
      let from = after
      let rows = try await store.read("export the audit") { db in
        try Row.fetchAll(
          db, sql: "SELECT * FROM audit WHERE number > ? AND number <= ? ORDER BY number LIMIT ?",
          arguments: [from, head.rows, Self.batch]
        ).map { (number: $0["number"] as Int, row: AuditRow($0)) }
      }
      for (number, row) in rows {
        try line(row?.exported ?? JSONValue.object(["number": .int(number), "unreadable": true]).text)
      }
      guard let last = rows.last else { break }
      after = last.number
    }
    try line(JSONValue.object(["head": ["rows": .int(head.rows), "hash": .string(head.hash)]]).text)
  }
}

extension AuditRow {
  /// The row as one line of JSON; the body as the text that was hashed.
  fileprivate var exported: String {
    JSONValue.object([
      "number": .int(number), "at": .int(Int(at)), "kind": .string(kind.rawValue),
      "refers_to": refersTo.map { .int($0) } ?? .null, "body": body.map { .string($0) } ?? .null,
      "body_hash": .string(bodyHash), "previous": .string(previous), "hash": .string(hash),
    ]).text
  }
}
