/// `ip` of the simulated nodes: the bridge with the node's address, its port, and one interface for each running guest.
enum ShellNetwork {
  private struct Interface {
    var name: String
    var up = true
    var mac: String
    /// With prefix length.
    var addresses: [String] = []
    /// "master vmbr0".
    var master = ""
  }

  static func ip(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    let flags = arguments.filter { $0.hasPrefix("-") }
    let words = arguments.filter { !$0.hasPrefix("-") }
    let brief = flags.contains { $0 == "-br" || "-brief".hasPrefix($0) && $0.count > 2 }
    guard let what = words.first else { return usage }
    let rest = words.dropFirst().filter { !["show", "list", "ls", "dev"].contains($0) }
    if words.dropFirst().contains(where: { ["add", "del", "set", "flush", "replace"].contains($0) }) {
      return ShellOutput(error: "the simulated ip only reads\n", code: 2)
    }
    let all = interfaces(scene)
    if let missing = rest.first(where: { name in !all.contains { $0.name == name } }), !"route".hasPrefix(what) {
      return ShellOutput(error: "Device \"\(missing)\" does not exist.\n", code: 1)
    }
    let shown = rest.isEmpty ? all : all.filter { rest.contains($0.name) }
    if "address".hasPrefix(what) { return brief ? table(shown) { $0.addresses.joined(separator: " ") } : long(shown) }
    if "link".hasPrefix(what) {
      return brief
        ? table(shown) { "\($0.mac) <\($0.up ? "BROADCAST,MULTICAST,UP,LOWER_UP" : "BROADCAST,MULTICAST")>" }
        : long(shown.map { Interface(name: $0.name, up: $0.up, mac: $0.mac, master: $0.master) })
    }
    if "route".hasPrefix(what) {
      let address = scene.node.configuration.address
      let net = address.split(separator: ".").prefix(3).joined(separator: ".")
      return ShellOutput(
        "default via \(net).1 dev vmbr0 proto kernel onlink\n"
          + "\(net).0/24 dev vmbr0 proto kernel scope link src \(address)\n")
    }
    return usage
  }

  private static let usage = ShellOutput(
    error: "Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\nthe simulated ip knows address, link and route\n",
    code: 255)

  private static func interfaces(_ scene: ShellScene) -> [Interface] {
    let mac = "bc:24:11:00:00:" + hex(scene.node.number)
    let guests = scene.cluster.guests(on: scene.node.name).filter { $0.power == .running }.map { guest in
      Interface(
        name: "\(guest.kind == .qemu ? "tap" : "veth")\(guest.vmid)i0",
        mac: "fe:24:11:\(hex(scene.node.number)):\(hex(guest.vmid / 256 % 256)):\(hex(guest.vmid % 256))",
        master: "master vmbr0")
    }
    return [
      Interface(name: "lo", mac: "00:00:00:00:00:00", addresses: ["127.0.0.1/8", "::1/128"]),
      Interface(name: "enp1s0", mac: mac, master: "master vmbr0"),
      Interface(name: "vmbr0", mac: mac, addresses: [scene.node.configuration.address + "/24"]),
    ] + guests
  }

  private static func hex(_ number: Int) -> String { (number < 16 ? "0" : "") + String(number, radix: 16) }

  private static func table(_ interfaces: [Interface], _ last: (Interface) -> String) -> ShellOutput {
    ShellOutput(
      TextTable.text(
        interfaces.map { [$0.name, $0.name == "lo" ? "UNKNOWN" : $0.up ? "UP" : "DOWN", last($0)] },
        [.left, .left, .left]))
  }

  private static func long(_ interfaces: [Interface]) -> ShellOutput {
    let lines = interfaces.enumerated().map { index, one -> String in
      let isLoop = one.name == "lo"
      let flags = isLoop ? "LOOPBACK,UP,LOWER_UP" : one.up ? "BROADCAST,MULTICAST,UP,LOWER_UP" : "BROADCAST,MULTICAST"
      let master = one.master.isEmpty ? "" : one.master + " "
      var text =
        "\(index + 1): \(one.name): <\(flags)> mtu \(isLoop ? 65_536 : 1_500) \(master)"
        + "state \(isLoop ? "UNKNOWN" : one.up ? "UP" : "DOWN")\n"
        + "    link/\(isLoop ? "loopback" : "ether") \(one.mac)\n"
      for address in one.addresses {
        text +=
          "    inet\(address.contains(":") ? "6" : "") \(address) scope \(isLoop ? "host" : "global") \(one.name)\n"
      }
      return text
    }
    return ShellOutput(lines.joined())
  }
}
