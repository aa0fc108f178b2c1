import ArgumentParser
import Foundation
import JarvisMemory
import JarvisRouting
import JarvisSimulator

/// The inventory that cases are read against: a file's, or the demo cluster's.
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

  static func read(_ path: String?) throws -> BenchInventory {
    guard let path else { return demo }
    do {
      return try JSONDecoder().decode(BenchInventory.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw ValidationError("could not read the inventory \(path): \(error)")
    }
  }

  /// The cluster of `jarvis-tui demo`.
  static var demo: BenchInventory {
    let cluster = SimulatedCluster.Configuration.homelab()
    return BenchInventory(
      nodes: cluster.nodes.map(\.name), guests: cluster.guests.map { Guest(vmid: $0.vmid, name: $0.name) },
      storages: cluster.storages.map(\.name))
  }

  /// As recall reads it.
  var memory: MemoryInventory {
    MemoryInventory(
      nodes: nodes ?? [], guests: (guests ?? []).map { .init(vmid: $0.vmid, name: $0.name) }, storages: storages ?? [],
      addresses: addresses ?? [], aliases: aliases ?? [:])
  }

  /// As the router reads it.
  var routing: Inventory {
    Inventory(
      nodes: nodes ?? [], named: (guests ?? []).map { .init(vmid: $0.vmid, name: $0.name) }, storages: storages ?? [])
  }
}
