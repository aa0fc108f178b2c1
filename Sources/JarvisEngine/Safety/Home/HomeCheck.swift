import JarvisAPI

/// Compares the confirmed home with where the cluster says its guest is now: after each migration. Pure.
public enum HomeCheck {
  public enum Finding: Sendable, Hashable {
    case same
    /// The guest runs on another node now: its node, storages and bridges are others, too.
    case moved(Home)
    /// The guest is no longer there: number reused, removed, or another cluster.
    case gone(String)
  }

  /// - Parameter guests: of a whole picture; an empty one says nothing.
  public static func compare(_ home: Home, with guests: [Guest]) -> Finding {
    guard case .guest(let vmid, let node, let isContainer) = home.place, !guests.isEmpty else { return .same }
    guard let guest = guests.first(where: { $0.vmid == vmid }) else {
      return .gone("guest \(vmid), on which Jarvis lives, is not in the cluster's list")
    }
    if (guest.kind == .lxc) != isContainer {
      return .gone("guest \(vmid), on which Jarvis lives, is of another kind now")
    }
    if guest.node == node { return .same }
    var moved = home
    moved.place = .guest(vmid: vmid, node: guest.node, isContainer: isContainer)
    return .moved(moved)
  }
}
