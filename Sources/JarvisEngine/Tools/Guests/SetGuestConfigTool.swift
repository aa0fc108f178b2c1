import Foundation
import JarvisAPI
import JarvisCluster
import JarvisSafety

/// Changes a few harmless settings of a guest, and shows each as old → new.
struct SetGuestConfigTool: ChangeTool {
  let context: ToolContext
  let name = "set_guest_config"
  let summary =
    "Changes settings of a guest: cores, memory, swap, balloon, onboot, tags, description, name, startup, protection on. Asks first."
  let inputSchema = ToolParameter.schema([
    .guest, .table("changes", "setting → new value; null removes it: {\"memory\": 4096, \"onboot\": true}"),
  ])
  let typedName = "set"
  let typedArguments = ["guest", "changes"]

  func canonical(_ arguments: JSONValue) async throws(UserFacingError) -> JSONValue {
    try await context.bound(arguments)
  }

  func prepare(_ arguments: JSONValue) async throws(UserFacingError) -> Change {
    let subject = try await GuestSubject.read(arguments["guest"]?.string ?? "", context)
    try subject.refuseUnfit(for: "change the configuration of")
    let config: [String: JSONValue]
    do throws(ProxmoxError) {
      config = try await context.cluster.guestConfig(subject.guest.vmid)
    } catch {
      throw error.userFacing
    }
    let wishes = try wishes(arguments["changes"]?.object ?? [:], config, subject)
    let digest = config["digest"]?.string
    let change = ClusterChange.configure(
      subject.place, set: wishes.compactMap { wish in wish.new.map { (wish.name, $0) } },
      delete: wishes.filter { $0.new == nil }.map(\.name), digest: digest)
    let later = subject.guest.status == .stopped ? [] : wishes.map(\.name).filter(GuestSettings.afterRestart.contains)
    var assessment = subject.assessment(
      name, stateKey: digest ?? "",
      plan: wishes.map { "\($0.name): \($0.old ?? "not set") → \($0.new ?? "not set")" }
        + ["\(change.line), only if the configuration is still the one shown (digest)", "read it again"],
      impact: later.isEmpty
        ? [] : ["\(later.joined(separator: ", ")) may take effect only at the next start of \(subject.shortName)"],
      undo: undo(wishes, subject))
    assessment.keyBesideSnapshot = "\(subject.stateKey)|\(Self.content(of: config))"
    if !subject.guest.template {
      assessment.snapshotOffer = .init(
        words: "a snapshot of \(subject.guest.label) first",
        arguments: [
          "guest": .string(String(subject.guest.vmid)),
          "name": .string("jarvis-\(Int(context.now().timeIntervalSince1970))"),
        ])
    }
    let (cluster, vmid) = (context.cluster, subject.guest.vmid)
    return Change(
      action: "change settings", assessment: assessment, send: context.sending(change), trace: TaskTrace(change),
      readBack: context.patience.readBack,
      look: { () async throws(ProxmoxError) in
        let now = try await cluster.guestConfig(vmid)
        let open = wishes.filter { Wish.text(now[$0.name]) != $0.new }
        let state = wishes.map { "\($0.name)=\(Wish.text(now[$0.name]) ?? "not set")" }.joined(separator: ", ")
        return Change.Look(
          state: state, reached: open.isEmpty,
          missing: "still \(open.map { "\($0.name)=\(Wish.text(now[$0.name]) ?? "not set")" }.joined(separator: ", "))")
      })
  }

  /// The configuration without what a new snapshot changes of it.
  private static func content(of config: [String: JSONValue]) -> String {
    JSONValue.object(config.filter { !["digest", "parent"].contains($0.key) }).text
  }

  /// One setting: what it is and what it shall be; nil for not set.
  private struct Wish: Sendable {
    var name: String
    var old: String?
    var new: String?

    static func text(_ value: JSONValue?) -> String? {
      switch value {
      case nil, .null: nil
      case .bool(let flag): flag ? "1" : "0"
      case .some(let value): value.words
      }
    }
  }

  private func wishes(
    _ changes: [String: JSONValue], _ config: [String: JSONValue], _ subject: GuestSubject
  ) throws(UserFacingError) -> [Wish] {
    let action = "change the configuration of"
    let kind = subject.guest.kind
    var wishes: [Wish] = []
    for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
      guard GuestSettings.names(kind).contains(name) else {
        throw subject.refusal(
          action, .refused, "\"\(name.prefix(40))\" is none of the settings that Jarvis changes",
          "these are: \(GuestSettings.names(kind).joined(separator: ", ")); all others by hand in the Proxmox interface"
        )
      }
      let old = Wish.text(config[name])
      if value == .null {
        if old != nil { wishes.append(Wish(name: name, old: old, new: nil)) }
        continue
      }
      guard let new = GuestSettings.value(value, for: name, kind) else {
        throw subject.refusal(action, .usage, "\"\(name)\" cannot be \(value.text.prefix(60))", "")
      }
      // Taking protection away opens the way to destruction.
      if name == "protection", new == "0" {
        throw subject.refusal(
          action, .refused, "protection is not taken away by Jarvis", "do it by hand in the Proxmox interface")
      }
      if new != old { wishes.append(Wish(name: name, old: old, new: new)) }
    }
    if wishes.isEmpty { throw subject.refusal(action, .negative, "it has these settings already", "") }
    return wishes
  }

  private func undo(_ wishes: [Wish], _ subject: GuestSubject) -> String {
    let back = wishes.map { "\"\($0.name)\": \($0.old.map { JSONValue.string($0).text } ?? "null")" }
    return "set_guest_config \(subject.guest.vmid) {\(back.joined(separator: ", "))}"
  }
}

extension JSONValue {
  fileprivate var words: String { Optional(self).words }
}
