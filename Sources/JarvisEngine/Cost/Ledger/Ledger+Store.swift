import JarvisStorage

extension Ledger {
  /// The ledger in a data directory's database.
  public init(_ store: DataStore) { self.init(database: store.pool) }
}
