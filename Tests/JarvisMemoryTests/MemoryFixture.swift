import Foundation
import GRDB
import JarvisAPI
import JarvisLock
import JarvisMemory
import JarvisStorage
import JarvisTestSupport

/// A memory on a clock that the test moves, in a directory of its own.
final class MemoryFixture: Sendable {
  let directory: TemporaryDirectory
  let store: DataStore
  private let time: Guarded<Date>

  static let inventory = MemoryInventory(
    nodes: ["pve", "agent", "home", "backup"],
    guests: [
      .init(vmid: 101, name: "truenas"), .init(vmid: 102, name: "pihole"), .init(vmid: 120, name: "win11"),
      .init(vmid: 103, name: "homeassistant"),
    ],
    storages: ["tank", "local-lvm"], addresses: ["192.168.1.65"], aliases: ["nas": "truenas"])

  static func migrations() -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    ConversationSchema.register(in: &migrator)
    MemorySchema.register(in: &migrator)
    return migrator
  }

  /// Wednesday, 18 November 2026, 14:30 in London.
  init(at start: Date = Date(timeIntervalSince1970: 1_795_012_200), directory: TemporaryDirectory? = nil) throws {
    self.directory = try directory ?? TemporaryDirectory()
    time = Guarded(start)
    store = try DataStore.openForEngine(
      in: DataDirectory(path: self.directory.path), migrations: Self.migrations(), now: { start })
  }

  var now: Date { time.withLock { $0 } }
  func advance(_ seconds: TimeInterval) { time.withLock { $0 += seconds } }

  func memory(redact: @escaping @Sendable (String) -> String = { $0 }, embedder: (any Embedder)? = nil) -> MemoryStore {
    MemoryStore(
      store: store, now: { [self] in now }, zone: .gmt, inventory: { Self.inventory }, redact: redact,
      embedder: embedder)
  }

  func chat() -> ConversationStore { ConversationStore(store: store, now: { [self] in now }) }

  func turn(_ text: String, _ daysAgo: Double, session: String = "s", role: String = "user") -> MemoryDraft {
    MemoryDraft(
      tier: .conversation, kind: .turn, role: role, at: now - daysAgo * 86_400, session: session,
      source: "conversation",
      text: text)
  }

  func event(_ text: String, _ daysAgo: Double) -> MemoryDraft {
    MemoryDraft(tier: .episodic, kind: .event, at: now - daysAgo * 86_400, source: "cluster", text: text)
  }
}

extension Recalled {
  var texts: [String] { hits.map(\.item.text) }
}
