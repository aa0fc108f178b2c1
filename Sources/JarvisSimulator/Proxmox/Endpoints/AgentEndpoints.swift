import JarvisAPI

/// What the guest agent of a virtual machine answers.
enum AgentEndpoints {
  private static let right = Need.any("/vms/{vmid}", "VM.GuestAgent.Audit", "VM.GuestAgent.Unrestricted")
  private static let base = "/nodes/{node}/qemu/{vmid}/agent/"

  static let all = [
    Endpoint("GET", base + "get-osinfo", need: right) { (call, cluster) throws(APIFailure) in
      let guest = try answering(call, cluster)
      let windows = guest.configuration.name.hasPrefix("win")
      return APIReply([
        "result": [
          "id": .string(windows ? "mswindows" : "debian"),
          "name": .string(windows ? "Microsoft Windows" : "Debian GNU/Linux"),
          "pretty-name": .string(windows ? "Windows 11 Pro" : "Debian GNU/Linux 13 (trixie)"),
          "version": .string(windows ? "Microsoft Windows 11" : "13 (trixie)"),
          "version-id": .string(windows ? "11" : "13"),
          "kernel-release": "6.12.48+deb13-amd64", "kernel-version": "#1 SMP PREEMPT_DYNAMIC", "machine": "x86_64",
        ]
      ])
    },
    Endpoint("GET", base + "get-host-name", need: right) { (call, cluster) throws(APIFailure) in
      APIReply(["result": ["host-name": .string(try answering(call, cluster).configuration.name)]])
    },
    Endpoint("GET", base + "get-fsinfo", need: right) { (call, cluster) throws(APIFailure) in
      let guest = try answering(call, cluster)
      let total = guest.configuration.disk * 95 / 100
      let used = Int(Double(total) * (0.3 + 0.4 * guest.configuration.memoryLoad))
      return APIReply([
        "result": [
          [
            "mountpoint": "/", "name": "sda1", "type": "ext4", "used-bytes": .int(used), "total-bytes": .int(total),
            "disk": [],
          ]
        ]
      ])
    },
  ]

  /// The guest whose agent answers.
  static func answering(_ call: APICall, _ cluster: SimulatedCluster) throws(APIFailure) -> GuestState {
    let guest = try GuestEndpoints.guest(.qemu, call, cluster)
    guard guest.power != .stopped else { throw .failed("VM \(guest.vmid) is not running") }
    guard guest.configuration.agent else { throw .failed("No QEMU guest agent configured") }
    return guest
  }
}
