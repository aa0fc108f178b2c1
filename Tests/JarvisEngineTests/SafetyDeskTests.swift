import Foundation
import GRDB
import JarvisAPI
import JarvisEngine
import JarvisSafety
import JarvisStorage
import JarvisTestSupport
import Testing

/// Safety on a whole engine: what the command line writes beside it, what screens are told, what the audit keeps.
@Suite struct SafetyDeskTests {
  private func snapshot(_ shop: Workshop) async throws -> Snapshot {
    let look = try await shop.engine.attach(wantsApprovalKey: false)
    await shop.engine.detach(look.id)
    return look.snapshot
  }

  private func directory(_ shop: Workshop) -> DataDirectory { DataDirectory(path: shop.directory.path + "/data") }

  /// As the command line has it, in a process of its own.
  private func file(_ shop: Workshop) -> FreezeFile {
    FreezeFile(directory: directory(shop), clock: .linux(now: { Date() }))
  }

  private func rows(_ shop: Workshop, _ kind: AuditKind) async throws -> [JSONValue] {
    let store = try DataStore.openForReading(in: directory(shop), migrations: Engine.migrations)
    let rows = try await AuditLog(store: store).latestRows([kind])
    try await store.close()
    return try rows.compactMap { try $0.body.map(JSONValue.init(parsing:)) }
  }

  @Test("FOUND-08 a freeze of the command line holds at once, is shown without a restart, audited, and lifted likewise")
  func fromOutside() async throws {
    let shop = try await Workshop()
    try file(shop).freeze(reason: "storm", until: nil, by: "command line")
    let refused = try await shop.type("start 120")
    #expect(refused.state == .failed && refused.text.contains("storm"))
    let shown = try await shop.wait("the freeze on screen") { _ in try? await snapshot(shop).freeze }
    #expect(shown.reason == "storm" && shown.by == "command line")
    _ = try await shop.wait("its row") { _ in try? await rows(shop, .freeze).first }
    try file(shop).unfreeze(by: "command line")
    _ = try await shop.wait("the end of it") { _ in try? await snapshot(shop).freeze == nil ? true : nil }
    let lifted = try await shop.wait("its row") { _ in try? await rows(shop, .unfreeze).first }
    #expect(lifted["by"] == "command line")
    await shop.stop()
  }

  @Test("FOUND-08 any screen freezes, only the holder of the key lifts it, and a restart keeps it")
  func fromScreens() async throws {
    let shop = try await Workshop()
    let other = try await shop.engine.attach(wantsApprovalKey: true)
    #expect(!other.snapshot.holdsApprovalKey)
    _ = try await shop.engine.perform(
      .freeze(reason: "token=sk-ant-api03-abcdefghijklmnop", until: nil), from: other.id)
    let freeze = try #require(try await snapshot(shop).freeze)
    #expect(freeze.by == "screen" && !freeze.reason.contains("api03"))
    await #expect(throws: UserFacingError.self) { try await shop.engine.perform(.unfreeze, from: other.id) }
    await #expect(throws: UserFacingError.self) {
      try await shop.engine.perform(.freeze(reason: "past", until: .distantPast), from: other.id)
    }
    #expect(try await shop.type("start 120").state == .failed)
    await shop.stop()
    let again = try await Workshop(directory: shop.directory)
    #expect(again.screen.snapshot.freeze?.reason == freeze.reason)
    _ = try await again.engine.perform(.unfreeze, from: again.screen.id)
    #expect(try await snapshot(again).freeze == nil)
    await again.stop()
  }

  @Test("FOUND-08 a freeze record that was taken away or garbled counts as frozen while Jarvis runs and at its start")
  func takenAway() async throws {
    let shop = try await Workshop()
    unlink(file(shop).path)
    #expect(try await shop.type("start 120").text.contains("counts as on"))
    await shop.stop()
    let again = try await Workshop(directory: shop.directory)
    #expect(again.screen.snapshot.freeze?.unreadable == true)
    await again.stop()
  }

  @Test("FOUND-01 YELLOW that was allowed runs again unasked, is listed, revoked, and gone with the screen")
  func allowance() async throws {
    let shop = try await Workshop()
    let before = try await shop.engine.perform(
      .typed(line: "start 120", conversation: shop.screen.snapshot.current), from: shop.screen.id)
    #expect(before == .done)
    let card = try await shop.card()
    #expect(card.allowable && card.tier == .yellow)
    _ = try await shop.engine.perform(.decide(card.id, .approveAndAllow(hash: card.callHash)), from: shop.screen.id)
    let allowance = try await shop.wait("the allowance") { _ in try? await snapshot(shop).allowances.first }
    #expect(allowance.tool == "start_guest")
    _ = try await shop.engine.perform(.revokeAllowance(allowance.id), from: shop.screen.id)
    #expect(try await snapshot(shop).allowances.isEmpty)
    #expect(try await rows(shop, .revoke).first?["because"] == "revoked by the person")
    await shop.stop()
  }

  @Test("FOUND-01 the stamp tells a changed row after a restart; the audit of an untouched engine holds")
  func stamp() async throws {
    let shop = try await Workshop()
    _ = try await shop.type("status")
    let stamp = try await shop.wait("a checked audit") { _ in
      let stamp = try? await snapshot(shop).safety
      return stamp?.audit == .ok ? stamp : nil
    }
    #expect(stamp.tableHash.count == 8 && stamp.auditHead.count == 8 && stamp.auditRows > 1)
    await shop.stop()
    let queue = try DatabaseQueue(path: directory(shop).databasePath)
    try await queue.write { db in
      try db.execute(sql: "DROP TRIGGER audit_no_update; UPDATE audit SET body = '{}' WHERE number = 2")
    }
    try queue.close()
    let again = try await Workshop(directory: shop.directory)
    let broken = again.screen.snapshot.safety.audit
    guard case .broken(let words) = broken else {
      Issue.record("\(broken)")
      return await again.stop()
    }
    #expect(words.contains("row 2"))
    await again.stop()
  }

  @Test("FOUND-01 a visit tells whether the audit or the rules are other than at the last one")
  func visits() async throws {
    let shop = try await Workshop()
    #expect(shop.screen.snapshot.safety.changedSinceLastVisit.isEmpty)
    await shop.stop()
    let quiet = try await Workshop(directory: shop.directory)
    #expect(quiet.screen.snapshot.safety.changedSinceLastVisit.isEmpty)
    await quiet.engine.detach(quiet.screen.id)
    let lone = try await quiet.engine.attach(wantsApprovalKey: false)
    _ = try await quiet.engine.perform(.freeze(reason: "storm", until: nil), from: lone.id)
    let back = try await quiet.engine.attach(wantsApprovalKey: true)
    #expect(back.snapshot.safety.changedSinceLastVisit.count == 1)
    await quiet.stop()
  }

  @Test("FOUND-01 a card that expired or became void can be proposed again")
  func again() async throws {
    let shop = try await Workshop()
    _ = try await shop.engine.perform(
      .typed(line: "reboot pihole", conversation: shop.screen.snapshot.current), from: shop.screen.id)
    let card = try await shop.card()
    await #expect(throws: UserFacingError.self) {
      try await shop.engine.perform(.proposeAgain(card.id), from: shop.screen.id)
    }
    _ = try await shop.engine.perform(.stop(shop.screen.snapshot.current), from: shop.screen.id)
    _ = try await shop.wait("the card's end") { seen in await seen.pending == nil ? true : nil }
    _ = try await shop.engine.perform(.proposeAgain(card.id), from: shop.screen.id)
    let fresh = try await shop.card()
    #expect(fresh.id != card.id && fresh.callHash == card.callHash)
    _ = try await shop.engine.perform(.decide(fresh.id, .refuse(reason: "")), from: shop.screen.id)
    await shop.stop()
  }

  @Test("FOUND-01 a shell is the holder's alone, stands in the audit with its end, and a frozen engine asks first")
  func shell() async throws {
    let shop = try await Workshop()
    let other = try await shop.engine.attach(wantsApprovalKey: false)
    await #expect(throws: UserFacingError.self) {
      try await shop.engine.perform(.openShell(node: "pve", whileFrozen: true), from: other.id)
    }
    _ = try await shop.engine.perform(.freeze(reason: "storm", until: nil), from: other.id)
    await #expect(throws: UserFacingError.self) {
      try await shop.engine.perform(.openShell(node: "pve", whileFrozen: false), from: shop.screen.id)
    }
    let reply = try await shop.engine.perform(.openShell(node: "pve", whileFrozen: true), from: shop.screen.id)
    guard case .shell(let visit) = reply else {
      Issue.record("no shell")
      return await shop.stop()
    }
    _ = try await shop.engine.perform(.closeShell(visit), from: shop.screen.id)
    #expect(try await rows(shop, .shellOpened).map { $0["node"] } == ["pve"])
    #expect(try await rows(shop, .shellClosed).map { $0["visit"]?.string } == [visit.id])
    await shop.stop()
  }

  @Test("FOUND-07 maintenance takes a node or guest by name, tells every screen, and ends")
  func maintenance() async throws {
    let shop = try await Workshop()
    func perform(_ command: JarvisAPI.Command) async throws {
      _ = try await shop.engine.perform(command, from: shop.screen.id)
    }
    try await perform(.maintain(target: "pihole", until: Date() + 60, reason: "disk"))
    try await perform(.maintain(target: "pve", until: Date() + 60, reason: ""))
    #expect(try await snapshot(shop).maintenance.map(\.target) == ["102", "pve"])
    try await perform(.endMaintenance(target: "102"))
    #expect(try await snapshot(shop).maintenance.map(\.target) == ["pve"])
    for bad: JarvisAPI.Command in [
      .maintain(target: "piholle", until: Date() + 60, reason: ""),
      .maintain(target: "pve", until: .distantFuture, reason: ""), .endMaintenance(target: "102"),
    ] {
      await #expect(throws: UserFacingError.self) { try await perform(bad) }
    }
    await shop.stop()
  }

  @Test("FOUND-01 a malformed policy keeps an engine from starting and names the line; a running one keeps its own")
  func policy() async throws {
    let temporary = try TemporaryDirectory()
    let path = temporary.path + "/policy.yaml"
    func write(_ text: String) throws {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      chmod(path, 0o600)
    }
    func options() -> EngineOptions {
      EngineOptions(
        configuration: Configuration(), dataDirectory: temporary.path + "/data", simulated: true, policyFile: path,
        zone: .gmt)
    }
    try write("tools:\n  start_gust: red\n")
    do throws(UserFacingError) {
      _ = try await Engine.start(options()) { _ in }
      Issue.record("it started")
    } catch {
      #expect(error.exitCode == 3 && error.reason.contains("line 2") && error.advice.contains("start_guest"))
    }
    try write("tools:\n  start_guest: red\n")
    let engine = try await Engine.start(options()) { _ in }
    let first = try await engine.attach(wantsApprovalKey: false).snapshot.safety
    func stamp(_ holds: (SafetyStamp) -> Bool) async throws -> SafetyStamp {
      let end = ContinuousClock.now + .seconds(60)
      while ContinuousClock.now < end {
        let look = try await engine.attach(wantsApprovalKey: false)
        await engine.detach(look.id)
        if holds(look.snapshot.safety) { return look.snapshot.safety }
        try await ContinuousClock().sleep(for: .milliseconds(20))
      }
      throw CancellationError()
    }
    try write("tools:\n  start_guest: yellow\n  list_guests: red\n")
    let second = try await stamp { $0.tableHash != first.tableHash }
    #expect(second.warnings.contains { $0.contains("start_guest") && $0.contains("next start") })
    try write("nonsense")
    let third = try await stamp { $0.warnings.contains { $0.contains("line 1") } }
    #expect(third.tableHash == second.tableHash)
    await engine.stop(reason: "test")
  }
}
