import Foundation
import JarvisAPI
import JarvisSSH
import JarvisSafety
import Testing

@testable import JarvisEngine

/// The operator's own hand: a shell is granted by the gate and used once.
@Suite struct VisitBookTests {
  private let start = Date(timeIntervalSince1970: 1_795_435_200)

  private func visit(_ id: String = "a", node: String = "pve", at: Date? = nil) -> ShellVisit {
    ShellVisit(id: id, node: node, since: at ?? start)
  }

  private func fault(_ body: () throws -> Void) -> VisitBook.Fault? {
    do {
      try body()
      return nil
    } catch {
      return error as? VisitBook.Fault
    }
  }

  @Test("FOUND-01 a grant is used once, on its own node, within a minute")
  func once() throws {
    var book = VisitBook()
    #expect(fault { try book.open(visit(), isFrozen: false, at: start) } == .unknown, "never granted")
    try book.grant(visit(), whileFrozen: false, at: start)
    #expect(fault { try book.open(visit(node: "home"), isFrozen: false, at: start) } == .unknown, "another node")
    try book.open(visit(), isFrozen: false, at: start + 1)
    #expect(fault { try book.open(visit(), isFrozen: false, at: start + 2) } == .unknown, "used before")
    #expect(book.close(visit()) != nil && book.close(visit()) == nil)
    #expect(fault { try book.open(visit(), isFrozen: false, at: start) } == .unknown, "ended")
    try book.grant(visit("b"), whileFrozen: false, at: start)
    #expect(fault { try book.open(visit("b"), isFrozen: false, at: start + 61) } == .tooOld)
    #expect(fault { try book.open(visit("b"), isFrozen: false, at: start) } == .unknown, "gone with its time")
  }

  @Test("FOUND-08 a freeze between grant and shell stops it, unless the person was told of one")
  func frozen() throws {
    var book = VisitBook()
    try book.grant(visit("a"), whileFrozen: false, at: start)
    #expect(fault { try book.open(visit("a"), isFrozen: true, at: start) } == .frozen)
    try book.grant(visit("b"), whileFrozen: true, at: start)
    try book.open(visit("b"), isFrozen: true, at: start)
  }

  @Test("FOUND-01 shells at one time are bounded; grants that were never used make room")
  func bounded() throws {
    var book = VisitBook()
    for index in 0..<VisitBook.maximum { try book.grant(visit("\(index)"), whileFrozen: false, at: start) }
    #expect(fault { try book.grant(visit("x"), whileFrozen: false, at: start) } == .tooMany)
    let late = try book.grant(visit("x", at: start + 120), whileFrozen: false, at: start + 120)
    #expect(late.count == VisitBook.maximum, "each gets its row")
    #expect(book.closeAll().map(\.id) == ["x"] && book.closeAll().isEmpty)
  }

  @Test("FOUND-01 the engine runs no shell without its grant, and only the holder closes one")
  func atTheEngine() async throws {
    let shop = try await Workshop()
    let (sizes, feed) = AsyncStream.makeStream(of: RemoteTerminal.Size.self)
    feed.finish()
    let terminal = RemoteTerminal(input: 0, output: 1, type: "xterm", size: .init(columns: 80, rows: 24), sizes: sizes)
    func run(_ visit: ShellVisit) async -> String {
      do throws(UserFacingError) {
        try await shop.engine.runShell(visit, terminal: terminal)
        return "ran"
      } catch {
        return error.reason
      }
    }
    #expect(await run(visit("made-up")).contains("not opened through the gate"))
    let reply = try await shop.engine.perform(.openShell(node: "pve", whileFrozen: false), from: shop.screen.id)
    guard case .shell(let granted) = reply else {
      Issue.record("no shell")
      return await shop.stop()
    }
    // The simulated nodes have no login shells; that is said by what comes behind the grant.
    #expect(await run(granted).contains("no login shells"))
    #expect(await run(granted).contains("used already"))
    let other = try await shop.engine.attach(wantsApprovalKey: false)
    await #expect(throws: UserFacingError.self) {
      try await shop.engine.perform(.closeShell(granted), from: other.id)
    }
    let audit = await shop.engine.parts.safety.foundation.audit
    #expect(try await audit.latestRows([.shellClosed]).count == 2, "the two that were refused")
    await shop.engine.detach(shop.screen.id)
    let rows = try await audit.latestRows([.shellClosed]).compactMap(\.body)
    #expect(rows.count == 3 && rows.contains { $0.contains("whether its connection has ended is not known") })
    await shop.stop()
  }
}
