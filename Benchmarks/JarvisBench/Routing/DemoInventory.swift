import JarvisRouting
import JarvisSimulator

/// The demo cluster's names: what cases are read against where no inventory is given.
enum DemoInventory {
  static let inventory: Inventory = {
    let cluster = SimulatedCluster.Configuration.homelab()
    return Inventory(
      nodes: cluster.nodes.map(\.name), named: cluster.guests.map { .init(vmid: $0.vmid, name: $0.name) },
      storages: cluster.storages.map(\.name))
  }()
}
