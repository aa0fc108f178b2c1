import JarvisAPI

/// The names that exist in the cluster right now: what makes "my pihole is dead" a question about it.
public struct Inventory: Sendable, Hashable {
  public let nodes: [String]
  public let guests: [String]
  public let vmids: [Int]
  public let storages: [String]
  /// Which guest has which number, where the picture told; names without a number are not here.
  let vmidsByName: [GuestName]
  /// The same, ready for look-up by the router.
  let index: NameIndex

  public init(nodes: [String] = [], guests: [String] = [], vmids: [Int] = [], storages: [String] = []) {
    self.nodes = nodes
    self.guests = guests
    self.vmids = vmids
    self.storages = storages
    // Lists of the same length are of the same guests.
    vmidsByName =
      guests.count == vmids.count ? zip(vmids, guests).map { GuestName(vmid: $0, name: $1) } : []
    index = NameIndex(nodes: nodes, guests: guests, vmids: vmids, storages: storages)
  }

  public init(_ cluster: ClusterSnapshot) {
    self.init(
      nodes: cluster.nodes.map(\.name), named: cluster.guests.map { GuestName(vmid: $0.vmid, name: $0.name) },
      storages: cluster.storages.map(\.name))
  }

  /// - Parameter named: guests with number and name; an empty name is one that the API withholds.
  public init(nodes: [String], named: [GuestName], storages: [String]) {
    self.nodes = nodes
    guests = named.map(\.name).filter { !$0.isEmpty }
    vmids = named.map(\.vmid)
    self.storages = storages
    vmidsByName = named.filter { !$0.name.isEmpty }
    index = NameIndex(nodes: nodes, guests: guests, vmids: vmids, storages: storages)
  }

  /// A guest's number and name.
  public struct GuestName: Sendable, Hashable {
    public var vmid: Int
    public var name: String
    public init(vmid: Int, name: String) {
      self.vmid = vmid
      self.name = name
    }
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
