import GRDB
import JarvisAPI

/// The tables of what is remembered: one for the items, one full-text index a tier, one of trigrams for identifiers.
///
/// The indexes hold no text of their own (`content` is a view of the items): what is removed from the items is in no second
/// place, and a damaged index can be rebuilt from them.
public enum MemorySchema {
  /// Registers the module's migrations, after those of `ConversationSchema`; released ones are never changed.
  public static func register(in migrator: inout DatabaseMigrator) {
    migrator.registerMigration("memory 1") { db in
      try createItems(db)
      for tier in TierIndex.allCases { try createIndex(tier, db) }
      try db.execute(
        sql: """
          CREATE VIEW memory_identified AS SELECT id, identifiers FROM memory_item WHERE identifiers <> '';
          CREATE VIRTUAL TABLE memory_identifiers USING fts5(
            identifiers, content = 'memory_identified', content_rowid = 'id', tokenize = 'trigram');
          """)
      try db.alter(table: "conversation") { table in
        // Set where the turns have expired and only the summary is left.
        table.add(column: "expired_at", .double)
        table.add(column: "summary", .text)
        // Up to which message position a summary was made.
        table.add(column: "summarised_to", .integer).notNull().defaults(to: 0)
      }
    }
    migrator.registerMigration("memory 2", migrate: createNames)
    GivenSchema.register(in: &migrator)
  }

  /// Names by which the cluster was last known, for when it cannot be asked.
  private static func createNames(_ db: Database) throws {
    try db.create(table: "memory_name") { table in
      table.column("kind", .text).notNull()
      table.column("name", .text).notNull()
      // A guest's number, or what an alias stands for.
      table.column("of", .text)
    }
  }

  private static func createItems(_ db: Database) throws {
    try db.create(table: "memory_item") { table in
      // Never reused: indexes and derived items refer to it.
      table.autoIncrementedPrimaryKey("id")
      table.column("uid", .text).notNull().unique()
      table.column("tier", .integer).notNull()
      table.column("kind", .text).notNull()
      table.column("role", .text)
      table.column("at", .double).notNull()
      table.column("session", .text)
      // Its place in the session, from 1.
      table.column("place", .integer).notNull()
      table.column("source", .text).notNull()
      table.column("text", .text).notNull()
      table.column("entities", .text).notNull()
      table.column("identifiers", .text).notNull()
      // Hashes of the stems of text and of entities, four bytes each: what ranking reads.
      table.column("stems", .blob).notNull()
      table.column("marks", .blob).notNull()
      table.column("expires_at", .double)
      table.column("pinned", .boolean).notNull().defaults(to: false)
      table.column("uses", .integer).notNull().defaults(to: 0)
      table.column("used_at", .double)
      table.column("valid_from", .double)
      table.column("valid_to", .double)
      // What a newer fact of the same subject closes.
      table.column("subject", .text)
      table.column("preference", .text)
      // The item that this one was made from: forgotten with it.
      table.column("derived_from", .integer)
      table.column("message", .text)
    }
    try db.create(index: "memory_item_at", on: "memory_item", columns: ["tier", "at"])
    try db.create(index: "memory_item_place", on: "memory_item", columns: ["session", "tier", "place"])
    try db.create(
      index: "memory_item_expiry", on: "memory_item", columns: ["expires_at"], condition: Column("expires_at") != nil)
    try db.create(
      index: "memory_item_subject", on: "memory_item", columns: ["subject"], condition: Column("subject") != nil)
    try db.create(
      index: "memory_item_derived", on: "memory_item", columns: ["derived_from"],
      condition: Column("derived_from") != nil)
    try db.create(
      index: "memory_item_message", on: "memory_item", columns: ["message"], condition: Column("message") != nil)
    // Counted in each item's own transaction: counting a million rows would take longer than searching them.
    try db.create(table: "memory_count") { table in
      table.primaryKey("tier", .integer)
      table.column("items", .integer).notNull()
      table.column("stems", .integer).notNull()
    }
  }

  private static func createIndex(_ tier: TierIndex, _ db: Database) throws {
    try db.execute(
      sql: """
        CREATE VIEW \(tier.view) AS SELECT id, text, entities FROM memory_item WHERE tier = \(tier.rawValue);
        CREATE VIRTUAL TABLE \(tier.table) USING fts5(
          text, entities, content = '\(tier.view)', content_rowid = 'id', tokenize = '\(Stems.tokenizer)');
        CREATE VIRTUAL TABLE \(tier.terms) USING fts5vocab('\(tier.table)', 'row');
        INSERT INTO memory_count (tier, items, stems) VALUES (\(tier.rawValue), 0, 0);
        """)
    for (event, change) in [("INSERT", Change.insert), ("DELETE", .delete), ("UPDATE OF text, entities", .update)] {
      try db.execute(sql: trigger(tier, event: event, change))
    }
  }

  private enum Change { case insert, delete, update }

  /// Indexes follow their items by triggers: no code path can write the one without the other.
  private static func trigger(_ tier: TierIndex, event: String, _ change: Change) -> String {
    let table = tier.table
    let remove = """
      INSERT INTO \(table) (\(table), rowid, text, entities) VALUES ('delete', old.id, old.text, old.entities);
      INSERT INTO memory_identifiers (memory_identifiers, rowid, identifiers)
        SELECT 'delete', old.id, old.identifiers WHERE old.identifiers <> '';
      UPDATE memory_count SET items = items - 1, stems = stems - length(old.stems) / 4 WHERE tier = \(tier.rawValue);
      """
    let add = """
      INSERT INTO \(table) (rowid, text, entities) VALUES (new.id, new.text, new.entities);
      INSERT INTO memory_identifiers (rowid, identifiers)
        SELECT new.id, new.identifiers WHERE new.identifiers <> '';
      UPDATE memory_count SET items = items + 1, stems = stems + length(new.stems) / 4 WHERE tier = \(tier.rawValue);
      """
    let (name, row, body) =
      switch change {
      case .insert: ("insert", "new", add)
      case .delete: ("delete", "old", remove)
      case .update: ("update", "new", remove + "\n" + add)
      }
    return """
      CREATE TRIGGER memory_item_\(name)_\(tier.tier.rawValue) AFTER \(event) ON memory_item
      WHEN \(row).tier = \(tier.rawValue) BEGIN
      \(body)
      END
      """
  }
}
