import GRDB

/// The tables of the conversation tier: what was said, and what goes to a model as its history.
///
/// `message.position` and `history.position` are rowids that are never reused, so that search tables and summaries can
/// refer to a row for as long as anything may remember it.
public enum ConversationSchema {
  /// Registers the module's migrations; those that have been released are never changed.
  public static func register(in migrator: inout DatabaseMigrator) {
    migrator.registerMigration("conversations 1") { db in
      try db.create(table: "conversation") { table in
        table.primaryKey("id", .text)
        table.column("title", .text).notNull()
        table.column("created_at", .double).notNull()
        table.column("updated_at", .double).notNull().indexed()
      }
      try db.create(table: "message") { table in
        table.autoIncrementedPrimaryKey("position")
        table.column("id", .text).notNull().unique()
        table.column("conversation", .text).notNull().indexed().references("conversation", onDelete: .cascade)
        table.column("role", .text).notNull()
        table.column("state", .text).notNull()
        table.column("at", .double).notNull()
        table.column("text", .text).notNull()
        // JSON, null where there is none.
        table.column("badge", .text)
        table.column("tools", .text)
      }
      // At start, what a dead engine left half done is looked for.
      try db.create(
        index: "message_unfinished", on: "message", columns: ["state"],
        condition: ["streaming", "queued"].contains(Column("state")))
      try db.create(table: "history") { table in
        table.autoIncrementedPrimaryKey("position")
        table.column("conversation", .text).notNull().indexed().references("conversation", onDelete: .cascade)
        // Opaque to the store: the chat gives it and takes it back byte-equal.
        table.column("content", .text).notNull()
      }
    }
    migrator.registerMigration("conversations 2") { db in
      // Where its messages go; null leaves it to the router.
      try db.alter(table: "conversation") { $0.add(column: "pin", .text) }
    }
  }
}
