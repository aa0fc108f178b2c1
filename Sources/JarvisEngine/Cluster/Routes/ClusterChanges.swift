import Foundation
import JarvisAPI

// The changes that tools make, each by name. Booleans go as 0 and 1: a form takes nothing else.

extension ClusterChange {
  /// Starts, shuts down, reboots or stops a guest.
  public static func power(_ action: GuestAction, _ guest: GuestPlace) -> ClusterChange {
    change(
      "status/\(action.rawValue)", guest, attempted: "\(action.rawValue) \(guest)",
      tasks: ["qm\(action.rawValue)", "vz\(action.rawValue)", action == .start ? "hastart" : "hastop"])
  }

  /// Presses the reset button of a virtual machine; containers have none.
  public static func reset(_ guest: GuestPlace) -> ClusterChange {
    change("status/reset", guest, attempted: "reset \(guest)", tasks: ["qmreset"])
  }

  /// Takes a snapshot; with memory only of virtual machines.
  public static func createSnapshot(
    of guest: GuestPlace, name: String, description: String?, withMemory: Bool
  ) -> ClusterChange {
    var parameters: [(name: String, value: String)] = [("snapname", name)]
    if let description { parameters.append(("description", description)) }
    if withMemory, guest.kind == .qemu { parameters.append(("vmstate", "1")) }
    return change(
      "snapshot", guest, parameters, attempted: "take snapshot \(name) of \(guest)",
      tasks: ["qmsnapshot", "vzsnapshot"]
    )
  }

  /// Deletes a snapshot; what it alone held is lost.
  public static func deleteSnapshot(_ name: String, of guest: GuestPlace) -> ClusterChange {
    .init(
      ProxmoxRoutes.deleteSnapshot(guest.kind), guest.path.merging(["snapname": name]) { first, _ in first },
      attempted: "delete snapshot \(name) of \(guest)", taskTypes: ["qmdelsnapshot", "vzdelsnapshot"],
      taskTarget: String(guest.vmid))
  }

  /// Puts a guest back to a snapshot; everything since is lost.
  public static func rollback(_ name: String, of guest: GuestPlace, start: Bool) -> ClusterChange {
    .init(
      ProxmoxRoutes.rollback(guest.kind), guest.path.merging(["snapname": name]) { first, _ in first },
      start ? [("start", "1")] : [], attempted: "roll \(guest) back to \(name)",
      taskTypes: ["qmrollback", "vzrollback"], taskTarget: String(guest.vmid))
  }

  /// Backs a guest up.
  public static func backUp(_ guest: GuestPlace, storage: String?, mode: BackupMode) -> ClusterChange {
    var parameters: [(name: String, value: String)] = [("vmid", String(guest.vmid)), ("mode", mode.rawValue)]
    if let storage { parameters.append(("storage", storage)) }
    return .init(
      ProxmoxRoutes.backUp, ["node": guest.node], parameters, attempted: "back up \(guest)", taskTypes: ["vzdump"],
      taskTarget: String(guest.vmid))
  }

  /// Moves a guest. A running container moves by a restart.
  public static func migrate(
    _ guest: GuestPlace, to target: String, running: Bool, withLocalDisks: Bool
  ) -> ClusterChange {
    var parameters: [(name: String, value: String)] = [("target", target)]
    if running { parameters.append((guest.kind == .qemu ? "online" : "restart", "1")) }
    if withLocalDisks, guest.kind == .qemu { parameters.append(("with-local-disks", "1")) }
    return change(
      "migrate", guest, parameters, attempted: "move \(guest) to \(target)",
      tasks: ["qmigrate", "vzmigrate", "hamigrate"])
  }

  /// Copies a guest under a new number: in full, or linked where it is a template.
  public static func clone(_ guest: GuestPlace, as vmid: Int, name: String, full: Bool) -> ClusterChange {
    change(
      "clone", guest,
      [
        ("newid", String(vmid)), (guest.kind == .qemu ? "name" : "hostname", name), ("full", full ? "1" : "0"),
      ], attempted: "clone \(guest) as \(vmid)", tasks: ["qmclone", "vzclone"])
  }

  /// Makes a guest: parameters are those of the API's own call, without node and vmid.
  public static func create(
    _ guest: GuestPlace, _ parameters: [(name: String, value: String)], restoring: Bool = false
  ) -> ClusterChange {
    .init(
      ProxmoxRoutes.create(guest.kind), ["node": guest.node], [("vmid", String(guest.vmid))] + parameters,
      attempted: "\(restoring ? "restore" : "create") \(guest)",
      taskTypes: guest.kind == .qemu ? ["qmcreate", "qmrestore"] : ["vzcreate", "vzrestore"],
      taskTarget: String(guest.vmid))
  }

  /// Writes settings into a guest's configuration, if it is still the one whose digest is given.
  public static func configure(
    _ guest: GuestPlace, set: [(name: String, value: String)], delete: [String], digest: String?
  ) -> ClusterChange {
    var parameters = set
    if !delete.isEmpty { parameters.append(("delete", delete.joined(separator: ","))) }
    if let digest { parameters.append(("digest", digest)) }
    return .init(
      ProxmoxRoutes.configure(guest.kind), guest.path, parameters, attempted: "change the configuration of \(guest)")
  }

  /// Has a living node send the packet that wakes another.
  public static func wake(_ node: String) -> ClusterChange {
    .init(ProxmoxRoutes.wake, ["node": node], attempted: "wake node \(node)")
  }

  /// Restarts one of the services that Proxmox VE looks after.
  public static func restartService(_ service: String, on node: String) -> ClusterChange {
    .init(
      ProxmoxRoutes.restartService, ["node": node, "service": service],
      attempted: "restart service \(OutsideText.name(service)) on \(node)", taskTypes: ["srvrestart"],
      taskTarget: service)
  }

  private static func change(
    _ rest: String, _ guest: GuestPlace, _ parameters: [(name: String, value: String)] = [], attempted: String,
    tasks: Set<String>
  ) -> ClusterChange {
    .init(
      ProxmoxRoutes.guestChange(rest, guest.kind), guest.path, parameters, attempted: attempted, taskTypes: tasks,
      taskTarget: String(guest.vmid))
  }
}

/// How a guest is treated while it is backed up; the words are the API's.
public enum BackupMode: String, Sendable, CaseIterable {
  case snapshot, suspend, stop
}
