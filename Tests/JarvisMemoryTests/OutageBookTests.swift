import Foundation
import JarvisAPI
import JarvisMemory
import Testing

@Suite struct OutageBookTests {
  private static let noon = Date(timeIntervalSince1970: 1_795_435_200)

  private static func picture(_ status: Node.Status) -> ClusterSnapshot {
    ClusterSnapshot(link: .connected(node: "pve"), nodes: [Node(name: "agent", status: status, seenAt: noon)])
  }

  private static func event(_ change: ClusterEvent.Change, _ text: String, after seconds: TimeInterval) -> ClusterEvent
  {
    ClusterEvent(at: noon + seconds, severity: .critical, subject: "node:agent", text: text, change: change)
  }

  @Test("MEM-02 the end of an outage says how long it was; both are one series")
  func length() {
    var book = OutageBook(zone: .gmt)
    let down = book.drafts(
      for: [Self.event(.down, "node agent is offline", after: 0)], in: Self.picture(.offline), at: Self.noon)
    let up = book.drafts(
      for: [Self.event(.up, "node agent is online again", after: 7_500)], in: Self.picture(.online),
      at: Self.noon + 7_500)
    #expect(down.map(\.text) == ["node agent is offline"])
    #expect(up.map(\.text) == ["node agent is online again after 2 h 5 min, down since 2026-11-23 12:00"])
    #expect(down[0].session == up[0].session && down[0].session != nil)
  }

  @Test(
    "MEM-02 an outage that an engine finds again is not told twice; one that ended unseen is closed at the first look")
  func restart() throws {
    let item = MemoryItem(
      id: MemoryID(rawValue: "down-node:agent-1"), tier: .episodic, kind: .event, at: Self.noon, source: "cluster",
      text: "node agent is offline")
    var still = OutageBook(zone: .gmt)
    still.resume(["cluster:node:agent": item])
    #expect(
      still.drafts(
        for: [Self.event(.down, "node agent is offline", after: 60)], in: Self.picture(.offline), at: Self.noon + 60
      ).isEmpty)
    var back = OutageBook(zone: .gmt)
    back.resume(["cluster:node:agent": item])
    let found = back.drafts(for: [], in: Self.picture(.online), at: Self.noon + 600)
    #expect(found.map(\.text).first?.contains("not watching, down since 2026-11-23 12:00") == true)
    #expect(back.drafts(for: [], in: Self.picture(.online), at: Self.noon + 900).isEmpty)
  }

  @Test("MEM-02 an outage is recalled with its end beside its beginning, as the book writes them")
  func recalled() async throws {
    let fixture = try MemoryFixture(at: Self.noon + 86_400)
    let memory = fixture.memory()
    var book = OutageBook(zone: .gmt)
    let down = book.drafts(
      for: [Self.event(.down, "node agent is offline", after: 0)], in: Self.picture(.offline), at: Self.noon)
    let up = book.drafts(
      for: [Self.event(.up, "node agent is online again", after: 7_500)], in: Self.picture(.online),
      at: Self.noon + 7_500)
    try await memory.add(down + up)
    let texts = try await memory.recall("when was agent offline?", limit: 2).texts
    #expect(texts == [down[0].text, up[0].text])
    let one = try await memory.recall("agent offline")
    let begins = try #require(one.texts.firstIndex(of: down[0].text))
    #expect(one.texts.dropFirst(begins + 1).first == up[0].text)
  }
}
