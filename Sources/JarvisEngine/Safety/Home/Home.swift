import Foundation
import JarvisAPI

/// What Jarvis lives on, as the operator confirmed it, and what that stands on in turn.
public struct Home: Codable, Sendable, Hashable {
  public enum Place: Codable, Sendable, Hashable {
    /// A virtual machine or container, on this node when it was last looked.
    case guest(vmid: Int, node: String, isContainer: Bool)
    case node(String)
    /// A machine outside of the cluster: nothing in the cluster carries Jarvis.
    case elsewhere

    /// "VM 100 on pve", "container 105 on agent", "node home itself".
    public var words: String {
      switch self {
      case .guest(let vmid, let node, let isContainer): "\(isContainer ? "container" : "VM") \(vmid) on \(node)"
      case .node(let name): "node \(name) itself"
      case .elsewhere: "a machine outside of the cluster"
      }
    }

    var node: String? {
      switch self {
      case .guest(_, let node, _): node
      case .node(let name): name
      case .elsewhere: nil
      }
    }

    var assets: [Asset] {
      switch self {
      case .guest(let vmid, let node, _): [.guest(vmid), .node(node)]
      case .node(let name): [.node(name)]
      case .elsewhere: []
      }
    }
  }

  public var place: Place
  /// Storages that hold its disks.
  public var storages: [String]
  /// Bridges of its network, on its node.
  public var bridges: [String]
  /// Where the local model runs; nil where there is none in the cluster.
  public var modelHost: Place?
  /// To the second.
  public var confirmedAt: Date

  public init(
    place: Place, storages: [String] = [], bridges: [String] = [], modelHost: Place? = nil, confirmedAt: Date
  ) {
    self.place = place
    self.storages = storages
    self.bridges = bridges
    self.modelHost = modelHost
    // Whole seconds: what is written and read again is equal.
    self.confirmedAt = Date(timeIntervalSince1970: confirmedAt.timeIntervalSince1970.rounded(.down))
  }

  /// Everything whose loss would cut Jarvis's own legs, with the reason of each.
  var legs: [(asset: Asset, reason: String)] {
    var legs = place.assets.map { ($0, "Jarvis lives on \(place.words)") }
    legs += storages.map { (.storage($0), "the disks of Jarvis lie on it") }
    if let node = place.node {
      legs += bridges.map { (.bridge(node: node, name: $0), "Jarvis's network goes over it") }
    }
    if let modelHost { legs += modelHost.assets.map { ($0, "the local model runs on \(modelHost.words)") } }
    return legs
  }
}

/// Whether Jarvis knows what it lives on.
public enum HomeStanding: Sendable, Hashable {
  case known(Home)
  /// Never confirmed, or no longer as confirmed; the text says which.
  case unknown(String)

  public var warning: String? {
    if case .unknown(let reason) = self {
      "Jarvis does not know what it lives on (\(reason)): no autonomous action"
    } else {
      nil
    }
  }
}
