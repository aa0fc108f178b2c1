import JarvisAPI

/// What a call may cut off, read from the call itself: a tool cannot forget to say so. Pure.
public enum CallReach {
  /// Tools that interrupt, change or discard the guest they name.
  private static let guestTools: Set<String> = [
    "shutdown_guest", "reboot_guest", "stop_guest", "reset_guest", "rollback_snapshot", "set_guest_config",
  ]
  private static let nodeTools: Set<String> = ["reboot_node", "shutdown_node", "poweroff_node", "stop_node"]
  /// Services without which a node's guests, network or cluster fail.
  private static let vitalServices: Set<String> = [
    "networking", "ifupdown2", "corosync", "pve-cluster", "pve-guests", "pvestatd", "qemu-server", "lxc", "zfs-mount",
    "zfs-import", "iscsid", "multipathd", "ceph", "systemd-networkd",
  ]

  /// - Parameter arguments: canonical: guests by their vmid.
  public static func cuts(_ call: GatedCall, isContainer: (Int) -> Bool = { _ in true }) -> Set<Asset> {
    var found: Set<Asset> = []
    let guests = numbers(call.arguments, ["guest", "guests", "vmid"])
    let nodes = words(call.arguments, ["node", "nodes"])
    if guestTools.contains(call.tool) { found.formUnion(guests.map(Asset.guest)) }
    if nodeTools.contains(call.tool) { found.formUnion(nodes.map(Asset.node)) }
    switch call.tool {
    case "backup_guest":
      // A guest that backs itself up in a mode that stops it would never start itself again.
      let mode = call.arguments["mode"]?.string ?? "snapshot"
      if mode != "snapshot" { found.formUnion(guests.map(Asset.guest)) }
    case "migrate_guest":
      let restarts = call.arguments["online"]?.bool == false
      found.formUnion(guests.filter { restarts || isContainer($0) }.map(Asset.guest))
    case "restart_service":
      for service in words(call.arguments, ["service", "services"]) {
        let name = service.hasSuffix(".service") ? String(service.dropLast(8)) : service
        found.formUnion(nodes.map { Asset.service(node: $0, name: name) })
        if vitalServices.contains(where: { name == $0 || name.hasPrefix($0 + "@") || name.hasPrefix($0 + "-") }) {
          found.formUnion(nodes.map(Asset.node))
        }
      }
    default: break
    }
    return found
  }

  private static func numbers(_ arguments: JSONValue, _ names: [String]) -> [Int] {
    names.flatMap { name in (arguments[name]?.array ?? arguments[name].map { [$0] } ?? []).compactMap(\.int) }
  }

  private static func words(_ arguments: JSONValue, _ names: [String]) -> [String] {
    names.flatMap { name in (arguments[name]?.array ?? arguments[name].map { [$0] } ?? []).compactMap(\.string) }
  }
}
