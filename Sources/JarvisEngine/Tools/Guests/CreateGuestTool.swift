import JarvisAPI
import JarvisCluster
import JarvisSafety

/// Makes a new guest with the few settings that matter; the rest is Proxmox VE's own choice.
struct CreateGuestTool: ChangeTool {
  let context: ToolContext
  let name = "create_guest"
  let summary =
    "Makes a new, stopped guest: a container from a template, or an empty VM, perhaps with an ISO. Asks the person first."
  let inputSchema = ToolParameter.schema([
    .choice("type", ["qemu", "lxc"], "virtual machine or container", required: true),
    .text("name", "its name", required: true, upTo: 63), .text("node", "where it shall live", required: true),
    .text("storage", "for its disk", required: true),
    .count("vmid", 100...999_999_999, "its number (the lowest that is free)"),
    .count("cores", 1...128, "processor cores (2)"), .count("memory_mib", 64...4_194_304, "memory in MiB (2048)"),
    .count("disk_gib", 1...65_536, "size of its disk in GiB (16)"),
    .text("template", "a container's template: volid from storage_content"),
    .text("iso", "a VM's installation image: volid from storage_content"),
    .text("bridge", "network bridge (vmbr0)", upTo: 15),
  ])
  let typedName = "create"
  let typedArguments = ["type", "name", "node", "storage"]

  func canonical(_ arguments: JSONValue) async throws(UserFacingError) -> JSONValue {
    var fields = arguments.object ?? [:]
    if fields["vmid"] == nil { fields["vmid"] = .int(try await context.read(.nextID())) }
    return .object(fields)
  }

  func prepare(_ arguments: JSONValue) async throws(UserFacingError) -> Change {
    let wanted = arguments["name"]?.string ?? ""
    let attempted = "create guest \(wanted)"
    let place = try await NewGuestPlace.read(arguments, context, attempted: attempted)
    let vmid = arguments["vmid"]?.int ?? 0
    if let there = place.picture.guests.first(where: { $0.vmid == vmid }) {
      return place.refused(action: "create", over: there)
    }
    let kind = arguments["type"]?.string.flatMap(Guest.Kind.init) ?? .lxc
    let guest = GuestPlace(vmid: vmid, kind: kind, node: place.node.name)
    let change = ClusterChange.create(guest, try parameters(arguments, kind, attempted))
    let memory = arguments["memory_mib"]?.int ?? Self.memory
    return place.change(
      context, action: "create", tool: name, target: guest, change: change,
      impact: [
        "a new, stopped \(kind == .qemu ? "virtual machine" : "container") \(wanted) (\(vmid)) appears on \(place.node.name)",
        "once started it takes \(memory) MiB of memory there; \(place.storageWords)",
      ], typed: nil, stateKey: "\(vmid)")
  }

  private static let memory = 2_048
  private static let cores = 2
  private static let disk = 16

  private func parameters(
    _ arguments: JSONValue, _ kind: Guest.Kind, _ attempted: String
  ) throws(UserFacingError) -> [(name: String, value: String)] {
    let wanted = arguments["name"]?.string ?? ""
    let bridge = arguments["bridge"]?.string ?? "vmbr0"
    func wrong(_ reason: String, _ advice: String) -> UserFacingError {
      UserFacingError(.usage, attempted: attempted, reason: reason, advice: advice)
    }
    guard DNSName.isValid(wanted) else {
      throw wrong("\"\(wanted)\" is no name for a guest", "letters, digits, - and .")
    }
    guard bridge.utf8.allSatisfy({ (48...57).contains($0) || (97...122).contains($0) || $0 == 95 }) else {
      throw wrong("\"\(bridge)\" is no bridge", "bridges are called vmbr0, vmbr1, …")
    }
    let storage = arguments["storage"]?.string ?? ""
    let size = arguments["disk_gib"]?.int ?? Self.disk
    let both: [(name: String, value: String)] = [
      ("cores", String(arguments["cores"]?.int ?? Self.cores)),
      ("memory", String(arguments["memory_mib"]?.int ?? Self.memory)),
    ]
    switch kind {
    case .lxc:
      guard let template = arguments["template"]?.string else {
        throw wrong("a container needs a template", "storage_content with type=vztmpl lists them")
      }
      return both + [
        ("hostname", wanted), ("ostemplate", template), ("rootfs", "\(storage):\(size)"), ("unprivileged", "1"),
        ("net0", "name=eth0,bridge=\(bridge),ip=dhcp"),
      ]
    case .qemu:
      let image = arguments["iso"]?.string
      if let image, image.contains(",") { throw wrong("\"\(image)\" is no volume", "take it from storage_content") }
      return both + [
        ("name", wanted), ("scsihw", "virtio-scsi-single"), ("scsi0", "\(storage):\(size)"), ("ostype", "l26"),
        ("net0", "virtio,bridge=\(bridge)"),
      ] + (image.map { [("cdrom", $0)] } ?? [])
    }
  }
}
