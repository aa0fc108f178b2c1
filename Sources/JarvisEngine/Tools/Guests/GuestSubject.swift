import JarvisAPI
import JarvisCluster
import JarvisSafety

/// A guest that something is to be done to, as it was read just now, with the picture around it.
struct GuestSubject: Sendable {
  let details: GuestDetails
  let picture: ClusterSnapshot
  /// The first line of its notes: text that somebody wrote, shown as such.
  let notes: String?

  var guest: Guest { details.guest }
  var place: GuestPlace { GuestPlace(guest) }
  var label: String { guest.labelWithNode }
  /// Its name, or its number where the name is withheld.
  var shortName: String { guest.name.isEmpty ? "guest \(guest.vmid)" : guest.name }

  /// Reads guest and picture anew.
  static func read(_ query: String, _ context: ToolContext) async throws(UserFacingError) -> GuestSubject {
    let picture = try await context.freshPicture()
    let guest = try TargetFinder(picture: picture).guest(query)
    do throws(ProxmoxError) {
      let details = try await context.cluster.guestStatus(guest.vmid)
      return GuestSubject(
        details: details, picture: picture, notes: await notes(of: guest.vmid, context))
    } catch {
      throw error.userFacing
    }
  }

  /// Characters of notes on a card, at most.
  private static let maximumNotes = 120

  private static func notes(of vmid: Int, _ context: ToolContext) async -> String? {
    // Notes are a courtesy of the card: where they cannot be read, it is shown without them.
    guard let config = try? await context.cluster.guestConfig(vmid), let text = config["description"]?.string,
      let line = text.split(separator: "\n").first
    else { return nil }
    let clean = Sanitiser.clean(String(line.prefix(maximumNotes)), keepingNewlines: false)
    return clean.isEmpty ? nil : clean
  }

  /// What Proxmox VE would refuse whatever is asked, some of it only in its task: said before anybody is asked.
  func refuseUnfit(for action: String) throws(UserFacingError) {
    if picture.quorate.value == false {
      throw refusal(
        action, .refused, "the cluster has no quorum",
        "nothing can be changed until enough nodes are back; see cluster_status")
    }
    if let node = picture.nodes.first(where: { $0.name == guest.node }), node.status == .offline {
      throw refusal(
        action, .unreachable, "its node \(guest.node) is offline",
        "see node_status; wake_node, HA or a person must bring it back")
    }
    if let lock = guest.lock, !lock.isEmpty {
      throw refusal(
        action, .refused, "it is locked (\(lock))",
        "wait until that task has ended; see list_tasks with guest=\(guest.vmid)")
    }
  }

  func refusal(
    _ action: String, _ kind: UserFacingError.Kind, _ reason: String, _ advice: String
  ) -> UserFacingError {
    UserFacingError(kind, attempted: "\(action) \(label)", reason: reason, advice: advice)
  }

  /// Everything of the guest that must hold still between card and run; a new process is a new guest.
  var stateKey: String {
    let process = details.processID.map { "\($0)" } ?? "-"
    return [
      "\(guest.vmid)", guest.kind.rawValue, guest.node, guest.status.rawValue, details.qmpStatus ?? "-", process,
      guest.lock ?? "-", details.managedByHA ? "ha" : "-",
    ].joined(separator: "|")
  }

  /// The first lines of every impact: which guest it is, and what its people say of it.
  var identity: [String] {
    let kind = guest.kind == .qemu ? "virtual machine" : "container"
    let tags = guest.tags.isEmpty ? "" : ", tags: \(guest.tags.joined(separator: ", "))"
    var lines = ["\(kind) \(label), \(details.stateWords)\(tags)"]
    if let notes { lines.append("its notes say: “\(notes)”") }
    if details.managedByHA {
      lines.append("managed by HA (\(guest.haState ?? "state unknown")): the HA manager may act on it by itself")
    }
    return lines
  }

  /// An assessment with the gate's own word on the tool.
  func assessment(
    _ tool: String, tier: SafetyTier? = nil, rule: String? = nil, stateKey more: String = "", plan: [String],
    impact: [String], undo: String, typed: Bool = false
  ) -> CallAssessment {
    let floor = TierTable.standard.rule(for: tool)
    return CallAssessment(
      tier: tier ?? floor.tier, rule: rule ?? floor.rule, target: label, targetState: details.stateWords,
      stateKey: more.isEmpty ? stateKey : "\(stateKey)|\(more)", plan: plan, impact: identity + impact, undo: undo,
      typedWord: typed ? (guest.name.isEmpty ? String(guest.vmid) : guest.name) : nil,
      typedAlternatives: typed ? [String(guest.vmid)] : [])
  }
}
