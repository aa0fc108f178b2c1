import Foundation
import JarvisAPI
import JarvisTerminal
import JarvisTestSupport
import Testing

@testable import JarvisApp

/// The memory view, the list of conversations, and what an answer was given.
@Suite struct MemoryViewTests {
  let golden = Golden()
  static let sizes = [(80, 24), (100, 30), (200, 60)]

  static let items: [MemoryItem] = {
    let now = Sample.now
    return [
      MemoryItem(
        id: MemoryID(rawValue: "p1"), tier: .semantic, kind: .preference, role: "user", at: now - 3 * 86_400,
        source: "conversation", text: "I prefer mail for critical issues", uses: 12, usedAt: now - 60,
        validFrom: now - 3 * 86_400, preference: .notify(severity: "critical", channel: "mail")),
      MemoryItem(
        id: MemoryID(rawValue: "f1"), tier: .semantic, kind: .fact, role: "user", at: now - 40 * 86_400,
        source: "operator", text: "the router is at 10.0.0.1", pinned: true, uses: 1, usedAt: now - 86_400,
        validFrom: now - 40 * 86_400),
      MemoryItem(
        id: MemoryID(rawValue: "f0"), tier: .semantic, kind: .fact, role: "user", at: now - 60 * 86_400,
        source: "conversation", text: "the router is at 192.168.1.1", validFrom: now - 60 * 86_400,
        validTo: now - 40 * 86_400),
      MemoryItem(
        id: MemoryID(rawValue: "e1"), tier: .episodic, kind: .event, at: now - 7_200, source: "cluster",
        text: "node agent is online again after 2 h 5 min, down since 2026-11-23 16:57", entities: ["agent"],
        expiresAt: now + 29 * 86_400),
      MemoryItem(
        id: MemoryID(rawValue: "a1"), tier: .episodic, kind: .action, at: now - 9_000, source: "jarvis",
        text: "Jarvis did reboot guest pihole (102) on agent, asked by the operator; verified: running, up 4 s",
        entities: ["pihole", "102"], expiresAt: now + 29 * 86_400),
      MemoryItem(
        id: MemoryID(rawValue: "t1"), tier: .conversation, kind: .turn, role: "user", at: now - 600, session: "c",
        source: "conversation", text: "why is pve slow since noon?", entities: ["pve"], expiresAt: now + 6.9 * 86_400),
    ]
  }()

  static let page = MemoryPage(
    about: "", items: items,
    statistics: MemoryStatistics(conversation: 1, episodic: 2, semantic: 3, pinned: 1, bytes: 4_096, oldest: nil))

  private func shown(_ columns: Int = 140, _ rows: Int = 42) throws -> Session {
    var session = Session.attached(columns, rows)
    session.press(Key(.function(11)))
    try answer(&session, .items(Self.page))
    return session
  }

  /// Answers the last request about memory.
  private func answer(_ session: inout Session, _ answer: MemoryAnswer) throws {
    let asked = session.effects.last { if case .perform(.memory, _) = $0 { true } else { false } }
    guard case .perform(_, let id)? = asked else {
      Issue.record("memory was not asked for")
      return
    }
    session.send(.reply(id, .memory(answer)))
  }

  @Test("MEM-09 every item with tier, source, age, expiry and use", arguments: sizes)
  func view(_ columns: Int, _ rows: Int) throws {
    let session = try shown(columns, rows)
    #expect(try golden.difference(session.picture, name: "view-memory-\(columns)x\(rows)") == nil)
  }

  @Test("MEM-09 one memory in full")
  func item() throws {
    var session = try shown(100, 30)
    session.press(Key(.enter))
    #expect(try golden.difference(session.picture, name: "memory-item") == nil)
  }

  @Test("MEM-09 e edits, p pins, x asks and forgets, f finds")
  func keys() throws {
    var session = try shown()
    session.press(.plain("p"))
    #expect(session.commands.last == .memory(.pin(MemoryID(rawValue: "p1"), true)))
    session.press(.plain("e"))
    session.press(.plain("!"))
    session.press(Key(.enter))
    #expect(
      session.commands.last == .memory(.edit(MemoryID(rawValue: "p1"), text: "I prefer mail for critical issues!")))
    session.press(Key(.down))
    session.press(.plain("x"))
    #expect(session.commands.last != .memory(.forget(MemoryID(rawValue: "f1"))))
    session.press(.plain("y"))
    #expect(session.commands.last == .memory(.forget(MemoryID(rawValue: "f1"))))
    session.press(.plain("f"))
    for letter in "mail" { session.press(.plain(letter)) }
    session.press(Key(.enter))
    #expect(session.commands.last == .memory(.items(about: "mail")))
  }

  @Test("MEM-09 the filter knows kinds, tiers and names")
  func filter() throws {
    var session = try shown()
    session.press(.plain("/"))
    for letter in "type:episodic node:agent" { session.press(.plain(letter)) }
    session.press(Key(.enter))
    let content = try #require(ListContent(.memory, state: session.state, now: Sample.now))
    #expect(content.ids == ["e1"])
  }

  @Test("MEM-09 one key on an answer lists what it was given, and what that cost", arguments: sizes)
  func given(_ columns: Int, _ rows: Int) throws {
    var session = Session.attached(columns, rows)
    session.press(Key(.character("m"), alt: true))
    let id = try #require(session.state.tabs.current?.lastAnswer?.id)
    #expect(session.commands.last == .memory(.given(id)))
    let given = GivenMemory(
      message: id,
      opening: [.init(id: MemoryID(rawValue: "p1"), section: "preferences", tokens: 21, item: Self.items[0])],
      recalled: [
        .init(id: MemoryID(rawValue: "e1"), section: "events", tokens: 34, item: Self.items[3]),
        .init(id: MemoryID(rawValue: "gone"), section: "facts", tokens: 18, item: nil),
      ])
    try answer(&session, .given(given))
    #expect(try golden.difference(session.picture, name: "given-\(columns)x\(rows)") == nil)
    session.press(Key(.escape))
    #expect(session.state.overlays.isEmpty)
  }

  @Test("conversations are listed with what is left of them, searched and resumed", arguments: sizes)
  func conversations(_ columns: Int, _ rows: Int) throws {
    var session = Session.attached(columns, rows)
    session.press(.control("o"))
    let now = Sample.now
    func info(_ id: String, _ title: String, _ days: Double, _ count: Int) -> ConversationInfo {
      ConversationInfo(
        id: ConversationID(rawValue: id), title: title, createdAt: now - days * 86_400, updatedAt: now - days * 86_400,
        messages: count)
    }
    try answer(
      &session,
      .conversations(
        ConversationPage(
          about: "",
          entries: [
            .init(info: info("a", "disk on pve", 0.1, 8)),
            .init(info: info("b", "dns trouble", 2, 14), summary: "Asked: why is dns dead?\nIn the end: pihole runs."),
            .init(
              info: info("c", "old backup talk", 12, 0), summary: "Asked: which guests have no backup?",
              expiredAt: now - 5 * 86_400),
          ])))
    #expect(try golden.difference(session.picture, name: "view-conversations-\(columns)x\(rows)") == nil)
    session.press(Key(.down))
    session.press(Key(.enter))
    #expect(session.commands.last == .openConversation(ConversationID(rawValue: "b")))
  }

  @Test("MEM-03 a guest that is off on purpose is no trouble, and looks like none")
  func offOnPurpose() {
    var cluster = Sample.snapshot().cluster
    var guest = Guest(vmid: 120, name: "win11", kind: .qemu, node: "pve", status: .stopped, seenAt: Sample.now)
    cluster.guests.append(guest)
    #expect(Trouble.list(in: cluster, stoppedAt: [:]).contains { $0.subject == "guest:120" })
    guest.offOnPurpose = true
    cluster.guests[cluster.guests.count - 1] = guest
    #expect(guest.statusText == "off, wanted")
    #expect(!Trouble.list(in: cluster, stoppedAt: [:]).contains { $0.subject == "guest:120" })
  }
}

extension ScriptedDriver where State == AppState {
  fileprivate mutating func press(_ key: Key) { send(.key(key)) }
}
