import Foundation
import JarvisAPI

/// The live picture as a state machine: told what an answer of the API said and when, it keeps the snapshot and returns
/// what happened. Pure but for the identities of its events, whose maker is passed in.
package struct LivePicture: Sendable {
  /// What the API told.
  package enum News: Sendable {
    case resources(ResourceList, via: String)
    case status(ClusterStatus)
    /// Nodes that HA has in maintenance; nil where nobody may know.
    case maintenance(Set<String>?)
    case tasks([ClusterTask])
    case rights(Permissions)
    case version(String)
    /// `/cluster/status` is withheld or failed.
    case noStatus(ProxmoxError)
    /// The cluster could not be asked at all.
    case lost(ProxmoxError)
  }

  /// Tasks kept, newest first.
  static let maximumTasks = 200
  /// Events kept, newest last.
  static let maximumEvents = 500

  /// The picture as it is now.
  package private(set) var snapshot: ClusterSnapshot
  private(set) var events: [ClusterEvent] = []

  private var rights: Permissions?
  private var addresses: [String: String] = [:]
  private var maintenance: Set<String>?
  private var guests: [Int: Guest] = [:]
  private var differ: PictureDiff
  /// Names and numbers of guests that are off because the operator wants it so, in lower case.
  private var offOnPurpose: Set<String> = []

  /// - Parameters:
  ///   - pollInterval: seconds between looks; goes into the snapshot, so that the screen knows what is stale.
  ///   - simulated: true in the demo.
  ///   - makeID: makes event identities.
  package init(
    pollInterval: TimeInterval, link: ClusterLink = .connecting, simulated: Bool,
    makeID: @escaping @Sendable () -> UUID
  ) {
    snapshot = ClusterSnapshot(link: link, pollInterval: pollInterval, simulated: simulated)
    differ = PictureDiff(makeID: makeID)
  }

  /// Takes the guests that are off on purpose, by name or number.
  mutating func take(offOnPurpose names: Set<String>) {
    offOnPurpose = Set(names.map { $0.lowercased() })
    snapshot.guests = marked(snapshot.guests)
  }

  private func marked(_ guests: [Guest]) -> [Guest] {
    guests.map { guest in
      var guest = guest
      guest.offOnPurpose = offOnPurpose.contains(guest.name.lowercased()) || offOnPurpose.contains(String(guest.vmid))
      return guest
    }
  }

  /// The guest of this number.
  func guest(_ vmid: Int) -> Guest? { guests[vmid] }

  /// Takes in what was told at `now` and returns what happened since, oldest first.
  package mutating func apply(_ news: News, at now: Date) -> [ClusterEvent] {
    var next = snapshot
    next.at = now
    let new: [ClusterEvent]
    switch news {
    case .resources(let list, let via):
      let builder = PictureBuilder(now: now, rights: rights, previous: snapshot)
      next.link = .connected(node: via)
      next.nodes = builder.nodes(list.nodes, addresses: addresses, maintenance: maintenance)
      let offline = Set(next.nodes.lazy.filter { $0.status != .online }.map(\.name))
      next.guests = builder.guests(list.guests, offline: offline, before: guests)
      if !offOnPurpose.isEmpty { next.guests = marked(next.guests) }
      next.storages = builder.storages(list.storages, offline: offline)
      next.blindSpots = BlindSpots.list(rights, nodes: next.nodes.map(\.name))
      if next.name.isEmpty, next.nodes.count == 1 { next.name = next.nodes[0].name }
      let after = Dictionary(next.guests.map { ($0.vmid, $0) }, uniquingKeysWith: { first, _ in first })
      new = differ.resources(from: snapshot, to: next, before: guests, after: after, at: now)
      guests = after
    case .status(let status):
      next.name = status.name ?? status.members.first?.name ?? next.name
      next.quorate = Reading(status.quorate)
      for member in status.members { addresses[member.name] = member.address }
      for index in next.nodes.indices { next.nodes[index].address = addresses[next.nodes[index].name] }
      new = differ.quorum(next.quorate, at: now)
    case .maintenance(let nodes):
      maintenance = nodes
      next.nodes = next.nodes.map { node in
        var node = node
        node.maintenance = Reading(nodes?.contains(node.name))
        return node
      }
      new = differ.maintenance(from: snapshot.nodes, to: next.nodes, at: now)
    case .noStatus(let error):
      // Quorum that was known a while ago is no quorum known now.
      if case .forbidden(let path, let privilege) = error.kind {
        next.quorate = .withheld(right: "\(privilege ?? "Sys.Audit") \(path ?? "/")")
      } else {
        next.quorate = .unknown
      }
      new = []
    case .tasks(let tasks):
      next.tasks = Array(tasks.prefix(Self.maximumTasks))
      new = differ.tasks(next.tasks, guests: guests, at: now)
    case .rights(let permissions):
      rights = permissions
      next.blindSpots = BlindSpots.list(permissions, nodes: next.nodes.map(\.name))
      new = []
    case .version(let version):
      next.version = version
      new = []
    case .lost(let error):
      if case .lost(let since, _, _) = snapshot.link {
        next.link = .lost(since: since, reason: error.reason, advice: error.advice)
      } else {
        next.link = .lost(since: now, reason: error.reason, advice: error.advice)
      }
      // The figures stay as they were, with their age: the picture itself is not from now.
      next.at = snapshot.at
      next.quorate = .unknown
      new = differ.link(from: snapshot.link, to: next.link, at: now)
    }
    snapshot = next
    events.append(contentsOf: new)
    if events.count > Self.maximumEvents { events.removeFirst(events.count - Self.maximumEvents) }
    return new
  }
}
