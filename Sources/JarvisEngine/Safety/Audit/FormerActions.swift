import Foundation
import GRDB
import JarvisAPI

/// Takes the record of version 0.1, a table whose rows could be changed, into the audit.
enum FormerActions {
  static func move(_ db: Database) throws {
    var head = AuditHead.empty
    let rows = try Row.fetchCursor(db, sql: "SELECT * FROM action ORDER BY id")
    while let row = try rows.next() {
      // A row with words of no version would not have been written by any; it is left out rather than made up.
      guard let record = record(row) else { continue }
      for step in record.steps(refersTo: head.rows + 1) {
        head = try AuditChain.append(step, at: step.at, behind: head, in: db)
      }
    }
    try db.drop(table: "action")
  }

  private static func record(_ row: Row) -> ActionRecord? {
    guard let caller = Caller(rawValue: row["caller"]), let tier = SafetyTier(rawValue: row["tier"]),
      let result = ActionRecord.Result(rawValue: row["result"])
    else { return nil }
    return ActionRecord(
      tool: row["tool"], arguments: row["arguments"], callHash: row["call_hash"], caller: caller, why: row["why"],
      conversation: (row["conversation"] as String?).map(ConversationID.init(rawValue:)), tier: tier,
      rule: row["rule"], target: row["target"], approval: (row["approval"] as Int?).map(ApprovalID.init(rawValue:)),
      startedAt: Date(timeIntervalSince1970: row["started_at"]),
      endedAt: (row["ended_at"] as Double?).map(Date.init(timeIntervalSince1970:)), result: result,
      detail: row["detail"])
  }
}
