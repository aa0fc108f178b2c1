/// What an operator may have a node do.
extension SimulatedCluster {
  /// Seconds from the wake-up packet until a node is back in the cluster.
  private static let wakeSeconds = 40.0

  /// Begins `apt-get update`; returns the UPID.
  mutating func updatePackageLists(on node: String, user: String) -> String {
    begin(
      "aptupdate", target: "", on: node, user: user, seconds: 9,
      lines: [
        "starting apt-get update", "Hit:1 http://deb.debian.org/debian trixie InRelease",
        "Hit:2 http://download.proxmox.com/debian/pve trixie InRelease", "Reading package lists...",
      ])
  }

  /// Sends a wake-up packet; an offline node is back a little later. Returns the MAC address it went to.
  mutating func wake(_ name: String) -> String {
    if !isOnline(name) {
      events.remove { $0 == .nodeReturns(name) }
      events.add(.nodeReturns(name), at: now + Self.wakeSeconds * configuration.taskTime)
    }
    let number = nodes.first { $0.name == name }?.number ?? 0
    return "BC:24:11:00:00:" + (number < 16 ? "0" : "") + String(number, radix: 16, uppercase: true)
  }
}
