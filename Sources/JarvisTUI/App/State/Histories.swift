import Foundation
import JarvisAPI

/// What the graphs show: gathered from one picture of the cluster to the next, bounded, never asked for.
struct Histories: Sendable, Equatable {
  /// Share of cores by node, 0…1.
  private(set) var cpu: [String: Samples] = [:]
  /// Bytes a second to and from all guests.
  private(set) var received = Samples()
  private(set) var sent = Samples()
  /// When this screen saw a guest go from running to stopped although nobody had ordered it.
  private(set) var stoppedAt: [Int: Date] = [:]
  /// Stops that were seen and that a task of the cluster's log explains.
  private var orderedStops: Set<Int> = []
  /// Seconds between a task and the stop that it explains, at most: a shutdown may take its time.
  private static let orderWindow: TimeInterval = 600
  private var meter = TrafficMeter()
  private var lastStatus: [Int: Guest.Status] = [:]
  private var lastAt: Date?

  /// Takes a sample of a new picture; a picture that is not newer than the last one is passed over.
  mutating func record(_ cluster: ClusterSnapshot) {
    // Tasks may be told after the stop that they explain, between two polls.
    defer { forgiveOrderedStops(cluster.tasks) }
    if let lastAt, cluster.at <= lastAt { return }
    lastAt = cluster.at
    recordNodes(cluster.nodes)
    recordStops(cluster)
    if let rate = meter.read(cluster.guests) {
      received.append(rate.received)
      sent.append(rate.sent)
    }
  }

  /// An offline node's history ends: a graph never bridges a time nobody saw.
  private mutating func recordNodes(_ nodes: [Node]) {
    var kept: [String: Samples] = [:]
    for node in nodes.prefix(AppLimits.nodesTracked) where node.status == .online {
      var samples = cpu[node.name] ?? Samples()
      samples.append(node.cpu.value)
      kept[node.name] = samples
    }
    cpu = kept
  }

  private mutating func recordStops(_ cluster: ClusterSnapshot) {
    var status: [Int: Guest.Status] = [:]
    var stops: [Int: Date] = [:]
    for guest in cluster.guests.prefix(AppLimits.guestsTracked) {
      status[guest.vmid] = guest.status
      guard guest.status == .stopped else { continue }
      if let known = stoppedAt[guest.vmid] {
        stops[guest.vmid] = known
      } else if orderedStops.contains(guest.vmid) {
        continue
      } else if lastStatus[guest.vmid] == .running {
        stops[guest.vmid] = cluster.at
      }
    }
    lastStatus = status
    stoppedAt = stops
    orderedStops.formIntersection(status.filter { $0.value == .stopped }.keys)
  }

  /// A guest that was stopped on order is no trouble, whoever gave the order: a person, Jarvis, a schedule.
  private mutating func forgiveOrderedStops(_ tasks: [ClusterTask]) {
    for (vmid, at) in stoppedAt
    where tasks.contains(where: { $0.ordered(stopOf: vmid, at: at, within: Self.orderWindow) }) {
      stoppedAt.removeValue(forKey: vmid)
      orderedStops.insert(vmid)
    }
  }
}
