extension SimulatedCluster.Configuration {
  private static let gib = 1 << 30

  /// The homelab of the demo: four nodes of very different size, sixteen guests, and storage that fills.
  public static func homelab(life: SimulatedCluster.Life = .demo, taskTime: Double = 1) -> Self {
    Self(
      name: "homelab", nodes: homelabNodes, guests: homelabGuests, storages: homelabStorages,
      tokens: [SimulatedToken(user: "root@pam", id: "demo", rights: [.init(path: "/", role: .administrator)])],
      life: life, taskTime: taskTime)
  }

  private static let homelabNodes = [
    NodeConfiguration(
      name: "pve", cores: 24, memory: 64 * gib, rootUsed: 0.44, cpuModel: "AMD Ryzen 9 7900 12-Core Processor",
      address: "192.168.1.60",
      disks: ["sda", "sdb", "sdc"].map {
        DiskConfiguration(
          name: $0, model: "WDC WD60EFZX-68B", serial: "WD-C\($0)0417", size: 5_589 * gib, kind: "hdd",
          reallocated: $0 == "sdb" ? 8 : 0)
      } + [
        DiskConfiguration(
          name: "nvme0n1", model: "Samsung SSD 980 PRO 1TB", serial: "S5GXNX0R1", size: 931 * gib, kind: "nvme",
          life: 91)
      ],
      updates: [
        PackageUpdate("proxmox-kernel-6.17", "6.17.2-1", "6.17.4-1", "Latest Proxmox Kernel Image"),
        PackageUpdate("pve-manager", "9.2.11", "9.2.12", "Proxmox Virtual Environment Management Tools"),
        PackageUpdate("openssl", "3.5.1-1", "3.5.1-1+deb13u1", "Secure Sockets Layer toolkit"),
      ]),
    NodeConfiguration(
      name: "agent", cores: 8, memory: 16 * gib, rootUsed: 0.31, cpuModel: "Intel(R) Core(TM) i5-8500T CPU @ 2.10GHz",
      address: "192.168.1.61", uptime: 12 * 86_400,
      disks: [
        DiskConfiguration(
          name: "nvme0n1", model: "KIOXIA EXCERIA", serial: "82KA1", size: 465 * gib, kind: "nvme", life: 84)
      ], updates: [PackageUpdate("openssl", "3.5.1-1", "3.5.1-1+deb13u1", "Secure Sockets Layer toolkit")]),
    NodeConfiguration(
      name: "home", cores: 6, memory: 8 * gib, rootDisk: 58 * gib, rootUsed: 0.52,
      cpuModel: "Intel(R) Core(TM) i3-N305", address: "192.168.1.62", uptime: 87 * 86_400,
      disks: [
        DiskConfiguration(name: "sda", model: "CT500MX500SSD1", serial: "2119E", size: 465 * gib, kind: "ssd", life: 67)
      ]),
    NodeConfiguration(
      name: "backup", cores: 4, memory: 4 * gib, rootDisk: 29 * gib, rootUsed: 0.61, cpuModel: "Intel(R) N100",
      address: "192.168.1.63", uptime: 3 * 86_400, unsteady: true,
      disks: [
        DiskConfiguration(name: "sda", model: "TS256GMTS430S", serial: "H0427", size: 238 * gib, kind: "ssd", life: 44)
      ]),
  ]

  private static let homelabGuests = [
    GuestConfiguration(
      vmid: 100, name: "docker-host", kind: .qemu, node: "pve", cores: 8, memory: 16 * gib, disk: 200 * gib,
      storage: "tank", cpuLoad: 0.38, memoryLoad: 0.7, traffic: 2_400_000, tags: ["docker", "prod"], agent: true,
      notes: "Runs the compose stacks.\nRestart takes about a minute.", snapshots: ["before-upgrade"]),
    GuestConfiguration(
      vmid: 101, name: "truenas", kind: .qemu, node: "pve", cores: 4, memory: 16 * gib, disk: 32 * gib, storage: "tank",
      cpuLoad: 0.12, memoryLoad: 0.82, traffic: 9_000_000, tags: ["storage", "prod"], protected: true),
    GuestConfiguration(
      vmid: 102, name: "pihole", kind: .lxc, node: "agent", cores: 1, memory: gib / 2, disk: 8 * gib,
      storage: "local-lvm", cpuLoad: 0.04, memoryLoad: 0.38, traffic: 12_000, tags: ["dns", "prod"], crashProne: true,
      notes: "DNS for the whole house: 23 clients."),
    GuestConfiguration(
      vmid: 103, name: "homeassistant", kind: .qemu, node: "home", cores: 2, memory: 4 * gib, disk: 32 * gib,
      storage: "local-lvm", cpuLoad: 0.19, memoryLoad: 0.62, traffic: 60_000, tags: ["prod", "smarthome"], agent: true,
      snapshots: ["core-2026-10", "core-2026-11"]),
    GuestConfiguration(
      vmid: 104, name: "nginx-proxy", kind: .lxc, node: "agent", cores: 2, memory: gib, disk: 8 * gib,
      storage: "local-lvm", cpuLoad: 0.06, memoryLoad: 0.3, traffic: 1_100_000, tags: ["prod", "web"]),
    GuestConfiguration(
      vmid: 105, name: "jarvis", kind: .qemu, node: "agent", cores: 4, memory: 6 * gib, disk: 40 * gib,
      storage: "local-lvm", cpuLoad: 0.21, memoryLoad: 0.55, traffic: 80_000, tags: ["management"], agent: true,
      notes: "Management VM."),
    GuestConfiguration(
      vmid: 106, name: "postgres", kind: .lxc, node: "pve", cores: 4, memory: 4 * gib, disk: 60 * gib, storage: "tank",
      cpuLoad: 0.17, memoryLoad: 0.66, traffic: 400_000, tags: ["db", "prod"]),
    GuestConfiguration(
      vmid: 107, name: "grafana", kind: .lxc, node: "agent", cores: 1, memory: gib, disk: 12 * gib,
      storage: "local-lvm", cpuLoad: 0.09, memoryLoad: 0.44, traffic: 30_000, tags: ["monitoring"]),
    GuestConfiguration(
      vmid: 108, name: "vaultwarden", kind: .lxc, node: "home", cores: 1, memory: gib / 2, disk: 4 * gib,
      storage: "local-lvm", cpuLoad: 0.02, memoryLoad: 0.27, traffic: 4_000, tags: ["prod"]),
    GuestConfiguration(
      vmid: 109, name: "unifi", kind: .lxc, node: "home", cores: 2, memory: 2 * gib, disk: 16 * gib,
      storage: "local-lvm", cpuLoad: 0.11, memoryLoad: 0.71, traffic: 25_000, tags: ["network"], crashProne: true),
    GuestConfiguration(
      vmid: 120, name: "win11", kind: .qemu, node: "pve", cores: 8, memory: 16 * gib, disk: 120 * gib, storage: "tank",
      cpuLoad: 0.15, memoryLoad: 0.5, tags: ["desktop"], running: false, onBoot: false,
      notes: "Only when needed; off on purpose."),
    GuestConfiguration(
      vmid: 130, name: "jellyfin", kind: .qemu, node: "pve", cores: 6, memory: 8 * gib, disk: 64 * gib, storage: "tank",
      cpuLoad: 0.06, memoryLoad: 0.41, traffic: 3_800_000, tags: ["media"], agent: true, crashProne: true),
    GuestConfiguration(
      vmid: 140, name: "pbs", kind: .qemu, node: "backup", cores: 2, memory: 2 * gib, disk: 16 * gib,
      storage: "local-lvm",
      cpuLoad: 0.13, memoryLoad: 0.6, traffic: 900_000, tags: ["backup", "prod"]),
    GuestConfiguration(
      vmid: 141, name: "offsite-sync", kind: .lxc, node: "backup", cores: 1, memory: gib / 2, disk: 4 * gib,
      storage: "local-lvm", cpuLoad: 0.08, memoryLoad: 0.33, traffic: 600_000, tags: ["backup"]),
    GuestConfiguration(
      vmid: 142, name: "syslog", kind: .lxc, node: "backup", cores: 1, memory: gib / 2, disk: 20 * gib,
      storage: "local-lvm", cpuLoad: 0.03, memoryLoad: 0.4, traffic: 9_000, tags: ["monitoring"]),
    GuestConfiguration(
      vmid: 9000, name: "debian-13-tpl", kind: .qemu, node: "pve", cores: 2, memory: 2 * gib, disk: 8 * gib,
      storage: "local-lvm", running: false, onBoot: false, template: true),
  ]

  private static let homelabStorages = [
    StorageConfiguration(
      name: "tank", plugin: "zfspool", content: ["images", "rootdir"], nodes: ["pve"], size: 11_200 * gib, used: 0.91,
      growth: 1_390_000),
    StorageConfiguration(
      name: "pbs", plugin: "pbs", content: ["backup"], shared: true, size: 7_400 * gib, used: 0.63, growth: 425_000,
      server: 140),
    StorageConfiguration(
      name: "local", plugin: "dir", content: ["iso", "vztmpl", "backup", "snippets"], size: 94 * gib, used: 0.44),
    StorageConfiguration(
      name: "local-lvm", plugin: "lvmthin", content: ["images", "rootdir"], size: 340 * gib, used: 0.37, growth: 9_000),
  ]
}

extension SimulatedCluster.Configuration {
  /// A generated cluster of any size, for benchmarks: guests are spread evenly and differ in name, kind and load.
  public static func generated(nodes: Int, guests: Int, seed: UInt64 = 1) -> Self {
    var random = SeededRandom(seed: seed)
    let machines = (0..<max(1, nodes)).map {
      NodeConfiguration(
        name: "node\($0 + 1)", cores: 64, memory: 512 * gib, address: "10.1.\($0 / 250).\($0 % 250 + 1)")
    }
    let virtual = (0..<guests).map { index in
      GuestConfiguration(
        vmid: 100 + index, name: "guest-\(index + 1)", kind: index % 3 == 0 ? .lxc : .qemu,
        node: machines[index % machines.count].name, cores: 1 + index % 8, memory: (1 + index % 16) * gib,
        disk: 32 * gib, storage: "local-lvm", cpuLoad: random.unit() * 0.2, memoryLoad: 0.3 + random.unit() * 0.5,
        running: index % 17 != 0)
    }
    return Self(
      name: "generated", nodes: machines, guests: virtual,
      storages: [
        StorageConfiguration(name: "local", plugin: "dir", content: ["iso", "backup"], size: 94 * gib, used: 0.4),
        StorageConfiguration(
          name: "local-lvm", plugin: "lvmthin", content: ["images", "rootdir"], size: 4_000 * gib, used: 0.5),
      ],
      tokens: [SimulatedToken(user: "root@pam", id: "demo", rights: [.init(path: "/", role: .administrator)])])
  }
}
