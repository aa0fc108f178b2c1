import ArgumentParser
import Foundation
import JarvisMemory

/// The inventory file of `jarvis-bench`.
struct BenchInventory: Decodable {
  struct Guest: Decodable {
    var vmid: Int
    var name: String
  }
  var nodes: [String]?
  var guests: [Guest]?
  var storages: [String]?
  var addresses: [String]?
  var aliases: [String: String]?

  static func read(_ path: String?) throws -> MemoryInventory {
    guard let path else { return demo }
    let file: BenchInventory
    do {
      file = try JSONDecoder().decode(BenchInventory.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw ValidationError("could not read the inventory \(path): \(error)")
    }
    return MemoryInventory(
      nodes: file.nodes ?? [], guests: (file.guests ?? []).map { .init(vmid: $0.vmid, name: $0.name) },
      storages: file.storages ?? [], addresses: file.addresses ?? [], aliases: file.aliases ?? [:])
  }

  /// The cluster of `jarvis-tui demo`.
  static let demo = MemoryInventory(
    nodes: ["pve", "agent", "home", "backup"],
    guests: [
      (100, "docker-host"), (101, "truenas"), (102, "pihole"), (103, "homeassistant"), (104, "nginx-proxy"),
      (105, "jarvis"), (106, "postgres"), (107, "grafana"), (108, "vaultwarden"), (109, "unifi"), (120, "win11"),
      (130, "jellyfin"), (140, "pbs"), (141, "offsite-sync"),
    ].map { .init(vmid: $0.0, name: $0.1) },
    storages: ["local", "local-lvm", "tank", "backup-store"])
}
