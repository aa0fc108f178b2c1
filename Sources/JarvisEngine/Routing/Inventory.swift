import JarvisAPI

/// The names that exist in the cluster right now: what makes "my pihole is dead" a question about it.
public struct Inventory: Sendable, Hashable {
  public var nodes: [String]
  public var guests: [String]
  public var vmids: [Int]
  public var storages: [String]

  public init(nodes: [String] = [], guests: [String] = [], vmids: [Int] = [], storages: [String] = []) {
    self.nodes = nodes
    self.guests = guests
    self.vmids = vmids
    self.storages = storages
  }

  public init(_ cluster: ClusterSnapshot) {
    nodes = cluster.nodes.map(\.name)
    guests = cluster.guests.map(\.name).filter { !$0.isEmpty }
    vmids = cluster.guests.map(\.vmid)
    storages = cluster.storages.map(\.name)
  }

  /// The guest that `text` names by name or number, the longest name first, so that "docker-host" wins over "docker".
  public func guests(named text: String) -> [String] {
    let words = Words(text)
    let byName = guests.filter { words.contains(phrase: $0) }.sorted { $0.count > $1.count }
    let byNumber = vmids.filter { words.set.contains(String($0)) }.map(String.init)
    return byName + byNumber
  }

  public func nodes(named text: String) -> [String] {
    let words = Words(text)
    return nodes.filter { words.contains(phrase: $0) }
  }

  public func storages(named text: String) -> [String] {
    let words = Words(text)
    return storages.filter { words.contains(phrase: $0) }
  }
}
