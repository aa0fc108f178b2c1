import Foundation
import JarvisAPI
import JarvisTerminal
import JarvisTestSupport
import Testing

@testable import JarvisApp

@Suite("The audit on the screen")
struct AuditTests {
  private static func entry(_ number: Int) -> AuditEntry {
    AuditEntry(
      number: number, at: Sample.now - Double(500 - number), kind: number == 298 ? "freeze" : "read", tier: .green,
      result: "succeeded", text: "list_guests by model \(number)\u{1B}[31m",
      fields: [.init(name: "tool", value: "list_guests"), .init(name: "why", value: "who is up?\u{202E}")])
  }

  private func page(_ query: AuditQuery, _ numbers: any Sequence<Int>, next: Int?) -> AuditPage {
    AuditPage(query: query, entries: numbers.map(Self.entry), next: next, total: 300)
  }

  /// A screen on which `:audit` was typed.
  private func opened() -> Session {
    var session = Session.attached()
    _ = session.takeEffects()
    session.send(
      .event(
        .system(.safety(SafetyStamp(tableHash: "4f2a9c01", auditHead: "77ab01ff", auditRows: 300, audit: .ok)))))
    session.type(":audit")
    session.press("Enter")
    return session
  }

  private func asked(_ session: inout Session) -> (AuditQuery, RequestID)? {
    session.takeEffects().compactMap {
      if case .perform(.readAudit(let query), let id) = $0 { (query, id) } else { nil }
    }.last
  }

  @Test("FOUND-01 :audit lists the newest rows with the state of the chain, and loads older ones as they are reached")
  func pages() throws {
    var session = opened()
    let (query, id) = try #require(asked(&session))
    #expect(query == AuditQuery())
    session.send(.reply(id, .audit(page(query, (201...300).reversed(), next: 201))))
    #expect(session.sees("chain ok") && session.sees("300 rows") && session.sees("head 77ab01ff"))
    #expect(session.sees("list_guests by model 300") && !session.frame.joined().contains("\u{1B}"))
    #expect(session.sees("freeze"))
    session.press("Down")
    #expect(asked(&session) == nil, "there is enough below")
    session.press("End")
    let (older, second) = try #require(asked(&session))
    #expect(older.before == 201)
    session.press("End")
    #expect(asked(&session) == nil, "one page at a time")
    session.send(.reply(second, .audit(page(older, (101...200).reversed(), next: nil))))
    session.press("End")
    #expect(session.sees("list_guests by model 101") && asked(&session) == nil)
  }

  @Test("FOUND-01 a filter asks the engine anew, by kind and words; an answer to an older question is not taken")
  func filter() throws {
    var session = opened()
    let (first, firstID) = try #require(asked(&session))
    session.press("/")
    session.type("kind:refusal pihole")
    session.press("Enter")
    let (query, id) = try #require(asked(&session))
    #expect(query == AuditQuery(kinds: ["refusal"], words: ["pihole"]))
    session.send(.reply(firstID, .audit(page(first, [300], next: nil))))
    #expect(!session.sees("model 300"), "asked before the filter")
    session.send(
      .failed(id, UserFacingError(.usage, attempted: "read the audit", reason: "there is no such kind of row")))
    #expect(session.sees("there is no such kind of row"))
  }

  @Test("FOUND-01 Enter opens a row with its body, Esc leads back to the list, and out of it")
  func record() throws {
    var session = opened()
    let (query, id) = try #require(asked(&session))
    session.send(.reply(id, .audit(page(query, [300, 299], next: nil))))
    session.press("Down")
    session.press("Enter")
    #expect(session.sees("row 299, read") && session.sees("who is up?"))
    session.press("Esc")
    #expect(session.sees("list_guests by model 300") && !session.sees("row 299, read"))
    session.press("Esc")
    #expect(session.state.overlays.isEmpty)
    session.send(.reply(id, .audit(page(query, [1], next: nil))))
    #expect(session.state.overlays.isEmpty, "an answer that comes late opens nothing")
  }

  @Test("FOUND-01 rows kept are bounded, at any size the screen has")
  func bounded() throws {
    var browser = AuditBrowser()
    let all = browser.reload()
    browser.take(page(all, (1...(AuditBrowser.maximumRows + 50)).reversed(), next: 7))
    #expect(browser.entries.count == AuditBrowser.maximumRows && browser.next == nil)
    for (columns, rows) in [(45, 20), (80, 24), (300, 100)] {
      var session = Session.attached(columns, rows)
      session.type(":audit")
      session.press("Enter")
      let (query, id) = try #require(asked(&session))
      session.send(.reply(id, .audit(page(query, (1...99).reversed(), next: nil))))
      #expect(session.sees("AUDIT") && session.frame.count == rows)
    }
  }
}
