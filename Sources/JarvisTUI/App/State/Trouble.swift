import Foundation
import JarvisAPI

/// One thing that is wrong, read off the picture of the cluster.
struct Trouble: Sendable, Equatable, Identifiable {
  var severity: ClusterEvent.Severity
  /// "node:backup", "guest:102", "storage:tank", "cluster".
  var subject: String
  var text: String
  /// Since when, where it was seen to begin.
  var since: Date?
  var id: String { subject + text }
}

extension Trouble {
  /// Thresholds in shares of the whole (requirements: numbers to inherit).
  private static let diskWarning = 0.90
  private static let diskCritical = 0.95
  private static let memoryWarning = 0.85
  private static let memoryCritical = 0.95

  /// Everything wrong in this picture, worst first. `stoppedAt`: stops that were seen; other stopped guests may well be
  /// stopped on purpose and are told last, without a colour.
  static func list(in cluster: ClusterSnapshot, stoppedAt: [Int: Date]) -> [Trouble] {
    var found: [Trouble] = []
    if cluster.quorate.value == false {
      found.append(Trouble(severity: .critical, subject: "cluster", text: "no quorum: nothing can be changed"))
    }
    for node in cluster.nodes { found += troubles(of: node, in: cluster) }
    let offline = Set(cluster.nodes.filter { $0.status == .offline }.map(\.name))
    // What an offline node took with it is part of that node's trouble.
    for storage in cluster.storages where storage.shared || !offline.contains(storage.node) {
      found += troubles(of: storage)
    }
    for guest in cluster.guests { found += troubles(of: guest, stoppedAt: stoppedAt) }
    return found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element)
  }

  private var rank: Int {
    switch severity {
    case .critical: 0
    case .warning: 1
    case .information: 2
    case .good: 3
    }
  }

  private static func troubles(of node: Node, in cluster: ClusterSnapshot) -> [Trouble] {
    let subject = "node:" + node.name
    // What HA has in maintenance is meant to be away.
    let isMaintained = node.maintenance.value == true
    if node.status == .offline {
      let inside = cluster.guests.filter { $0.node == node.name && !$0.template }.count
      let storages = cluster.storages.filter { !$0.shared && $0.node == node.name }.count
      let text =
        [
          "node \(node.name) offline", isMaintained ? "in maintenance" : "", Format.counted(inside, "guest"),
          Format.counted(storages, "storage"),
        ]
        .filter { !$0.isEmpty }.joined(separator: ", ")
      return [
        Trouble(
          severity: isMaintained ? .information : .critical, subject: subject, text: text, since: node.offlineSince)
      ]
    }
    guard node.status == .online else { return [] }
    return [
      level(node.disk, "disk of \(node.name)", subject, warning: diskWarning, critical: diskCritical),
      level(node.memory, "memory of \(node.name)", subject, warning: memoryWarning, critical: memoryCritical),
    ].compactMap { $0 }
  }

  private static func troubles(of storage: Storage) -> [Trouble] {
    let subject = "storage:" + storage.id
    if !storage.available {
      return [Trouble(severity: .warning, subject: subject, text: "storage \(storage.id) not available")]
    }
    return [level(storage.usage, storage.id, subject, warning: diskWarning, critical: diskCritical)].compactMap { $0 }
  }

  private static func troubles(of guest: Guest, stoppedAt: [Int: Date]) -> [Trouble] {
    guard guest.status == .stopped, !guest.template, !guest.offOnPurpose else { return [] }
    let since = stoppedAt[guest.vmid]
    return [
      Trouble(
        severity: since == nil ? .information : .warning, subject: "guest:\(guest.vmid)",
        text: "\(guest.vmid) \(guest.name) stopped", since: since)
    ]
  }

  private static func level(
    _ usage: Reading<Usage>, _ what: String, _ subject: String, warning: Double, critical: Double
  ) -> Trouble? {
    guard let fraction = usage.value?.fraction, fraction >= warning else { return nil }
    return Trouble(
      severity: fraction >= critical ? .critical : .warning, subject: subject,
      text: "\(what) \(Format.percent(fraction)) full")
  }
}
