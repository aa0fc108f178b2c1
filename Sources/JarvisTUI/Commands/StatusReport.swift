import Foundation
import JarvisAPI

/// `status --json`: stable keys, documented in `docs/commands.md`. Unknown figures are null, withheld ones name the right.
struct StatusReport: Encodable {
  struct Figure<Value: Encodable & Sendable>: Encodable {
    let reading: Reading<Value>
    private struct NoRight: Encodable { let noRight: String }
    func encode(to encoder: any Encoder) throws {
      var box = encoder.singleValueContainer()
      switch reading {
      case .known(let value): try box.encode(value)
      case .withheld(let right): try box.encode(NoRight(noRight: right))
      case .unknown: try box.encodeNil()
      }
    }
  }
  struct NodeRow: Encodable {
    let name, status: String
    let cpu: Figure<Double>
    let cores: Figure<Int>
    let memoryUsed, memoryTotal, diskUsed, diskTotal: Figure<Int64>
    let uptime: Figure<Double>
    let seenAt: Date
  }
  struct GuestRow: Encodable {
    let vmid: Int
    let name, type, node, status: String
    let template: Bool
    let cpu: Figure<Double>
    let memoryUsed, memoryTotal: Figure<Int64>
    let uptime: Figure<Double>
    @NullWhereUnknown var lock: String?
    let seenAt: Date
  }
  struct StorageRow: Encodable {
    let name, node: String
    let shared, available: Bool
    let used, total: Figure<Int64>
  }
  let at: Date
  let cluster: String
  @NullWhereUnknown var version: String?
  let quorate: Figure<Bool>
  let simulated: Bool
  let nodes: [NodeRow]
  let guests: [GuestRow]
  let storages: [StorageRow]
  let blind: [String]

  init(_ snapshot: ClusterSnapshot) {
    at = snapshot.at
    cluster = snapshot.name
    version = snapshot.version
    quorate = Figure(reading: snapshot.quorate)
    simulated = snapshot.simulated
    nodes = snapshot.nodes.map { node in
      NodeRow(
        name: node.name, status: node.status.rawValue, cpu: Figure(reading: node.cpu),
        cores: Figure(reading: node.cores),
        memoryUsed: Figure(reading: node.memory.map(\.used)), memoryTotal: Figure(reading: node.memory.map(\.total)),
        diskUsed: Figure(reading: node.disk.map(\.used)), diskTotal: Figure(reading: node.disk.map(\.total)),
        uptime: Figure(reading: node.uptime), seenAt: node.seenAt)
    }
    guests = snapshot.guests.map { guest in
      GuestRow(
        vmid: guest.vmid, name: guest.name, type: guest.kind.rawValue, node: guest.node, status: guest.status.rawValue,
        template: guest.template, cpu: Figure(reading: guest.cpu),
        memoryUsed: Figure(reading: guest.memory.map(\.used)),
        memoryTotal: Figure(reading: guest.memory.map(\.total)), uptime: Figure(reading: guest.uptime),
        lock: guest.lock,
        seenAt: guest.seenAt)
    }
    storages = snapshot.storages.map { storage in
      StorageRow(
        name: storage.name, node: storage.node, shared: storage.shared, available: storage.available,
        used: Figure(reading: storage.usage.map(\.used)), total: Figure(reading: storage.usage.map(\.total)))
    }
    blind = snapshot.blindSpots
  }
}
