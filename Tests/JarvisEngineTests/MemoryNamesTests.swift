import Foundation
import GRDB
import JarvisAPI
import JarvisMemory
import JarvisSafety
import JarvisStorage
import JarvisTestSupport
import Testing

@testable import JarvisEngine

/// What the operator said, laid over a call by any of its target's names.
@Suite struct MemoryNamesTests {
  private static let call = GatedCall(tool: "stop_guest", arguments: ["guest": "102"], caller: .model, why: "test")
  private static let picture = ClusterSnapshot(
    nodes: [Node(name: "pve", status: .online, seenAt: .distantPast)],
    guests: [Guest(vmid: 102, name: "pihole", kind: .lxc, node: "pve", status: .running, seenAt: .distantPast)])

  private func book(_ directory: TemporaryDirectory) async throws -> PreferenceBook {
    var migrator = DatabaseMigrator()
    ConversationSchema.register(in: &migrator)
    MemorySchema.register(in: &migrator)
    let store = try DataStore.throwAway(under: directory.path, migrations: migrator)
    let memory = MemoryStore(store: store, now: { .distantPast }, zone: .gmt, redact: { $0 })
    try await memory.add([
      MemoryDraft(
        tier: .semantic, kind: .preference, at: .distantPast, source: "test", text: "never touch pihole",
        preference: .never(tool: nil, target: "pihole"))
    ])
    let book = try await memory.preferences()
    try await store.close()
    return book
  }

  @Test("MEM-03 \"never touch pihole\" holds for 102 before memory has looked at the cluster")
  func live() async throws {
    let names = MemoryNames()
    names.take(try await book(try TemporaryDirectory()))
    #expect(names.demand(about: Self.call, in: Self.picture) == .never("never touch pihole"))
    // A picture that is lost later takes no name back.
    #expect(names.demand(about: Self.call, in: ClusterSnapshot()) == .never("never touch pihole"))
  }

  @Test("MEM-03 where the cluster has not answered yet the names last noted serve, and never beside live ones")
  func noted() async throws {
    let names = MemoryNames()
    names.take(try await book(try TemporaryDirectory()))
    names.take(noted: MemoryInventory(nodes: ["pve"], guests: [.init(vmid: 102, name: "pihole")]))
    #expect(names.demand(about: Self.call, in: ClusterSnapshot()) == .never("never touch pihole"))
    let fresh = MemoryNames()
    fresh.take(Self.picture)
    fresh.take(noted: MemoryInventory(guests: [.init(vmid: 102, name: "old")]))
    #expect(fresh.inventory.guests.map(\.name) == ["pihole"])
  }
}
