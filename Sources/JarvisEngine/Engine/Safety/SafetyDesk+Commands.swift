import Foundation
import JarvisAPI
import JarvisSafety
import JarvisStorage

/// What a person does to safety itself, from a screen.
extension SafetyDesk {
  private static let screen = "screen"

  func freezeNow(_ reason: String, until: Date?) async throws(UserFacingError) {
    let text = reason.trimmingCharacters(in: .whitespaces)
    if let until, until <= options.now() {
      throw UserFacingError(
        .usage, attempted: "freeze", reason: "its end lies in the past", advice: "name a later one, or none")
    }
    do throws(StorageError) {
      try foundation.freeze.freeze(
        reason: text.isEmpty ? "no reason given" : gate.redacted(text), until: until, by: Self.screen)
    } catch {
      throw error.userFacing
    }
    await gate.endAllowances(because: "frozen")
    await look()
  }

  func unfreeze() async throws(UserFacingError) {
    do throws(StorageError) {
      try foundation.freeze.unfreeze(by: Self.screen)
    } catch {
      throw error.userFacing
    }
    await look()
  }

  func maintain(_ target: String, until: Date, reason: String) async throws(UserFacingError) {
    let now = options.now()
    guard until > now, until.timeIntervalSince(now) <= MaintenanceStore.longest else {
      throw UserFacingError(
        .usage, attempted: "begin the maintenance of \(target)",
        reason: "its end must lie in the next \(Int(MaintenanceStore.longest / 86_400)) days", advice: "--for 2h")
    }
    do throws(StorageError) {
      try await foundation.maintenance.begin(
        Maintenance(target: target, since: now, until: until, reason: gate.redacted(reason), by: Self.screen))
    } catch {
      throw error.userFacing
    }
    await note(.maintenance, ["target": .string(target), "reason": .string(reason), "by": .string(Self.screen)])
    await tellMaintenance()
  }

  func endMaintenance(_ target: String) async throws(UserFacingError) {
    do throws(StorageError) {
      guard try await foundation.maintenance.end(target) else {
        throw StorageError(
          .failed, attempted: "end the maintenance of \(target)", reason: "it is in none",
          advice: "see the list of what is")
      }
    } catch {
      throw UserFacingError(.usage, attempted: error.attempted, reason: error.reason, advice: error.advice)
    }
    await note(.maintenance, ["target": .string(target), "ended": true, "by": .string(Self.screen)])
    await tellMaintenance()
  }

  /// What changes the record of safety itself is refused where nothing may be changed.
  func requireMutable(for attempted: String) async throws(UserFacingError) {
    if options.readOnly {
      throw UserFacingError(
        .refused, attempted: attempted, reason: "this Jarvis was started read-only",
        advice: "start it without --read-only")
    }
    if let freeze = await gate.frozen() {
      throw UserFacingError(
        .refused, attempted: attempted, reason: "mutations are frozen (\(freeze.reason))",
        advice: "lift the freeze first")
    }
  }

  // MARK: The operator's own hand

  /// A shell is not read by the gate; that it was opened stands in the audit, or it is not opened.
  func openShell(_ node: String, whileFrozen: Bool) async throws(UserFacingError) -> ShellVisit {
    let attempted = "open a shell on \(node)"
    if options.readOnly {
      throw UserFacingError(
        .refused, attempted: attempted, reason: "this Jarvis was started read-only",
        advice: "start it without --read-only, or use ssh")
    }
    if let freeze = await gate.frozen(), !whileFrozen {
      throw UserFacingError(
        .refused, attempted: attempted, reason: "mutations are frozen (\(freeze.reason))",
        advice: "confirm that you want it nevertheless, or lift the freeze")
    }
    let visit = ShellVisit(id: UUID().uuidString.lowercased(), node: node, since: options.now())
    do throws(StorageError) {
      try await foundation.audit.note(
        .shellOpened,
        [
          "visit": .string(visit.id), "node": .string(node), "by": .string(Self.screen), "frozen": .bool(freeze != nil),
        ],
        at: visit.since)
    } catch {
      throw error.userFacing
    }
    do throws(VisitBook.Fault) {
      for late in try grant(visit, whileFrozen: whileFrozen) {
        await note(
          .shellClosed, ["visit": .string(late.id), "node": .string(late.node), "because": "it was not used in time"])
      }
    } catch {
      await note(
        .shellClosed, ["visit": .string(visit.id), "node": .string(visit.node), "because": "too many are open"])
      throw error.userFacing(node)
    }
    return visit
  }

  /// Uses up what `openShell` granted: no terminal reaches a node's shell without.
  func beginShell(_ visit: ShellVisit) async throws(UserFacingError) {
    let isFrozen = await gate.frozen() != nil
    do throws(VisitBook.Fault) {
      try use(visit, isFrozen: isFrozen)
    } catch {
      await note(
        .shellClosed, ["visit": .string(visit.id), "node": .string(visit.node), "refused": .string("\(error)")])
      throw error.userFacing(visit.node)
    }
  }

  /// A visit that is over already has its row.
  func closeShell(_ visit: ShellVisit) async {
    guard let visit = end(visit) else { return }
    await note(.shellClosed, ["visit": .string(visit.id), "node": .string(visit.node)])
  }

  /// The screen that holds the key has gone. The row says what is known: a shell's connection is its screen's own.
  func closeShells() async {
    for visit in endAll() {
      await note(
        .shellClosed,
        [
          "visit": .string(visit.id), "node": .string(visit.node),
          "because": "the screen has gone; whether its connection has ended is not known",
        ])
    }
  }
}
