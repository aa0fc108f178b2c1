import JarvisAPI

/// `qm`, `pct`, `pvecm` and `pvesh` of the simulated nodes.
enum ShellGuests {
  static func tool(_ kind: GuestConfiguration.Kind, _ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    let name = kind == .qemu ? "qm" : "pct"
    guard let verb = arguments.first else {
      return ShellOutput(error: "ERROR: no command specified\n", code: 255)
    }
    let own = scene.cluster.guests(on: scene.node.name).filter { $0.kind == kind }
    switch verb {
    case "list": return list(kind, own, scene)
    case "status", "config":
      guard arguments.count > 1, let vmid = Int(arguments[1]) else {
        return ShellOutput(error: "400 not enough arguments\n\(name) \(verb) <vmid> [OPTIONS]\n", code: 255)
      }
      guard let guest = own.first(where: { $0.vmid == vmid }) else {
        let folder = kind == .qemu ? "qemu-server" : "lxc"
        return ShellOutput(
          error: "Configuration file 'nodes/\(scene.node.name)/\(folder)/\(vmid).conf' does not exist\n", code: 2)
      }
      return ShellOutput(verb == "status" ? "status: \(guest.power.rawValue)\n" : text(guest))
    default:
      return ShellOutput(error: "ERROR: unknown command '\(name) \(verb)'\n", code: 255)
    }
  }

  private static func list(
    _ kind: GuestConfiguration.Kind, _ guests: [GuestState], _ scene: ShellScene
  ) -> ShellOutput {
    if kind == .lxc {
      let rows = guests.map { ["\($0.vmid)", $0.power.rawValue, $0.lock ?? "", $0.configuration.name] }
      return ShellOutput(TextTable.text([["VMID", "Status", "Lock", "Name"]] + rows, [.left, .left, .left, .left]))
    }
    let rows = guests.map { guest in
      [
        "\(guest.vmid)", guest.configuration.name, guest.power.rawValue, "\(guest.configuration.memory >> 20)",
        NodeEndpoints.decimal(Double(guest.configuration.disk) / Double(1 << 30), 2), "\(guest.process ?? 0)",
      ]
    }
    let head = ["VMID", "NAME", "STATUS", "MEM(MB)", "BOOTDISK(GB)", "PID"]
    return ShellOutput(TextTable.text([head] + rows, [.right, .left, .left, .right, .right, .right]))
  }

  /// The configuration as its file reads.
  private static func text(_ guest: GuestState) -> String {
    guest.config.keys.sorted().map { key in
      let value = guest.config[key] ?? .null
      return "\(key): \((value.string ?? value.text).replacing("\n", with: "%0A"))\n"
    }.joined()
  }

  /// `/etc/pve/qemu-server/100.conf` and the like.
  static func configurationFile(_ path: String, _ scene: ShellScene) -> String? {
    for (folder, kind) in [("qemu-server", GuestConfiguration.Kind.qemu), ("lxc", .lxc)] {
      let ways = ["/etc/pve/\(folder)/", "/etc/pve/nodes/\(scene.node.name)/\(folder)/"]
      guard let way = ways.first(where: { path.hasPrefix($0) }), path.hasSuffix(".conf"),
        let vmid = Int(path.dropFirst(way.count).dropLast(5)), let guest = scene.cluster.guests[vmid],
        guest.kind == kind, guest.node == scene.node.name
      else { continue }
      return text(guest)
    }
    return nil
  }

  /// `pvecm status`.
  static func quorum(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    guard arguments.first == "status" else {
      return ShellOutput(error: "ERROR: unknown command 'pvecm \(arguments.first ?? "")'\n", code: 255)
    }
    let nodes = scene.cluster.nodes
    let votes = nodes.filter(\.online).count
    let members = nodes.filter(\.online).map {
      "0x0000000\($0.number)          1 \($0.configuration.address)\($0.name == scene.node.name ? " (local)" : "")\n"
    }
    return ShellOutput(
      "Cluster information\n-------------------\nName:             \(scene.cluster.configuration.name)\n\n"
        + "Votequorum information\n----------------------\nExpected votes:   \(nodes.count)\nTotal votes:      \(votes)\n"
        + "Quorum:           \(nodes.count / 2 + 1)\(scene.cluster.quorate ? "" : " Activity blocked")\n"
        + "Flags:            \(scene.cluster.quorate ? "Quorate" : "")\n\n"
        + "Membership information\n----------------------\n    Nodeid      Votes Name\n" + members.joined())
  }

  /// `pvesh get PATH`: asks the API's own table as root, and prints JSON.
  static func api(_ arguments: [String], _ scene: ShellScene) -> ShellOutput {
    guard arguments.count >= 2, arguments[0] == "get" else {
      return ShellOutput(error: "the simulated pvesh knows `get PATH` only\n", code: 255)
    }
    let path = arguments[1].split(separator: "/")
    guard let (endpoint, found) = EndpointTable.find("GET", path) else {
      return ShellOutput(error: "No '\(arguments[1])' path exists\n", code: 2)
    }
    let root = Caller(
      token: SimulatedToken(user: "root@pam", id: "shell", rights: [.init(path: "/", role: .administrator)]))
    var cluster = scene.cluster
    do throws(APIFailure) {
      let parameters = try parameters(arguments, found)
      if endpoint.proxied, let node = parameters["node"], node != scene.node.name {
        try ProxmoxService.reach(node, cluster)
      }
      try parameters.check(endpoint.rules)
      let call = APICall(
        caller: root, parameters: parameters, entrance: scene.node.name, certificates: [:], authorityPEM: nil)
      return ShellOutput(try endpoint.handler(call, &cluster).data.text + "\n")
    } catch {
      return ShellOutput(error: error.response.reason + "\n", code: 255)
    }
  }

  private static func parameters(
    _ arguments: [String], _ found: [(name: String, value: String)]
  ) throws(APIFailure) -> Parameters {
    var parameters = Parameters()
    var index = 2
    while index + 1 < arguments.count {
      let name = arguments[index].drop { $0 == "-" }
      if name != "output-format" { parameters.add(String(name), arguments[index + 1]) }
      index += 2
    }
    for (name, value) in found { try parameters.addPath(name, value) }
    return parameters
  }
}
