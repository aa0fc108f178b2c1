import Foundation
import JarvisAPI
import JarvisCluster
import JarvisSafety
import JarvisStorage
import JarvisTools

extension Engine {
  /// Commands about safety itself.
  func safetyCommand(_ command: Command, fromKeyHolder: Bool) async throws(UserFacingError) -> Reply {
    let safety = parts.safety
    switch command {
    case .freeze(let reason, let until): try await safety.freezeNow(reason, until: until)
    case .unfreeze:
      try requireHolder(fromKeyHolder, for: "lift the freeze")
      try await safety.unfreeze()
    case .revokeAllowance(let id): try await parts.gate.revoke(id, fromKeyHolder: fromKeyHolder)
    case .proposeAgain(let id): try await proposeAgain(id, fromKeyHolder: fromKeyHolder)
    case .maintain(let target, let until, let reason):
      try requireHolder(fromKeyHolder, for: "begin maintenance")
      let name = try MaintenanceTarget.find(target, in: await parts.cluster.live())
      try await safety.maintain(name, until: until, reason: reason)
    case .endMaintenance(let target):
      try requireHolder(fromKeyHolder, for: "end maintenance")
      try await safety.endMaintenance(target)
    case .openShell(let node, let whileFrozen):
      try requireHolder(fromKeyHolder, for: "open a shell on \(node)")
      return .shell(try await safety.openShell(node, whileFrozen: whileFrozen))
    case .closeShell(let visit):
      try requireHolder(fromKeyHolder, for: "close the shell on \(visit.node)")
      await safety.closeShell(visit)
    case .trustHostKey(let node, let fingerprint):
      try requireHolder(fromKeyHolder, for: "trust the host key of \(node)")
      try await trustHostKey(node, fingerprint)
    case .readAudit(let query): return .audit(try await AuditReader(audit: safety.foundation.audit).page(query))
    default: break
    }
    return .done
  }

  func requireHolder(_ holds: Bool, for attempted: String) throws(UserFacingError) {
    guard !holds else { return }
    throw UserFacingError(
      .refused, attempted: attempted, reason: "this screen does not hold the approval key",
      advice: "do it on the screen that holds it, or with `jarvis-tui` on this host")
  }

  /// Pins are part of safety's own record: frozen, they stay as they are.
  private func trustHostKey(_ node: String, _ fingerprint: String) async throws(UserFacingError) {
    let attempted = "trust the host key of \(node)"
    guard let shells = parts.shells else {
      throw UserFacingError(.configuration, attempted: attempted, reason: "SSH is not set up")
    }
    try await parts.safety.requireMutable(for: attempted)
    let pinned = try await shells.trust(node, fingerprint: fingerprint)
    await parts.safety.note(
      .pin,
      [
        "host": .string(pinned.host), "node": .string(node), "type": .string(pinned.keyType),
        "fingerprint": .string(pinned.fingerprint), "before": .array(pinned.pinned.map { .string($0) }),
      ])
    await parts.safety.notePins()
  }

  /// The call goes through the gate afresh; its card becomes the receipt.
  private func proposeAgain(_ id: ApprovalID, fromKeyHolder: Bool) async throws(UserFacingError) {
    let call = try await parts.gate.proposal(id, fromKeyHolder: fromKeyHolder)
    let tools = parts.tools
    // Bounded by what may wait at the gate.
    Task { _ = await tools.call(call, id: "again-\(id.rawValue)") }
  }
}
