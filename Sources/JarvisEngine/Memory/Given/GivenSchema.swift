import GRDB

/// The tables of what models were given of memory: by item, so that what is forgotten can be taken out of what was sent.
public enum GivenSchema {
  /// Registers the module's migrations, after those of `MemorySchema`; released ones are never changed.
  public static func register(in migrator: inout DatabaseMigrator) {
    migrator.registerMigration("memory given 1") { db in
      try db.create(table: "memory_given") { table in
        table.autoIncrementedPrimaryKey("place")
        table.column("conversation", .text).notNull().indexed().references("conversation", onDelete: .cascade)
        // The answer that it stood before; null for the opening memory.
        table.column("message", .text).indexed()
        // Not the text: what is forgotten is to be in no second place.
        table.column("item", .text).notNull().indexed()
        table.column("section", .text).notNull()
        table.column("tokens", .integer).notNull()
      }
      try db.create(table: "memory_opening") { table in
        table.primaryKey("conversation", .text).references("conversation", onDelete: .cascade)
        table.column("text", .text).notNull()
      }
      // Who goes on with an expired conversation begins a life of its turns anew.
      try db.execute(
        sql: """
          CREATE TRIGGER conversation_resumed AFTER INSERT ON message BEGIN
            UPDATE conversation SET expired_at = NULL WHERE id = new.conversation AND expired_at IS NOT NULL;
          END
          """)
    }
  }
}
