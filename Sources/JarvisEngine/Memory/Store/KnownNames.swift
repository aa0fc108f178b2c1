import Foundation
import GRDB
import JarvisAPI
import JarvisStorage

/// The names that memory knows: the live inventory's, or those last noted where the cluster cannot be asked, and the
/// operator's aliases in force.
struct KnownNames: Sendable {
  /// Aliases that are read at most, newest first.
  static let maximumAliases = 1_000

  let live: @Sendable () -> MemoryInventory
  private let cache = NameIndexCache()

  init(live: @escaping @Sendable () -> MemoryInventory) { self.live = live }

  func index(_ db: Database) throws -> NameIndex {
    var inventory = live()
    if inventory.nodes.isEmpty, inventory.guests.isEmpty {
      let known = try Self.noted(db)
      inventory = MemoryInventory(
        nodes: known.nodes, guests: known.guests, storages: inventory.storages + known.storages,
        addresses: inventory.addresses + known.addresses,
        aliases: known.aliases.merging(inventory.aliases) { _, live in live })
    }
    for (name, thing) in try Self.aliases(db) where inventory.aliases[name] == nil { inventory.aliases[name] = thing }
    return cache.index(of: inventory)
  }

  private static func aliases(_ db: Database) throws -> [(name: String, of: String)] {
    let rows = try String.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT preference FROM memory_item WHERE subject >= 'alias:' AND subject < 'alias;' AND valid_to IS NULL
          AND preference IS NOT NULL ORDER BY valid_from DESC LIMIT \(maximumAliases)
          """))
    return try rows.compactMap {
      guard case .alias(let name, let thing) = try JSONDecoder().decode(Preference.self, from: Data($0.utf8)) else {
        return nil
      }
      return (name, thing)
    }
  }

  private enum Kind: String { case node, guest, storage, address, alias }

  static func noted(_ db: Database) throws -> MemoryInventory {
    var inventory = MemoryInventory()
    // A reader beside an older engine finds a database without the table.
    guard try db.tableExists("memory_name") else { return inventory }
    for row in try Row.fetchAll(db.cachedStatement(sql: "SELECT kind, name, of FROM memory_name ORDER BY rowid")) {
      let name: String = row[1]
      let of: String? = row[2]
      switch Kind(rawValue: row[0]) {
      case .node: inventory.nodes.append(name)
      case .guest: inventory.guests.append(.init(vmid: of.flatMap(Int.init) ?? 0, name: name))
      case .storage: inventory.storages.append(name)
      case .address: inventory.addresses.append(name)
      case .alias: inventory.aliases[name] = of
      case nil: break
      }
    }
    return inventory
  }

  static func note(_ inventory: MemoryInventory, _ db: Database) throws {
    try db.execute(sql: "DELETE FROM memory_name")
    let names: [(Kind, String, String?)] =
      inventory.nodes.map { (.node, $0, nil) } + inventory.guests.map { (.guest, $0.name, String($0.vmid)) }
      + inventory.storages.map { (.storage, $0, nil) } + inventory.addresses.map { (.address, $0, nil) }
      + inventory.aliases.sorted { $0.key < $1.key }.map { (.alias, $0.key, $0.value) }
    let statement = try db.cachedStatement(sql: "INSERT INTO memory_name (kind, name, of) VALUES (?, ?, ?)")
    for (kind, name, of) in names { try statement.execute(arguments: [kind.rawValue, name, of]) }
  }
}

extension MemoryStore {
  /// Notes the cluster's names, so that a command that cannot ask the cluster recognises them, too.
  ///
  /// To be called when the inventory has changed; writes nothing where it has not.
  public func know(_ inventory: MemoryInventory) async throws(StorageError) {
    let known = try await store.read("read the known names") { db in try KnownNames.noted(db) }
    guard known != inventory else { return }
    try await store.write("note the cluster's names") { db in try KnownNames.note(inventory, db) }
  }

  /// The names that memory knows now: the live ones, else those noted last, with the aliases in force.
  public func knownNames() async throws(StorageError) -> MemoryInventory { try await nameIndex().inventory }

  func nameIndex() async throws(StorageError) -> NameIndex {
    let names = names
    return try await store.read("read the known names") { db in try names.index(db) }
  }
}

/// What makes a writer within a transaction.
struct MemoryWriting: Sendable {
  let names: KnownNames
  let redact: @Sendable (String) -> String
  let life: MemoryLife

  func writer(_ db: Database) throws -> MemoryWriter {
    MemoryWriter(names: try names.index(db), redact: redact, life: life)
  }
}
