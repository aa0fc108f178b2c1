@testable import JarvisSimulator

extension SimulatedCluster.Configuration {
  /// The cluster that the recordings were made on, as far as they show it.
  static func recorded() -> Self {
    let gib = 1 << 30
    func guest(
      _ vmid: Int, _ name: String, _ kind: GuestConfiguration.Kind, _ node: String, _ cores: Int, running: Bool = true,
      template: Bool = false, protected: Bool = false, agent: Bool = false, lock: String? = nil,
      snapshots: [String] = [], tags: [String] = []
    ) -> GuestConfiguration {
      GuestConfiguration(
        vmid: vmid, name: name, kind: kind, node: node, cores: cores, memory: 4 * gib, disk: 32 * gib, storage: "local",
        tags: tags, running: running, template: template, protected: protected, agent: agent, lock: lock,
        snapshots: snapshots)
    }
    return Self(
      name: "sued",
      nodes: [
        NodeConfiguration(name: "pve", cores: 16, memory: 64 * gib, address: "10.40.0.11"),
        NodeConfiguration(name: "agent", cores: 8, memory: 32 * gib, address: "10.40.0.12"),
        NodeConfiguration(name: "home", cores: 4, memory: 16 * gib, address: "10.40.0.13"),
        NodeConfiguration(name: "backup", cores: 4, memory: 8 * gib, address: "10.40.0.14"),
      ],
      guests: [
        guest(100, "web-01", .qemu, "pve", 4, agent: true, snapshots: ["vor-update"], tags: ["prod", "web"]),
        guest(101, "db-01", .qemu, "pve", 8, protected: true, tags: ["prod", "db"]),
        guest(102, "debian-12-tpl", .qemu, "pve", 2, running: false, template: true),
        guest(103, "win11-buero", .qemu, "pve", 4, running: false),
        guest(110, "ci-runner", .qemu, "agent", 4, tags: ["ci"]),
        guest(111, "k3s-01", .qemu, "agent", 2, lock: "backup"),
        guest(120, "haos", .qemu, "home", 2), guest(130, "pbs", .qemu, "backup", 2),
        guest(131, "offsite", .qemu, "backup", 2), guest(200, "dns", .lxc, "pve", 1, tags: ["infra"]),
        guest(201, "nginx-proxy", .lxc, "pve", 2, tags: ["infra", "web"]),
        guest(202, "old-wiki", .lxc, "pve", 1, running: false), guest(210, "jellyfin", .lxc, "agent", 4),
        guest(220, "pihole", .lxc, "home", 1),
        guest(221, "zigbee2mqtt", .lxc, "home", 1, running: false, lock: "backup"),
        guest(230, "rsync", .lxc, "backup", 1),
      ],
      storages: [
        StorageConfiguration(
          name: "local", plugin: "dir", content: ["iso", "backup", "images", "rootdir"], size: 100 * gib, used: 0.3),
        StorageConfiguration(
          name: "local-lvm", plugin: "lvmthin", content: ["images", "rootdir"], nodes: ["pve"], size: 400 * gib,
          used: 0.5),
        StorageConfiguration(
          name: "tank", plugin: "zfspool", content: ["images", "rootdir"], nodes: ["agent"], size: 1800 * gib, used: 0.5
        ),
        StorageConfiguration(
          name: "nas", plugin: "nfs", content: ["iso", "backup"], shared: true, size: 8000 * gib, used: 0.6,
          fault: "mount error:        dmesg(1) may have more information after failed mount system call."),
        StorageConfiguration(
          name: "pbs-main", plugin: "pbs", content: ["backup"], shared: true, size: 4000 * gib, used: 0.7),
      ],
      tokens: [
        SimulatedToken(user: "root@pam", id: "full", rights: [.init(path: "/", role: .administrator)]),
        SimulatedToken(user: "monitor@pve", id: "all", rights: [.init(path: "/", role: .auditor)]),
        SimulatedToken(user: "monitor@pve", id: "ro", rights: [.init(path: "/", role: .auditor)]),
        SimulatedToken(user: "monitor@pve", id: "none", rights: []),
        SimulatedToken(user: "bob@pve", id: "vm100", rights: [.init(path: "/vms/100", role: .guestOperator)]),
        SimulatedToken(
          user: "root@pam", id: "expired", rights: [.init(path: "/", role: .administrator)], expired: true),
      ])
  }
}
