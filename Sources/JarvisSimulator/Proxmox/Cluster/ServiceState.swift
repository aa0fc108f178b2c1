/// A service on a node, and the packages that wait there.
struct ServiceState: Sendable {
  let name: String
  let description: String
  var state = "running"

  /// What Proxmox VE looks after, on a node without Ceph.
  static let standard: [(name: String, description: String)] = [
    ("chrony", "chrony, an NTP client/server"), ("corosync", "Corosync Cluster Engine"),
    ("cron", "Regular background program processing daemon"),
    ("ksmtuned", "Kernel Samepage Merging (KSM) Tuning Daemon"),
    ("lxcfs", "FUSE filesystem for LXC"), ("postfix", "Postfix Mail Transport Agent"),
    ("proxmox-firewall", "Proxmox nftables firewall"), ("pve-cluster", "The Proxmox VE cluster filesystem"),
    ("pve-firewall", "Proxmox VE firewall"), ("pve-ha-crm", "PVE Cluster HA Resource Manager Daemon"),
    ("pve-ha-lrm", "PVE Local HA Resource Manager Daemon"), ("pvedaemon", "PVE API Daemon"),
    ("pveproxy", "PVE API Proxy Server"), ("pvescheduler", "Proxmox VE scheduler"),
    ("pvestatd", "PVE Status Daemon"), ("qmeventd", "PVE Qemu Event Daemon"), ("spiceproxy", "PVE SPICE Proxy Server"),
    ("sshd", "OpenBSD Secure Shell server"), ("systemd-journald", "Journal Service"),
  ]

  static func standardServices() -> [ServiceState] {
    standard.map { ServiceState(name: $0.name, description: $0.description) }
  }
}

/// A package that could be upgraded.
public struct PackageUpdate: Sendable {
  public var name: String
  public var old: String
  public var new: String
  public var title: String
  public init(_ name: String, _ old: String, _ new: String, _ title: String) {
    self.name = name
    self.old = old
    self.new = new
    self.title = title
  }
}

/// A disk as it is built into a node.
public struct DiskConfiguration: Sendable {
  /// "sda", "nvme0n1".
  public var name: String
  public var model: String
  public var serial: String
  /// Bytes.
  public var size: Int
  /// "ssd", "hdd", "nvme".
  public var kind: String
  /// Percent of its life left; nil for a disk that does not tell.
  public var life: Int?
  /// Sectors replaced so far: more than none is an early warning.
  public var reallocated: Int
  public init(
    name: String, model: String, serial: String, size: Int, kind: String, life: Int? = nil, reallocated: Int = 0
  ) {
    self.name = name
    self.model = model
    self.serial = serial
    self.size = size
    self.kind = kind
    self.life = life
    self.reallocated = reallocated
  }
}

extension SimulatedCluster {
  /// Degrees Celsius of a node's processor: it warms with its work.
  func processorHeat(of node: NodeState, at time: Double) -> Double {
    ((38 + 44 * cpu(of: node, at: time)) * 10).rounded() / 10
  }

  /// Degrees Celsius of a disk.
  func heat(of disk: DiskConfiguration, in node: NodeState, at time: Double) -> Int {
    let base = disk.kind == "hdd" ? 34.0 : disk.kind == "nvme" ? 41 : 31
    return Int(base + 12 * cpu(of: node, at: time))
  }

  /// Begins to restart a service; returns the UPID.
  mutating func restartService(_ service: String, on node: String, user: String) -> String {
    if let index = nodes.firstIndex(where: { $0.name == node }),
      let place = nodes[index].services.firstIndex(where: { $0.name == service })
    {
      nodes[index].services[place].state = "dead"
    }
    return begin(
      "srvrestart", target: service, on: node, user: user, seconds: 2, effect: .serviceRuns(service, node: node))
  }

  mutating func finishServiceStart(_ service: String, on node: String) {
    guard let index = nodes.firstIndex(where: { $0.name == node }),
      let place = nodes[index].services.firstIndex(where: { $0.name == service })
    else { return }
    nodes[index].services[place].state = "running"
    note("Started \(service).service - \(nodes[index].services[place].description).", node: node, tag: "systemd")
  }

  /// Makes a service fail, as a test or the demo's director may.
  public mutating func failService(_ service: String, on node: String) {
    guard let index = nodes.firstIndex(where: { $0.name == node }),
      let place = nodes[index].services.firstIndex(where: { $0.name == service })
    else { return }
    nodes[index].services[place].state = "failed"
    note("\(service).service: Failed with result 'exit-code'.", node: node, tag: "systemd", priority: 3)
  }
}
