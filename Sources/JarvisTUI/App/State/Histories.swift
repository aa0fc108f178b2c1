import Foundation
import JarvisAPI

/// What the graphs show: gathered from one picture of the cluster to the next, bounded, never asked for.
struct Histories: Sendable, Equatable {
  /// Share of cores by node, 0…1.
  private(set) var cpu: [String: Samples] = [:]
  /// Bytes a second to and from all guests.
  private(set) var received = Samples()
  private(set) var sent = Samples()
  /// When this screen saw a guest go from running to stopped.
  private(set) var stoppedAt: [Int: Date] = [:]
  private var meter = TrafficMeter()
  private var lastStatus: [Int: Guest.Status] = [:]
  private var lastAt: Date?

  /// Takes a sample of a new picture; a picture that is not newer than the last one is passed over.
  mutating func record(_ cluster: ClusterSnapshot) {
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
      } else if lastStatus[guest.vmid] == .running {
        stops[guest.vmid] = cluster.at
      }
    }
    lastStatus = status
    stoppedAt = stops
  }
}
