import Foundation
import JarvisAPI
import JarvisSafety
import JarvisStorage

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
      let name = try await MaintenanceTarget.find(target, in: await parts.cluster.live())
      try await safety.maintain(name, until: until, reason: reason)
    case .endMaintenance(let target):
      try requireHolder(fromKeyHolder, for: "end maintenance")
      try await safety.endMaintenance(target)
    case .openShell(let node, let whileFrozen):
      try requireHolder(fromKeyHolder, for: "open a shell on \(node)")
      return .shell(try await safety.openShell(node, whileFrozen: whileFrozen))
    case .closeShell(let visit): await safety.closeShell(visit)
    default: break
    }
    return .done
  }

  private func requireHolder(_ holds: Bool, for attempted: String) throws(UserFacingError) {
    guard !holds else { return }
    throw UserFacingError(
      .refused, attempted: attempted, reason: "this screen does not hold the approval key",
      advice: "do it on the screen that holds it, or with `jarvis-tui` on this host")
  }

  /// The call goes through the gate afresh; its card becomes the receipt.
  private func proposeAgain(_ id: ApprovalID, fromKeyHolder: Bool) async throws(UserFacingError) {
    let call = try await parts.gate.proposal(id, fromKeyHolder: fromKeyHolder)
    let tools = parts.tools
    // Bounded by what may wait at the gate.
    Task { _ = await tools.call(call, id: "again-\(id.rawValue)") }
  }
}
