import Foundation
import JarvisAPI

// The questions that tools ask, each by name.

extension ClusterQuery where Answer == [SnapshotInfo] {
  /// A guest's snapshots, without the present state.
  public static func snapshots(of guest: GuestPlace) -> Self {
    .init(ProxmoxRoutes.snapshots(guest.kind), guest.path, attempted: "list the snapshots of \(guest)")
  }
}

extension ClusterQuery where Answer == [StorageVolume] {
  /// What a storage holds, as this node sees it; of one kind, or of one guest.
  public static func volumes(
    of storage: String, on node: String, content: String? = nil, vmid: Int? = nil
  ) -> Self {
    var parameters: [(name: String, value: String)] = []
    if let content { parameters.append(("content", content)) }
    if let vmid { parameters.append(("vmid", String(vmid))) }
    return .init(
      ProxmoxRoutes.storageContent, ["node": node, "storage": storage], parameters,
      attempted: "list storage \(storage) on \(node)")
  }
}

extension ClusterQuery where Answer == [ClusterTask] {
  /// A node's latest tasks of one type, newest first.
  public static func tasks(on node: String, type: String, limit: Int) -> Self {
    .init(
      ProxmoxRoutes.nodeTasks, ["node": node],
      [("limit", String(max(1, limit))), ("source", "all"), ("typefilter", type)],
      attempted: "list the \(type) tasks of node \(node)")
  }
}

extension ClusterQuery where Answer == HAStatus {
  /// State of the HA manager and what it manages.
  public static func highAvailability() -> Self {
    .init(ProxmoxRoutes.haStatus, attempted: "read the state of high availability")
  }
}

extension ClusterQuery where Answer == HAManagerStatus {
  /// How the HA manager sees each node; maintenance is among it.
  public static func haManager() -> Self {
    .init(ProxmoxRoutes.haManager, attempted: "read how the HA manager sees the nodes")
  }
}

extension ClusterQuery where Answer == Permissions {
  /// What the token may do.
  public static func permissions() -> Self {
    .init(ProxmoxRoutes.permissions, attempted: "read the token's rights")
  }
}

extension ClusterQuery where Answer == Int {
  /// The lowest free guest number.
  public static func nextID() -> Self {
    .init(ProxmoxRoutes.nextID, attempted: "read the next free guest number")
  }
}

extension ClusterQuery where Answer == [Record] {
  /// The replication jobs of a node's guests, with how they went.
  public static func replication(on node: String) -> Self {
    .init(ProxmoxRoutes.replication, ["node": node], attempted: "read the replication of node \(node)")
  }

  /// The services that Proxmox VE looks after on a node.
  public static func services(on node: String) -> Self {
    .init(ProxmoxRoutes.services, ["node": node], attempted: "list the services of node \(node)")
  }

  /// Packages that could be upgraded; needs a right that may also change things (`Sys.Modify`).
  public static func updates(on node: String) -> Self {
    .init(ProxmoxRoutes.updates, ["node": node], attempted: "list the updates of node \(node)")
  }

  /// A node's disks with what SMART says in a word.
  public static func disks(on node: String) -> Self {
    .init(ProxmoxRoutes.disks, ["node": node], attempted: "list the disks of node \(node)")
  }
}

extension ClusterQuery where Answer == [String: JSONValue] {
  /// Ceph's own word on itself; fails where there is no Ceph.
  public static func ceph() -> Self {
    .init(ProxmoxRoutes.cephStatus, attempted: "read the state of Ceph")
  }

  /// SMART values of one disk ("/dev/sda").
  public static func smart(of disk: String, on node: String) -> Self {
    .init(
      ProxmoxRoutes.smart, ["node": node], [("disk", disk)],
      attempted: "read the SMART values of \(OutsideText.name(disk)) on \(node)")
  }

  /// One of the guest agent's answers: "get-osinfo", "get-fsinfo", "get-host-name", "network-get-interfaces".
  public static func agent(_ question: AgentQuestion, of guest: GuestPlace) -> Self {
    .init(ProxmoxRoutes.agent(question), guest.path, attempted: "ask the guest agent of \(guest)")
  }
}

extension ClusterQuery where Answer == [String] {
  /// A node's journal between two moments, oldest first.
  public static func journal(on node: String, since: Date, until: Date?) -> Self {
    var parameters: [(name: String, value: String)] = [("since", String(Int(max(0, since.timeIntervalSince1970))))]
    if let until { parameters.append(("until", String(Int(max(0, until.timeIntervalSince1970))))) }
    return .init(
      ProxmoxRoutes.journal, ["node": node], parameters, attempted: "read the journal of node \(node)")
  }
}

extension ClusterQuery where Answer == [GuestInterface] {
  /// The interfaces inside a running container.
  public static func interfaces(of guest: GuestPlace) -> Self {
    .init(ProxmoxRoutes.interfaces, guest.path, attempted: "read the addresses of \(guest)")
  }
}

extension ClusterQuery where Answer == MigrationCheck {
  /// What stands in the way of moving a virtual machine. For containers only Proxmox VE 9 has the question.
  public static func migrationCheck(of guest: GuestPlace, to target: String) -> Self {
    .init(
      ProxmoxRoutes.migrationCheck(guest.kind), guest.path, [("target", target)],
      attempted: "check whether \(guest) can move to \(target)")
  }
}

/// What the QEMU guest agent can be asked; the words are the API's.
public enum AgentQuestion: String, Sendable, CaseIterable {
  case system = "get-osinfo"
  case fileSystems = "get-fsinfo"
  case hostName = "get-host-name"
  case interfaces = "network-get-interfaces"
}
