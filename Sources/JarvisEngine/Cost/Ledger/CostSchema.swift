import GRDB

/// The ledger's table. Amounts are integers of a millionth of a dollar; NULL is "no price", never zero.
public enum CostSchema {
  /// Adds this module's migrations; an applied one is never changed.
  public static func register(in migrator: inout DatabaseMigrator) {
    migrator.registerMigration("cost-1-ledger") { db in
      try db.execute(
        sql: """
          CREATE TABLE ledger (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,              -- milliseconds since 1970
            conversation TEXT,
            message TEXT,
            route TEXT NOT NULL,
            model TEXT NOT NULL,
            input INTEGER NOT NULL,
            cache_write_5m INTEGER NOT NULL,
            cache_write_1h INTEGER NOT NULL,
            cache_read INTEGER NOT NULL,
            output INTEGER NOT NULL,
            amount INTEGER,
            estimated INTEGER NOT NULL,
            counterfactual INTEGER
          ) STRICT;
          -- Both hold all columns that the sums need: a report never touches the table itself.
          CREATE INDEX ledger_time ON ledger(at, model, amount, counterfactual, conversation);
          CREATE INDEX ledger_conversation ON ledger(conversation, amount) WHERE conversation IS NOT NULL;
          CREATE INDEX ledger_message ON ledger(message) WHERE message IS NOT NULL;
          """)
    }
    migrator.registerMigration("cost-2-choices") { db in
      try db.execute(
        sql: """
          CREATE TABLE routing_rules (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            pattern TEXT NOT NULL,
            route TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            learned INTEGER NOT NULL,
            UNIQUE (kind, pattern)
          ) STRICT;
          CREATE TABLE budget_lifts (at INTEGER NOT NULL, amount INTEGER NOT NULL) STRICT;
          CREATE INDEX budget_lifts_time ON budget_lifts(at);
          CREATE TABLE misroutes (
            message TEXT PRIMARY KEY,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,
            route TEXT NOT NULL
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX misroutes_time ON misroutes(at);
          -- Each answered message once: what the misroutes are a share of. A count over the ledger would be slow.
          CREATE TABLE routed_messages (message TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
          CREATE INDEX routed_messages_time ON routed_messages(at);
          INSERT INTO routed_messages SELECT message, min(at) FROM ledger WHERE message IS NOT NULL GROUP BY message;
          """)
    }
  }
}
