import Foundation
import GRDB
import JarvisAPI

/// The table of the audit.
public enum AuditSchema {
  /// Registers the module's migrations; those that have been released are never changed.
  public static func register(in migrator: inout DatabaseMigrator) {
    migrator.registerMigration("actions 1") { db in try makeActionTable(db) }
    migrator.registerMigration("audit 1") { db in
      try db.create(table: "audit") { table in
        table.primaryKey("number", .integer)
        table.column("at", .integer).notNull()
        table.column("kind", .text).notNull()
        table.column("refers_to", .integer)
        table.column("body", .text)
        table.column("body_hash", .text).notNull()
        table.column("previous", .text).notNull()
        table.column("hash", .text).notNull()
      }
      try db.create(index: "audit_kind", on: "audit", columns: ["kind"])
      try db.create(
        index: "audit_refers_to", on: "audit", columns: ["refers_to"], condition: Column("refers_to") != nil)
      try FormerActions.move(db)
      try makeTriggers(db)
    }
    migrator.registerMigration("maintenance 1") { db in
      try db.create(table: "maintenance") { table in
        table.primaryKey("target", .text)
        table.column("since", .double).notNull()
        table.column("until", .double)
        table.column("reason", .text).notNull()
        table.column("by", .text).notNull()
      }
    }
  }

  /// The names of the triggers without which rows could be changed.
  static let triggers = ["audit_no_delete", "audit_no_insert_between", "audit_no_update"]

  /// Rows are added at the end and never changed; only the body of a read that is 30 days older than the newest row may
  /// be forgotten.
  private static func makeTriggers(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
        CREATE TRIGGER audit_no_insert_between BEFORE INSERT ON audit
        WHEN NEW.number IS NOT (SELECT IFNULL(MAX(number), 0) + 1 FROM audit)
        BEGIN SELECT RAISE(ABORT, 'the audit grows at its end only'); END;
        CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
        WHEN NOT (OLD.kind = 'read' AND NEW.body IS NULL
          AND OLD.at < (SELECT MAX(at) FROM audit) - \(AuditLog.readsKeptMilliseconds)
          AND NEW.number = OLD.number AND NEW.at = OLD.at AND NEW.kind = OLD.kind
          AND NEW.refers_to IS OLD.refers_to AND NEW.body_hash = OLD.body_hash
          AND NEW.previous = OLD.previous AND NEW.hash = OLD.hash)
        BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
        """)
  }

  private static func makeActionTable(_ db: Database) throws {
    try db.create(table: "action") { table in
      table.autoIncrementedPrimaryKey("id")
      table.column("tool", .text).notNull()
      table.column("arguments", .text).notNull()
      table.column("call_hash", .text).notNull()
      table.column("caller", .text).notNull()
      table.column("why", .text).notNull()
      // No reference: the record outlives the conversation.
      table.column("conversation", .text)
      table.column("tier", .text).notNull()
      table.column("rule", .text).notNull()
      table.column("target", .text).notNull()
      table.column("approval", .integer)
      table.column("started_at", .double).notNull()
      table.column("ended_at", .double)
      table.column("result", .text).notNull()
      table.column("detail", .text).notNull()
    }
    try db.create(
      index: "action_running", on: "action", columns: ["result"], condition: Column("result") == "running")
    try db.create(index: "action_tier", on: "action", columns: ["tier", "started_at"])
  }
}
