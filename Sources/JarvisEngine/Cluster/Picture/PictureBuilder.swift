import Foundation
import JarvisAPI

/// Makes the values of the door from rows of `/cluster/resources`. Pure: rows, rights and the picture before in, values
/// out.
///
/// What the token may not see becomes `withheld`, what nobody told `unknown`; neither ever becomes zero.
struct PictureBuilder {
  var now: Date
  /// nil until the rights were read: then nothing is said to be withheld.
  var rights: Permissions?
  var previous: ClusterSnapshot

  /// - Parameter maintenance: nodes that HA has in maintenance; nil where that is not known.
  func nodes(
    _ rows: [ResourceList.NodeRow], addresses: [String: String], maintenance: Set<String>? = nil
  ) -> [Node] {
    let old = Dictionary(previous.nodes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return rows.map { row in
      let before = old[row.name]
      let status = row.status.flatMap(Node.Status.init(rawValue:)) ?? .unknown
      let online = status == .online
      // An offline node's row still has its size, and perhaps old figures: they are no longer true.
      let right = "Sys.Audit /nodes/\(row.name)"
      let blind = rights.map { !$0.allows("Sys.Audit", on: "/nodes/\(row.name)") } ?? false
      func reading<Value: Sendable>(_ value: Value?) -> Reading<Value> {
        if let value, online { return .known(value) }
        return blind ? .withheld(right: right) : .unknown
      }
      return Node(
        name: row.name, status: status, cpu: reading(row.cpu.map { max(0, $0) }),
        cores: row.cores.map(Reading.known) ?? reading(nil), memory: reading(usage(row.memory, row.maximumMemory)),
        disk: reading(usage(row.disk, row.maximumDisk)), uptime: reading(row.uptime),
        address: addresses[row.name] ?? before?.address, seenAt: online ? now : before?.seenAt ?? now,
        offlineSince: status == .offline ? before?.offlineSince ?? now : nil,
        maintenance: Reading(maintenance?.contains(row.name)))
    }.sorted { $0.name < $1.name }
  }

  private func usage(_ used: Int64?, _ total: Int64?) -> Usage? {
    guard let used, let total else { return nil }
    return Usage(used: used, total: total)
  }

  /// Guests by number. Those on a node that is not online keep name and place, but nobody knows how they are: the API
  /// goes on telling the last broadcast.
  func guests(_ rows: [ResourceList.GuestRow], offline: Set<String>, before: [Int: Guest]) -> [Guest] {
    var order = rows.indices.map { (vmid: rows[$0].vmid, index: $0) }
    order.sort { $0.vmid < $1.vmid }
    var guests: [Guest] = []
    guests.reserveCapacity(rows.count)
    for (vmid, index) in order where guests.last?.vmid != vmid {
      guests.append(guest(rows[index], offline: offline, before: before[vmid]))
    }
    return guests
  }

  private func guest(_ row: ResourceList.GuestRow, offline: Set<String>, before: Guest?) -> Guest {
    let name = row.name ?? before?.name ?? ""
    let status = row.status.flatMap(Guest.Status.init(rawValue:)) ?? .unknown
    guard !offline.contains(row.node), status != .unknown else {
      return Guest(
        vmid: row.vmid, name: name, kind: row.kind, node: row.node, status: .unknown,
        template: row.template || before?.template ?? false, cores: Reading(row.cores), lock: row.lock,
        haState: row.haState, tags: row.tags, seenAt: before?.seenAt ?? now)
    }
    return Guest(
      vmid: row.vmid, name: name, kind: row.kind, node: row.node, status: status, template: row.template,
      cpu: Reading(row.cpu.map { max(0, $0) }), cores: Reading(row.cores),
      memory: GuestFigures.usage(row.memory, row.maximumMemory),
      disk: GuestFigures.disk(row.disk, row.maximumDisk, kind: row.kind), uptime: Reading(row.uptime),
      networkIn: Reading(row.networkIn), networkOut: Reading(row.networkOut), lock: row.lock, haState: row.haState,
      tags: row.tags, seenAt: now)
  }

  /// Storages by name; a shared one appears once, as the first node tells it that can use it.
  func storages(_ rows: [ResourceList.StorageRow], offline: Set<String>) -> [Storage] {
    let old = Dictionary(previous.storages.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var result: [String: Storage] = [:]
    for row in rows.sorted(by: { ($0.name, $0.node) < ($1.name, $1.node) }) {
      var storage = Storage(
        name: row.name, node: row.node, shared: row.shared, plugin: row.plugin,
        available: row.status == "available" && !offline.contains(row.node), content: row.content, seenAt: now)
      if storage.available, let usage = usage(row.used, row.total), usage.total > 0 {
        storage.usage = .known(usage)
      } else if let before = old[storage.id] {
        // The last figure stays, with its age.
        storage.usage = before.usage
        storage.seenAt = before.seenAt
      }
      if let known = result[storage.id], known.available || !storage.available { continue }
      result[storage.id] = storage
    }
    return result.values.sorted { ($0.name, $0.node) < ($1.name, $1.node) }
  }
}
