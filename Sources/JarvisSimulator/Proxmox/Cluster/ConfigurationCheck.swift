extension SimulatedCluster.Configuration {
  /// - Throws: `SimulatorError.badConfiguration` with what contradicts what.
  func check() throws(SimulatorError) {
    let names = nodes.map(\.name)
    guard !names.isEmpty else { throw .badConfiguration("a cluster needs at least one node") }
    guard Set(names).count == names.count else { throw .badConfiguration("two nodes bear one name") }
    guard Set(guests.map(\.vmid)).count == guests.count else { throw .badConfiguration("two guests have one vmid") }
    guard Set(storages.map(\.name)).count == storages.count else {
      throw .badConfiguration("two storages bear one name")
    }
    for guest in guests where !names.contains(guest.node) {
      throw .badConfiguration("guest \(guest.vmid) lives on \"\(guest.node)\", which is no node")
    }
    for guest in guests where !storages.contains(where: { $0.name == guest.storage }) {
      throw .badConfiguration("guest \(guest.vmid) has its disk on \"\(guest.storage)\", which is no storage")
    }
  }
}
