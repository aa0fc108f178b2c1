import Foundation
import JarvisRouting

/// An invented inventory: the names that a message's slots are filled with, and others beside them.
struct InventedCluster: Sendable {
  private(set) var inventory: Inventory

  private static let guests = [
    "web01", "web-02", "db1", "mysql-prod", "build-runner", "mail", "media", "docker-host", "truenas", "pihole",
    "homeassistant", "nginx-proxy", "postgres", "grafana", "vaultwarden", "unifi", "win11", "jellyfin", "pbs", "syslog",
    "nextcloud", "plex", "immich", "frigate", "gitea", "dns1", "dns2", "adguard", "opnsense", "ubuntu-test", "debian",
    "k3s-master", "k3s-worker-1", "minecraft", "paperless", "proxy", "vpn", "monitoring", "files", "print", "cloud",
    "redis", "influxdb", "zabbix", "kali", "win-server", "dc01", "exchange", "erp", "crm", "gitlab-runner", "jenkins",
    "photos", "music", "arr-stack", "octoprint", "mqtt", "rustdesk", "samba", "backup-vm", "sandbox", "lab", "desktop",
    "haos", "traefik", "wireguard", "bastion", "jump", "vault", "registry", "matrix", "mastodon", "wiki", "app-server",
    "jarvis",
  ]
  private static let nodes = [
    "pve", "pve1", "pve2", "pve-03", "agent", "home", "backup", "node1", "node2", "proxmox", "prox-a", "hv01", "hv02",
    "atlas", "zeus", "thor", "odin", "nuc1", "nuc2", "office", "basement", "garage", "rack1", "main", "edge", "titan",
  ]
  private static let storages = [
    "tank", "local", "local-lvm", "local-zfs", "pbs", "nas", "ceph-pool", "rpool", "fast", "ssd", "nvme", "hdd-pool",
    "backup-nfs", "vmdata", "data", "archive", "iscsi1", "bulk",
  ]

  init(_ random: inout SplitMix) {
    func some(_ names: [String], _ count: Int) -> [String] {
      var chosen: [String] = []
      while chosen.count < count {
        let name = random.pick(names)
        if !chosen.contains(name) { chosen.append(name) }
      }
      return chosen
    }
    let nodes = some(Self.nodes, 2 + random.below(3))
    let guests = some(Self.guests, 6 + random.below(10)).filter { !nodes.contains($0) }
    inventory = Inventory(
      nodes: nodes, guests: guests, vmids: guests.indices.map { 100 + $0 * (1 + random.below(12)) },
      storages: some(Self.storages, 3))
  }

  /// Adds a guest that is called as the service it runs.
  mutating func add(_ guest: String) {
    inventory = Inventory(
      nodes: inventory.nodes, guests: inventory.guests + [guest.replacingOccurrences(of: " ", with: "")],
      vmids: inventory.vmids, storages: inventory.storages)
  }

  func name(_ slot: String, _ random: inout SplitMix) -> String? {
    switch slot {
    case "guest":
      // A person also says the number.
      random.chance(12) ? String(random.pick(inventory.vmids)) : random.pick(inventory.guests)
    case "node": random.pick(inventory.nodes)
    case "storage": random.pick(inventory.storages)
    case "vmid": String(random.pick(inventory.vmids))
    case "digit": String(random.below(10))
    case "letter": random.pick(["a", "b", "c", "d", "e"])
    default: nil
    }
  }
}
