import GRDB

/// The table of the safety record.
public enum ActionSchema {
  /// Registers the module's migrations; those that have been released are never changed.
  public static func register(in migrator: inout DatabaseMigrator) {
    migrator.registerMigration("actions 1") { db in
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
}
