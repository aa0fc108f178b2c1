import JarvisAPI

/// Lists of guests and their state now, as their own node tells it.
enum GuestListEndpoints {
  static let all = [
    Endpoint("GET", "/nodes/{node}/qemu", [.boolean("full")], handler: virtualMachines),
    Endpoint("GET", "/nodes/{node}/lxc", handler: containers),
    Endpoint("GET", "/nodes/{node}/qemu/{vmid}/status/current", need: GuestEndpoints.audit, handler: virtualMachine),
    Endpoint("GET", "/nodes/{node}/lxc/{vmid}/status/current", need: GuestEndpoints.audit, handler: container),
    Endpoint(
      "GET", "/nodes/{node}/qemu/{vmid}/agent/network-get-interfaces",
      need: .any("/vms/{vmid}", "VM.GuestAgent.Audit", "VM.GuestAgent.Unrestricted"), handler: agentInterfaces),
    Endpoint("GET", "/nodes/{node}/lxc/{vmid}/interfaces", need: GuestEndpoints.audit, handler: containerInterfaces),
  ]

  private static func rows(
    _ kind: GuestConfiguration.Kind, _ call: APICall, _ cluster: SimulatedCluster,
    _ row: (GuestState) -> [String: JSONValue]
  ) -> APIReply {
    APIReply(
      .array(
        cluster.guests(on: call.node)
          .filter { $0.kind == kind && call.caller.has("VM.Audit", on: "/vms/\($0.vmid)") }
          .map { .object(row($0)) }))
  }

  private static func virtualMachines(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply
  {
    let cluster = cluster
    let full = call.parameters.bool("full")
    return rows(.qemu, call, cluster) {
      var row = common($0, cluster)
      if full { row.merge(MachineDetails.fields($0, cluster)) { _, new in new } }
      return row
    }
  }

  private static func containers(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    let cluster = cluster
    return rows(.lxc, call, cluster) { common($0, cluster) }
  }

  private static func virtualMachine(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply
  {
    let guest = try GuestEndpoints.guest(.qemu, call, cluster)
    var row = common(guest, cluster)
    row.merge(MachineDetails.fields(guest, cluster)) { _, new in new }
    row["ha"] = ha(guest)
    if guest.configuration.agent { row["agent"] = 1 }
    return APIReply(.object(row))
  }

  private static func container(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply {
    let guest = try GuestEndpoints.guest(.lxc, call, cluster)
    var row = common(guest, cluster)
    row["ha"] = ha(guest)
    return APIReply(.object(row))
  }

  private static func ha(_ guest: GuestState) -> JSONValue {
    guard guest.configuration.highlyAvailable else { return ["managed": 0] }
    return ["managed": 1, "state": .string(guest.wishedWord)]
  }

  /// What lists and single answers have in common.
  private static func common(_ guest: GuestState, _ cluster: SimulatedCluster) -> [String: JSONValue] {
    let at = cluster.now
    let configuration = guest.configuration
    let running = guest.power != .stopped
    let memory = cluster.memory(of: guest, at: at)
    let traffic = cluster.traffic(of: guest, at: at)
    var row: [String: JSONValue] = [
      "vmid": .int(guest.vmid), "name": .string(configuration.name),
      // A paused machine still runs, here; only QEMU's own word tells.
      "status": .string(running ? "running" : "stopped"), "cpus": .int(configuration.cores),
      "cpu": .double(cluster.cpu(of: guest, at: at)), "mem": .int(memory), "maxmem": .int(configuration.memory),
      "disk": .int(cluster.diskUse(of: guest)), "maxdisk": .int(configuration.disk),
      "uptime": .int(cluster.uptime(of: guest, at: at)), "netin": .int(traffic.into), "netout": .int(traffic.out),
    ]
    if !configuration.tags.isEmpty { row["tags"] = .string(configuration.tags.sorted().joined(separator: ";")) }
    if let lock = guest.lock { row["lock"] = .string(lock) }
    if let process = guest.process { row["pid"] = .int(process) }
    if configuration.template { row["template"] = 1 }
    switch guest.kind {
    case .qemu:
      row["memhost"] = .int(memory > 0 ? memory + 120 : 0)
      if running { row.merge(pressures.mapValues { .double($0) }) { _, new in new } }
    case .lxc:
      let transfer = cluster.diskTransfer(of: guest, at: at)
      row["type"] = "lxc"
      row["swap"] = 0
      row["maxswap"] = .int(512 << 20)
      row["diskread"] = .int(transfer.read)
      row["diskwrite"] = .int(transfer.written)
      if running { row.merge(pressures.mapValues { .string(NodeEndpoints.decimal($0, 2)) }) { _, new in new } }
    }
    return row
  }

  /// Stall shares; containers tell them as text.
  private static let pressures = [
    "pressurecpusome": 0.12, "pressurecpufull": 0, "pressureiosome": 0.12, "pressureiofull": 0,
    "pressurememorysome": 0.12, "pressurememoryfull": 0,
  ]

  private static func agentInterfaces(_ call: APICall, _ cluster: inout SimulatedCluster) throws(APIFailure) -> APIReply
  {
    let guest = try AgentEndpoints.answering(call, cluster)
    let traffic = cluster.traffic(of: guest, at: cluster.now)
    return APIReply([
      "result": [
        [
          "name": "lo", "hardware-address": "00:00:00:00:00:00",
          "ip-addresses": [["ip-address": "127.0.0.1", "prefix": 8, "ip-address-type": "ipv4"]],
        ],
        [
          "name": "eth0", "hardware-address": .string(hardwareAddress(guest)),
          "statistics": ["rx-bytes": .int(traffic.into), "tx-bytes": .int(traffic.out)],
          "ip-addresses": [
            ["ip-address": .string(address(guest)), "prefix": 24, "ip-address-type": "ipv4"]
          ],
        ],
      ]
    ])
  }

  private static func containerInterfaces(
    _ call: APICall, _ cluster: inout SimulatedCluster
  ) throws(APIFailure) -> APIReply {
    let guest = try GuestEndpoints.guest(.lxc, call, cluster)
    guard guest.power != .stopped else { return APIReply([]) }
    func row(_ name: String, _ hardware: String, _ address: String, _ prefix: String) -> JSONValue {
      [
        "name": .string(name), "hwaddr": .string(hardware), "hardware-address": .string(hardware),
        "inet": .string("\(address)/\(prefix)"),
        "ip-addresses": [["ip-address": .string(address), "prefix": .string(prefix), "ip-address-type": "inet"]],
      ]
    }
    return APIReply([
      row("lo", "00:00:00:00:00:00", "127.0.0.1", "8"), row("eth0", hardwareAddress(guest), address(guest), "24"),
    ])
  }

  /// The address that its DHCP lease would be.
  private static func address(_ guest: GuestState) -> String { "192.168.1.\(70 + guest.vmid % 180)" }

  /// From its network's configuration.
  private static func hardwareAddress(_ guest: GuestState) -> String {
    let text = guest.config["net0"]?.string ?? ""
    let found = text.firstMatch(of: /(?:[0-9A-F]{2}:){5}[0-9A-F]{2}/)
    return found.map { String($0.output).lowercased() } ?? "bc:24:11:00:00:00"
  }
}
