import JarvisAPI

/// Endpoints that exist for virtual machines and for containers alike.
enum GuestEndpoints {
  static let audit = Need.all("/vms/{vmid}", "VM.Audit")
  static let kinds: [GuestConfiguration.Kind] = [.qemu, .lxc]

  /// The guest of a call on its node.
  /// - Throws: 500 with the name of the missing file, as Proxmox does.
  static func guest(
    _ kind: GuestConfiguration.Kind, _ call: APICall, _ cluster: SimulatedCluster
  ) throws(APIFailure) -> GuestState {
    guard let guest = cluster.guests[call.vmid], guest.kind == kind, guest.node == call.node else {
      let folder = kind == .qemu ? "qemu-server" : "lxc"
      throw .failed("Configuration file 'nodes/\(call.node)/\(folder)/\(call.vmid).conf' does not exist")
    }
    return guest
  }
}
