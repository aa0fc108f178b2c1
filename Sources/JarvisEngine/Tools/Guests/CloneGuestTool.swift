import JarvisAPI
import JarvisCluster
import JarvisSafety

/// Copies a guest.
struct CloneGuestTool: ChangeTool {
  let context: ToolContext
  let name = "clone_guest"
  let summary = "Copies a guest, or makes one from a template, under a new name. Asks the person first."
  let inputSchema = ToolParameter.schema([
    .guest, .text("name", "name of the copy", required: true, upTo: 63),
    .count("newid", 100...999_999_999, "its number (the lowest that is free)"),
    .flag("linked", "share the template's disk instead of copying it (templates only)"),
  ])
  let typedName = "clone"
  let typedArguments = ["guest", "name", "newid", "linked"]

  /// The number is chosen before the card, so that consent is to that number.
  func canonical(_ arguments: JSONValue) async throws(UserFacingError) -> JSONValue {
    var fields = try await context.bound(arguments).object ?? [:]
    if fields["newid"] == nil { fields["newid"] = .int(try await context.read(.nextID())) }
    return .object(fields)
  }

  func prepare(_ arguments: JSONValue) async throws(UserFacingError) -> Change {
    let subject = try await GuestSubject.read(arguments["guest"]?.string ?? "", context)
    try subject.refuseUnfit(for: "clone")
    let copy = arguments["name"]?.string ?? ""
    guard DNSName.isValid(copy) else {
      throw subject.refusal("clone", .usage, "\"\(copy)\" is no name for a guest", "letters, digits, - and .")
    }
    var free = arguments["newid"]?.int
    if free == nil { free = try await context.read(.nextID()) }
    let vmid = free ?? 0
    if let there = subject.picture.guests.first(where: { $0.vmid == vmid }) {
      throw subject.refusal("clone", .refused, "\(there.labelWithNode) has the number \(vmid)", "leave newid out")
    }
    let linked = arguments["linked"]?.bool == true
    if linked, !subject.guest.template {
      throw subject.refusal("clone", .refused, "only a template can be cloned linked", "leave linked out")
    }
    if subject.guest.kind == .lxc, subject.guest.status == .running {
      throw subject.refusal(
        "clone", .refused, "a running container can be cloned only from a snapshot", "shutdown_guest first")
    }
    let change = ClusterChange.clone(subject.place, as: vmid, name: copy, full: !linked)
    let look = NewGuestLook(cluster: context.cluster, vmid: vmid)
    return Change(
      action: "clone",
      assessment: subject.assessment(
        name, stateKey: "\(vmid)",
        plan: [
          "\(change.line) \(change.arguments.joined(separator: " "))", "follow the task to its end",
          "read guest \(vmid)",
        ],
        impact: [
          "a new guest \(copy) (\(vmid)) appears on \(subject.guest.node), stopped",
          linked ? "it shares the template's disk, which must then stay" : "its disks are copied in full",
        ], undo: "remove guest \(vmid) by hand; Jarvis destroys none"),
      send: context.sending(change), trace: TaskTrace(change), readBack: context.patience.readBack,
      taskPatience: context.patience.longTask, look: { () async throws(ProxmoxError) in try await look.look() })
  }
}

/// Names as Proxmox VE takes them for guests.
enum DNSName {
  static func isValid(_ name: String) -> Bool {
    (1...63).contains(name.utf8.count) && !name.hasPrefix("-") && !name.hasSuffix("-") && !name.hasPrefix(".")
      && name.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 46
      }
  }
}
